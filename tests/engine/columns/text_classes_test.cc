#include "service/engine/columns/text_classes.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

const std::vector<std::string>& Texts() {
  static const auto& texts =
      *new std::vector<std::string>{"",
                                    "a",
                                    "a\x01",
                                    "ab",
                                    "abc",
                                    "abd",
                                    "b",
                                    "45000000",
                                    "450000000",
                                    "45000001",
                                    "4500000",
                                    "46",
                                    "æ",
                                    "æø",
                                    "\xff",
                                    "\xff\xff",
                                    "zzzzzzzzzzzz",
                                    std::string("a\0", 2),
                                    std::string("ab\0c", 4)};
  return texts;
}

// Every class of a text tells what comparing the text itself would.
TEST(TextClassesTest, ClassesTellWhatTextsTell) {
  TextClasses classes;
  for (const std::string& constant : Texts()) {
    classes.AddConstant(constant);
    classes.AddPrefix(constant);
  }
  classes.Seal();
  for (const std::string& text : Texts()) {
    const std::int64_t of = classes.ClassOf(text);
    EXPECT_LT(of, static_cast<std::int64_t>(classes.size()));
    for (const std::string& constant : Texts()) {
      SCOPED_TRACE(text + " and " + constant);
      EXPECT_EQ(classes.Ranges(Relation::kEquals, constant).Contains(of),
                text == constant);
      EXPECT_EQ(classes.Ranges(Relation::kLess, constant).Contains(of),
                text < constant);
      EXPECT_EQ(classes.Ranges(Relation::kGreaterEquals, constant).Contains(of),
                text >= constant);
      EXPECT_EQ(classes.PrefixRanges(constant).Contains(of),
                absl::StartsWith(text, constant));
    }
  }
}

TEST(TextClassesTest, WithoutConstantsThereIsOneClass) {
  TextClasses classes;
  classes.Seal();
  EXPECT_EQ(classes.size(), 1u);
  EXPECT_EQ(classes.ClassOf("anything"), 0);
}

}  // namespace
}  // namespace klausul::engine
