#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/set_draft.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

TEST(ReadHeaderTest, ReadsAllOfIt) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadHeader(
      ReadTree("rule_set.yaml", Header("no.oslo", "extends: [\"no\"]\n"), sink),
      draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  EXPECT_EQ(draft.proto.id(), "no.oslo");
  EXPECT_EQ(draft.proto.version(), "1.0");
  EXPECT_EQ(draft.proto.jurisdiction(), "NO");
  EXPECT_EQ(draft.proto.title().by_language().at("nn"), "b");
  EXPECT_THAT(draft.proto.extends(), testing::ElementsAre("no"));
  ASSERT_EQ(draft.proto.instruments_size(), 1);
  EXPECT_EQ(draft.proto.instruments(0).short_name(), "FOA");
}

TEST(ReadHeaderTest, ReadsWhereAProvisionStands) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  std::string text = Header("no");
  absl::StrReplaceAll(
      {{"Regulation}}",
        "Regulation}, url: u, provision_url: \"u/%C2%A7{number}\"}"}},
      &text);
  ReadHeader(ReadTree("rule_set.yaml", text, sink), draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  EXPECT_EQ(draft.proto.instruments(0).url(), "u");
  EXPECT_EQ(draft.proto.instruments(0).provision_url(), "u/%C2%A7{number}");
}

TEST(ReadHeaderTest, AnAddressOfProvisionsHasAPlaceForTheNumber) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  const std::string text =
      "id: no\nversion: \"1.0\"\njurisdiction: \"NO\"\n"
      "title: {nb: a, nn: b, en: c}\ninstruments:\n"
      "  - {short: FOA, name: {en: R}, provision_url: \"u/%C2%A7\"}\n";
  ReadHeader(ReadTree("rule_set.yaml", text, sink), draft);
  EXPECT_EQ(
      sink.RenderAll(),
      "error[bad-placeholder]: `provision_url` has no `{number}`\n"
      "  --> rule_set.yaml:6:48\n"
      "   |\n"
      "6  |   - {short: FOA, name: {en: R}, provision_url: \"u/%C2%A7\"}\n"
      "   |                                                ^^^^^^^^^^\n"
      "   = help: it stands for `7-9` of `§ 7-9 (2)`; the address of the "
      "whole act is its `url`\n");
}

TEST(ReadHeaderTest, ReportsEveryMistake) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadHeader(ReadTree("no/rule_set.yaml",
                      "id: NO\nversion: next\njurisdiction: Norway\n"
                      "titel: {nb: a, nn: b, en: c}\n",
                      sink),
             draft);
  EXPECT_EQ(sink.RenderAll(),
            "error[missing-key]: a rule set has no `title`\n"
            "  --> no/rule_set.yaml:1:1\n"
            "   |\n"
            "1  | id: NO\n"
            "   | ^^\n"
            "\n"
            "error[bad-id]: `NO` is not an id of a set\n"
            "  --> no/rule_set.yaml:1:5\n"
            "   |\n"
            "1  | id: NO\n"
            "   |     ^^\n"
            "   = help: write small letters, digits and dots, such as "
            "`no.oslo`\n"
            "\n"
            "error[bad-id]: `next` is not a version\n"
            "  --> no/rule_set.yaml:2:10\n"
            "   |\n"
            "2  | version: next\n"
            "   |          ^^^^\n"
            "   = help: write numbers and dots, such as \"2026.11.0\"\n"
            "\n"
            "error[bad-id]: `Norway` is not a jurisdiction\n"
            "  --> no/rule_set.yaml:3:15\n"
            "   |\n"
            "3  | jurisdiction: Norway\n"
            "   |               ^^^^^^\n"
            "   = help: write the country's two letters, such as \"NO\", or "
            "\"EU\"\n"
            "\n"
            "error[unknown-key]: a rule set has no key `titel`\n"
            "  --> no/rule_set.yaml:4:1\n"
            "   |\n"
            "4  | titel: {nb: a, nn: b, en: c}\n"
            "   | ^^^^^\n"
            "   = help: did you mean `title`?\n");
}

TEST(ReadCalendarTest, ReadsFixedAndMovingHolidays) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadCalendar(ReadTree("calendar.yaml",
                        "jurisdiction: \"NO\"\n"
                        "fixed: [{month: 5, day: 17, name: {en: a}}]\n"
                        "easter: [{offset: -2, name: {en: Good Friday}}]\n"
                        "weekend: [saturday, sunday]\n",
                        sink),
               draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  ASSERT_EQ(draft.proto.calendars_size(), 1);
  const v1::Calendar& calendar = draft.proto.calendars(0);
  EXPECT_EQ(calendar.fixed(0).month(), 5);
  EXPECT_EQ(calendar.fixed(0).day(), 17);
  EXPECT_EQ(calendar.easter(0).offset_days(), -2);
  EXPECT_THAT(calendar.weekend(), testing::ElementsAre(6, 7));
}

struct WrongHoliday {
  const char* name;
  const char* yaml;
  const char* message;
};

std::ostream& operator<<(std::ostream& out, const WrongHoliday& c) {
  return out << c.name;
}

class WrongHolidayTest : public testing::TestWithParam<WrongHoliday> {};

TEST_P(WrongHolidayTest, IsReported) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadCalendar(ReadTree("calendar.yaml", GetParam().yaml, sink), draft);
  ASSERT_EQ(sink.error_count(), 1U) << sink.RenderAll();
  EXPECT_EQ(sink.diagnostics()[0].message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Days, WrongHolidayTest,
                         testing::ValuesIn(std::vector<WrongHoliday>{
                             {"NoSuchDay",
                              "{jurisdiction: \"NO\", weekend: [sunday], "
                              "fixed: [{month: 2, day: 30, name: {en: a}}]}",
                              "`day` cannot be 30"},
                             {"NoSuchMonth",
                              "{jurisdiction: \"NO\", weekend: [sunday], "
                              "fixed: [{month: 13, day: 1, name: {en: a}}]}",
                              "`month` cannot be 13"},
                             {"FarFromEaster",
                              "{jurisdiction: \"NO\", weekend: [sunday], "
                              "easter: [{offset: 101, name: {en: a}}]}",
                              "`offset` cannot be 101"},
                             {"NoSuchWeekday",
                              "{jurisdiction: \"NO\", weekend: [lørdag]}",
                              "`weekend` cannot be `lørdag`"},
                         }),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset
