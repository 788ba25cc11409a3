#include "service/ruleset/example_coverage.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/ruleset/example_runner.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

ConditionCoverage CoverageOf(std::vector<RuleFile> files,
                             bool with_facts = true,
                             std::vector<std::string> rule_ids = {}) {
  LoadOptions load;
  load.display_root = "rules";
  DiagnosticSink sink;
  const auto repository = RuleSetRepository::Load(std::move(files), load, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  if (!repository.ok()) return {};
  ExampleCoverage coverage;
  ExampleRunOptions options;
  options.now = absl::FromUnixSeconds(1795392000);
  options.rule_ids = std::move(rule_ids);
  options.coverage = &coverage;
  const auto report =
      RunExamples(**repository, SmallPlanReader(), options, sink);
  EXPECT_TRUE(report.ok() && report->ok()) << sink.RenderAll();
  return coverage.Result(with_facts);
}

// `file:line:column owner part what text`.
std::vector<std::string> Open(const ConditionCoverage& coverage) {
  std::vector<std::string> open;
  for (const UndecidedPart& part : coverage.open) {
    open.push_back(absl::StrCat(part.file, ":", part.line, ":", part.column,
                                " ", part.owner, " ", part.part,
                                part.was_true    ? " never false: "
                                : part.was_false ? " never true: "
                                                 : " never decided: ",
                                part.text));
  }
  return open;
}

TEST(ExampleCoverageTest, TheFourExamplesTryAPlainRule) {
  const ConditionCoverage coverage = CoverageOf(SampleSet());
  EXPECT_EQ(Open(coverage), std::vector<std::string>());
  EXPECT_EQ(coverage.rule_count, 1);
  EXPECT_EQ(coverage.fact_count, 0);
  EXPECT_EQ(coverage.part_count, 2);
  EXPECT_EQ(coverage.decided_side_count, 4);
  EXPECT_EQ(coverage.percent(), 100);
}

TEST(ExampleCoverageTest, PartsThatNoExampleReachesOrTurns) {
  // `&&` does not ask its second part of another code; the first of the `||`
  // settles the matter for all the others.
  const ConditionCoverage coverage = CoverageOf(
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"",
                       "contract.cpv_main == \"90910000\"\n"
                       "      && (has(dates.planned_notice)\n"
                       "          || !claimed(procedure.urgent))"}})));
  EXPECT_EQ(Open(coverage),
            (std::vector<std::string>{
                "rules/no/rules.yaml:11:11 no.foa.1-1.value applies never "
                "false: has(dates.planned_notice)",
                "rules/no/rules.yaml:11:11 no.foa.1-1.value applies never "
                "false: has(dates.planned_notice) || "
                "!claimed(procedure.urgent)",
                "rules/no/rules.yaml:12:15 no.foa.1-1.value applies never "
                "decided: claimed(procedure.urgent)"}));
  EXPECT_EQ(coverage.part_count, 6);
  EXPECT_EQ(coverage.decided_side_count, 8);
  EXPECT_EQ(coverage.percent(), 66.6);
}

TEST(ExampleCoverageTest, EachTurnOfAFoldCounts) {
  const ConditionCoverage coverage = CoverageOf(SampleSet(
      Rule({{"contract.cpv_main == \"90910000\"",
             "[\"90910000\", \"1\"].exists(c, contract.cpv_main == c)"}})));
  EXPECT_EQ(Open(coverage), std::vector<std::string>());
  EXPECT_EQ(coverage.part_count, 3);
}

std::vector<RuleFile> WithFact() {
  auto files =
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"", "is_cleaning"}}));
  files.push_back({"no/facts.yaml",
                   "facts:\n  - name: is_cleaning\n    type: bool\n"
                   "    title: {nb: a, nn: a, en: a}\n    versions:\n"
                   "      - {from: 2017-01-01, to: 2025-12-31, expr: "
                   "\"contract.cpv_main == '1'\"}\n"
                   "      - {from: 2026-01-01,\n"
                   "         expr: \"contract.cpv_main == '90910000'\"}\n"});
  return files;
}

TEST(ExampleCoverageTest, EveryVersionOfAFactCounts) {
  const ConditionCoverage coverage = CoverageOf(WithFact());
  EXPECT_EQ(Open(coverage),
            std::vector<std::string>{
                "rules/no/facts.yaml:6:51 is_cleaning fact never decided: "
                "contract.cpv_main == '1'"});
  EXPECT_EQ(coverage.fact_count, 1);
  EXPECT_EQ(coverage.part_count, 4);
  EXPECT_EQ(coverage.decided_side_count, 6);
}

TEST(ExampleCoverageTest, WithoutFactsOnlyRulesCount) {
  const ConditionCoverage coverage = CoverageOf(WithFact(), false);
  EXPECT_EQ(coverage.fact_count, 0);
  EXPECT_EQ(coverage.part_count, 2);
  EXPECT_EQ(coverage.percent(), 100);
}

// An engine keeps expressions of one text once; their examples are their own.
TEST(ExampleCoverageTest, AnotherRulesExamplesDoNotCount) {
  auto files = SampleSet();
  files.push_back(
      {"no/more.yaml",
       Rule({{"no.foa.1-1.value", "no.foa.1-2.value"},
             {"      - {name: other code, base: cleaning, outcome: "
              "not_applicable,\n"
              "         set: {\"contract.cpv_main\": \"72000000\"}}\n",
              ""}})});
  EXPECT_EQ(Open(CoverageOf(files)),
            std::vector<std::string>{
                "rules/no/more.yaml:10:7 no.foa.1-2.value applies never "
                "false: contract.cpv_main == \"90910000\""});
  const ConditionCoverage of_one =
      CoverageOf(files, false, {"no.foa.1-1.value"});
  EXPECT_EQ(of_one.rule_count, 1);
  EXPECT_EQ(of_one.percent(), 100);
}

// The facts of a set are tried by the examples of its overlays as well.
TEST(ExampleCoverageTest, OverlaysTryTheFactsThatTheyUse) {
  auto files = WithFact();
  files.push_back({"no/a/rule_set.yaml", Header("no.a", "extends: [no]\n")});
  files.push_back({"no/a/plans/early.yaml",
                   "id: early\ncpv: \"90910000\"\nvalue: NOK 100000\n"
                   "planned_notice: 2025-03-01\n"});
  files.push_back({"no/a/rules.yaml",
                   R"yaml(rules:
  - id: no.a.foa.1
    title: {nb: a, nn: a, en: a}
    legal_basis: [{instrument: FOA, provision: "§ 1"}]
    register: [NO-1]
    in_force: {from: 2017-01-01}
    severity: warning
    confidence: seen-in-source
    requires: "!is_cleaning"
    message: {nb: a, nn: a, en: a}
    remedy: {nb: a, nn: a, en: a}
    sources: [{url: "https://law.example/1", read: 2026-11-22}]
    examples:
      - {name: early, base: early, outcome: satisfied}
)yaml"});
  EXPECT_EQ(Open(CoverageOf(std::move(files))),
            (std::vector<std::string>{
                "rules/no/a/rules.yaml:9:17 no.a.foa.1 requires never true: "
                "is_cleaning",
                "rules/no/facts.yaml:6:51 is_cleaning fact never true: "
                "contract.cpv_main == '1'"}));
}

}  // namespace
}  // namespace klausul::ruleset
