#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/set_draft.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

// The only rule of a file.
void Read(const std::string& yaml, SetDraft& draft) {
  const NodeRef root = ReadTree("no/rules.yaml", yaml, draft.sink);
  ASSERT_TRUE(root) << draft.sink.RenderAll();
  ReadRule(root.Entries()[0].second.Items()[0], "rules.yaml", draft);
}

TEST(ReadRuleTest, ReadsAllOfIt) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  Read(Rule({{"    severity: error\n",
              "    severity: error\n    for_each: lots\n"
              "    unstated: violated\n    tags: [entry]\n"
              "    refines: no.foa.1-2\n    notes: \"n\"\n"
              "    consequence: {nb: k, nn: k, en: k}\n"
              "    args: {days: 'days_given'}\n"},
             {"from: 2017-01-01", "from: 2017-01-01, to: 2026-06-30"}}),
       draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  const v1::Rule& rule = draft.proto.rules(0);
  EXPECT_EQ(rule.id(), "no.foa.1-1.value");
  EXPECT_EQ(rule.title().by_language().at("en"), "Value");
  EXPECT_EQ(rule.legal_basis(0).provision(), "§ 1-1 (1)");
  EXPECT_THAT(rule.register_(), testing::ElementsAre("NO-1"));
  EXPECT_EQ(rule.in_force().to().year(), 2026);
  EXPECT_EQ(rule.severity(), v1::Rule::ERROR);
  EXPECT_EQ(rule.confidence(), v1::Rule::SEEN_IN_SOURCE);
  EXPECT_TRUE(rule.for_each_lot());
  EXPECT_TRUE(rule.unstated_violates());
  EXPECT_EQ(rule.applies().text(), "contract.cpv_main == \"90910000\"\n");
  EXPECT_EQ(rule.requirement().line(), 19);
  EXPECT_EQ(rule.args(0).name(), "days");
  EXPECT_EQ(rule.args(0).expression().text(), "days_given");
  EXPECT_EQ(rule.consequence().by_language().at("nn"), "k");
  EXPECT_EQ(rule.notes(), "n");
  EXPECT_EQ(rule.sources(0).read_date().day(), 22);
  EXPECT_EQ(rule.refines(), "no.foa.1-2");
  EXPECT_THAT(rule.tags(), testing::ElementsAre("entry"));
  EXPECT_EQ(rule.file(), "rules.yaml");
  EXPECT_EQ(rule.line(), 2);
  EXPECT_EQ(draft.source.rules["no.foa.1-1.value"].examples.size(), 4U);
}

struct WrongRule {
  const char* name;
  std::vector<std::pair<std::string, std::string>> changes;
  const char* rendered;
};

std::ostream& operator<<(std::ostream& out, const WrongRule& c) {
  return out << c.name;
}

class WrongRuleTest : public testing::TestWithParam<WrongRule> {};

TEST_P(WrongRuleTest, IsShownToItsAuthor) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  Read(Rule(GetParam().changes), draft);
  EXPECT_EQ(sink.RenderAll(), GetParam().rendered);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, WrongRuleTest,
    testing::ValuesIn(std::vector<WrongRule>{
        {"UnquotedExpression",
         {{"applies: |\n      contract", "applies: contract"}},
         "error[unquoted-expression]: the expression of `applies` is not "
         "quoted\n"
         "  --> no/rules.yaml:9:14\n"
         "   |\n"
         "9  |     applies: contract.cpv_main == \"90910000\"\n"
         "   |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
         "   = help: put `applies: |` on its line and the expression, "
         "indented, below it\n"},
        {"HashInABlock",
         {{"== \"90910000\"", "== \"90910000\" # cleaning"}},
         "error[hash-in-expression]: ` #` inside an expression\n"
         "   --> no/rules.yaml:10:39\n"
         "    |\n"
         "10  |       contract.cpv_main == \"90910000\" # cleaning\n"
         "    |                                       ^\n"
         "    = help: `#` starts no comment here; write the remark above the "
         "key\n"},
        {"OwnReadingAsError",
         {{"seen-in-source", "own-reading"}},
         "error[weak-confidence]: a rule that rests on `own-reading` cannot "
         "have the severity `error`\n"
         "  --> no/rules.yaml:7:15\n"
         "   |\n"
         "7  |     severity: error\n"
         "   |               ^^^^^\n"
         "  --> no/rules.yaml:8:17\n"
         "   |\n"
         "8  |     confidence: own-reading\n"
         "   |                 ^^^^^^^^^^^ stated here\n"
         "   = help: use `severity: warning`, and say in the message what is "
         "unsettled\n"},
        {"MissingLanguages",
         {{"{nb: Verdi, nn: Verdi, en: Value}", "{en: Value}"}},
         "error[missing-language]: `title` has no text in `nb`, `nn`\n"
         "  --> no/rules.yaml:3:13\n"
         "   |\n"
         "3  |     title: {en: Value}\n"
         "   |             ^^\n"
         "   = help: rules speak bokmål (nb), nynorsk (nn) and English (en)\n"},
        {"MissingRequires",
         {{"requires: |", "require: |"}},
         "error[missing-key]: a rule has no `requires`\n"
         "  --> no/rules.yaml:2:5\n"
         "   |\n"
         "2  |   - id: no.foa.1-1.value\n"
         "   |     ^^\n"
         "   = help: the condition that is true where the law is met\n"
         "\n"
         "error[unknown-key]: a rule has no key `require`\n"
         "   --> no/rules.yaml:11:5\n"
         "    |\n"
         "11  |     require: |\n"
         "    |     ^^^^^^^\n"
         "    = help: did you mean `requires`?\n"},
        {"BadReadDate",
         {{"read: 2026-11-22", "read: yesterday"}},
         "error[bad-date]: `yesterday` is not a date\n"
         "   --> no/rules.yaml:15:52\n"
         "    |\n"
         "15  |     sources: [{url: \"https://law.example/1\", read: "
         "yesterday}]\n"
         "    |                                                    ^^^^^^^^^\n"
         "    = help: write a day that exists, from 1900 to 2200, as "
         "2026-07-01\n"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset
