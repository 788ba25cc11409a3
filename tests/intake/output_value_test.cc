#include "service/intake/plan_file/output_value.h"

#include <string>

#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

TEST(OutputValueTest, QuotesWhatYamlWouldReadOtherwise) {
  for (const char* text : {"NO",  "no",   "yes",        "true",  "null", "~",
                           "12",  "1.5",  "2026-07-01", "12:30", "",     " x",
                           "x ",  "a: b", "a #b",       "a:",    "- x",  "[a]",
                           "{a}", "a, b", "'a'",        "!x",    "&x",   "*x",
                           "%x",  "@x",   "a\nb",       "#x",    "|",    ">"}) {
    EXPECT_EQ(ToYaml(OutputValue::Text(text)).front(), '"') << text;
  }
  for (const char* text : {"Fjordvik kommune", "26/1432-3", "a#b", "a:b", "C1",
                           "\u00C5pen", "no-eu", "x-y_z"}) {
    EXPECT_EQ(ToYaml(OutputValue::Text(text)), std::string(text) + "\n");
  }
}

TEST(OutputValueTest, LongListsTakeALineAnEntry) {
  OutputValue list = OutputValue::List();
  for (int i = 0; i < 8; ++i) {
    list.items.push_back(OutputValue::Text("a rather long entry"));
  }
  EXPECT_EQ(ToYaml(list).substr(0, 24), "- a rather long entry\n- ");
}

TEST(OutputValueTest, EmptyCollections) {
  EXPECT_EQ(ToYaml(OutputValue::Mapping()), "{}\n");
  EXPECT_EQ(ToJson(OutputValue::List()), "[]\n");
}

TEST(OutputValueTest, WordsAreStringsInJsonOnly) {
  EXPECT_EQ(ToYaml(OutputValue::Word("NOK 5")), "NOK 5\n");
  EXPECT_EQ(ToJson(OutputValue::Word("NOK 5")), "\"NOK 5\"\n");
  EXPECT_EQ(ToJson(OutputValue::Literal("5")), "5\n");
}

}  // namespace
}  // namespace klausul::intake
