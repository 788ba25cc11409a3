#include "service/ruleset/lint.h"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

std::string LintOf(std::vector<RuleFile> files,
                   const LintOptions& lint_options = {}) {
  DiagnosticSink sink;
  LoadOptions options;
  options.display_root = "rules";
  const auto repository =
      RuleSetRepository::Load(std::move(files), options, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  if (repository.ok()) Lint(**repository, sink, lint_options);
  return sink.RenderAll();
}

TEST(LintTest, AGoodSetIsClean) {
  EXPECT_EQ(LintOf(SampleSet()), "");
}

struct LintCase {
  const char* name;
  std::vector<std::pair<std::string, std::string>> changes;
  std::vector<RuleFile> more;
  // The first line of each warning.
  std::vector<std::string> warnings;
};

std::ostream& operator<<(std::ostream& out, const LintCase& c) {
  return out << c.name;
}

class LintCaseTest : public testing::TestWithParam<LintCase> {};

TEST_P(LintCaseTest, IsReported) {
  std::vector<RuleFile> files = SampleSet(Rule(GetParam().changes));
  for (const RuleFile& file : GetParam().more)
    files.push_back(file);
  std::vector<std::string> warnings;
  const std::string text = LintOf(std::move(files));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    if (line.rfind("warning", 0) == 0) warnings.push_back(line);
    at = end + 1;
  }
  EXPECT_EQ(warnings, GetParam().warnings) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, LintCaseTest,
    testing::ValuesIn(std::vector<LintCase>{
        {"NoRegisterRow",
         {{"    register: [NO-1]\n", ""}},
         {},
         {"warning[missing-register]: rule `no.foa.1-1.value` names no "
          "register row"}},
        {"NoSource",
         {{"    sources: [{url: \"https://law.example/1\", read: "
           "2026-11-22}]\n",
           ""}},
         {},
         {"warning[missing-source]: rule `no.foa.1-1.value` names no source"}},
        {"NoProvision",
         {{"[{instrument: FOA, provision: \"§ 1-1 (1)\"}]", "[]"}},
         {},
         {"warning[missing-legal-basis]: rule `no.foa.1-1.value` names no "
          "provision"}},
        {"UnknownInstrument",
         {{"instrument: FOA", "instrument: FOO"}},
         {},
         {"warning[unknown-instrument]: `FOO` is not among the set's "
          "instruments"}},
        {"ProvisionWithoutSpaces",
         {{"§ 1-1 (1)", "§1-1(1)"}},
         {},
         {"warning[provision-shape]: `§1-1(1)` is not in the form of a "
          "provision"}},
        {"FewExamples",
         {{"outcome: satisfied", "outcome: violated"}},
         {},
         {"warning[few-examples]: rule `no.foa.1-1.value` has no example that "
          "is satisfied"}},
        {"IdWithoutAct",
         {{"no.foa.1-1.value", "no.value"}},
         {},
         {"warning[id-shape]: id `no.value` does not name an act"}},
        {"UnusedArgument",
         {{"    message:", "    args: {days: '3'}\n    message:"}},
         {},
         {"warning[unused-argument]: no text of the rule shows `{days}`"}},
        {"UnusedFact",
         {},
         {{"no/facts.yaml",
           "facts:\n  - name: idle\n    type: bool\n"
           "    title: {nb: a, nn: a, en: a}\n    expr: \"true\"\n"}},
         {"warning[unused-fact]: nothing uses fact `idle`"}},
        {"FactsThatOnlyAdviceUses",
         {},
         {{"no/facts.yaml",
           "facts:\n"
           "  - name: is_large\n    type: bool\n"
           "    title: {nb: a, nn: a, en: a}\n    expr: \"size(lots) > 1\"\n"
           "  - name: is_small\n    type: bool\n"
           "    title: {nb: a, nn: a, en: a}\n    expr: \"size(lots) < 1\"\n"},
          {"no/advice.yaml",
           "advice:\n"
           "  regimes:\n"
           "    - {id: all, title: {nb: a, nn: a, en: a}, when: \"is_large\"}\n"
           "  candidates:\n"
           "    - {id: open, title: {nb: a, nn: a, en: a}, group: procedure,\n"
           "       regimes: [all], set: {\"procedure.kind\": OPEN}}\n"
           "  opportunities:\n"
           "    - {id: small, title: {nb: a, nn: a, en: a},\n"
           "       text: {nb: a, nn: a, en: a}, when: \"is_small\"}\n"}},
         {}},
        {"UnusedParameterWithoutRegisterAndSource",
         {},
         {{"no/more.yaml",
           "parameters:\n  - id: no.idle\n    type: int\n"
           "    title: {en: a}\n"
           "    values: [{from: 2017-01-01, value: 1}]\n"}},
         {"warning[missing-language]: the title of `no.idle` is not there in "
          "nb, nn",
          "warning[unused-parameter]: nothing uses parameter `no.idle`",
          "warning[missing-register]: the value of `no.idle` from 2017-01-01 "
          "names no register row",
          "warning[missing-source]: the value of `no.idle` from 2017-01-01 "
          "names no source"}},
        {"NoKnownValueInOneLanguage",
         {{"contract.cpv_main == \"90910000\"",
           "procedure.tender_count > parameter(\"no.size\")"}},
         {{"no/size.yaml",
           "parameters:\n  - id: no.size\n    type: int\n"
           "    title: {nb: a, nn: a, en: a}\n"
           "    values: []\n    notes: Nobody has published it.\n"}},
         {"warning[missing-language]: the reason why no value of `no.size` is "
          "known is not there in nb, nn"}},
        {"NoKnownValueInThreeLanguages",
         {{"contract.cpv_main == \"90910000\"",
           "procedure.tender_count > parameter(\"no.size\")"}},
         {{"no/size.yaml",
           "parameters:\n  - id: no.size\n    type: int\n"
           "    title: {nb: a, nn: a, en: a}\n"
           "    values: []\n    notes: {nb: a, nn: b, en: c}\n"}},
         {}},
        {"ConditionThatNoPlanChanges",
         {{"contract.cpv_main == \"90910000\"", "size(lots) >= 0"}},
         {},
         {"warning[always-true]: `size(lots) >= 0` is true of every plan that "
          "states enough to decide it"}},
        {"UnusedPlan",
         {},
         {{"no/plans/idle.yaml", "id: idle\n"}},
         {"warning[unused-plan]: no example uses the plan `idle`"}},
        {"ParameterEndsBeforeTheRuleThroughAFact",
         {{"contract.cpv_main == \"90910000\"", "is_large"}},
         {{"no/facts.yaml",
           "facts:\n  - name: is_large\n    type: bool\n"
           "    title: {nb: a, nn: a, en: a}\n"
           "    expr: \"parameter('no.size') > 1\"\n"},
          {"no/size.yaml",
           "parameters:\n  - id: no.size\n    type: int\n"
           "    title: {nb: a, nn: a, en: a}\n"
           "    values: [{from: 2017-01-01, to: 2026-06-30, value: 1, "
           "register: [NO-3], source: s}]\n"}},
         {"warning[parameter-gap]: rule `no.foa.1-1.value` asks for `no.size` "
          "after its last value ends on 2026-06-30"}},
        {"ParameterEndsWithTheVersionThatAsksForIt",
         {{"contract.cpv_main == \"90910000\"", "is_large"}},
         {{"no/facts.yaml",
           "facts:\n  - name: is_large\n    type: bool\n"
           "    title: {nb: a, nn: a, en: a}\n    versions:\n"
           "      - {from: 2017-01-01, to: 2026-06-30,\n"
           "         expr: \"parameter('no.size') > 1\"}\n"
           "      - {from: 2026-07-01, expr: \"true\"}\n"},
          {"no/size.yaml",
           "parameters:\n  - id: no.size\n    type: int\n"
           "    title: {nb: a, nn: a, en: a}\n"
           "    values: [{from: 2017-01-01, to: 2026-06-30, value: 1, "
           "register: [NO-3], source: s}]\n"}},
         {}},
        {"BareOptionalBool",
         {{"contract.cpv_main == \"90910000\"", "procedure.urgent"}},
         {},
         {"warning[bare-optional-bool]: `procedure.urgent` may be not "
          "stated, and the rule is then undecided"}},
    }),
    [](const auto& test) { return test.param.name; });

// Whole months, and the day on which the last of them is over.
TEST(LintTest, SourcesReadLongAgoAreToBeReadAgain) {
  const auto lint = [](absl::CivilDay today) {
    return LintOf(SampleSet(), {today, 6});
  };
  EXPECT_EQ(lint(absl::CivilDay(2027, 5, 21)), "");
  EXPECT_EQ(
      lint(absl::CivilDay(2027, 5, 22)),
      "warning[old-source]: `https://law.example/1` was read on 2026-11-22, 6 "
      "months ago\n"
      "   --> rules/no/rules.yaml:15:14\n"
      "    |\n"
      "15  |     sources: [{url: \"https://law.example/1\", read: "
      "2026-11-22}]\n"
      "    |              "
      "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
      "    = help: read it again, mend what has changed, and put the day under "
      "`read`\n");
}

TEST(LintTest, PointsAtTheKey) {
  EXPECT_EQ(
      LintOf(SampleSet(Rule({{"[NO-1]", "[]"}}))),
      "warning[missing-register]: rule `no.foa.1-1.value` names no register "
      "row\n"
      "  --> rules/no/rules.yaml:5:15\n"
      "   |\n"
      "5  |     register: []\n"
      "   |               ^^\n"
      "   = help: add `register: [...]`: the rows that it encodes\n");
}

// Each fact reads the next one twice: walked without memory, 2^60 steps.
TEST(LintTest, DiamondsOfFactsTakeNoTime) {
  std::string facts = "facts:\n";
  for (int i = 0; i < 60; ++i) {
    for (const char* side : {"a", "b"}) {
      facts += absl::StrCat(
          "  - name: ", side, i, "\n    type: bool\n",
          "    title: {nb: a, nn: a, en: a}\n    expr: \"",
          i == 59 ? "true" : absl::StrCat("a", i + 1, " || b", i + 1), "\"\n");
    }
  }
  std::vector<RuleFile> files =
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"", "a0 || b0"}}));
  files.push_back({"no/facts.yaml", facts});
  EXPECT_EQ(LintOf(std::move(files)), "");
}

}  // namespace
}  // namespace klausul::ruleset
