#include "service/ruleset/example_runner.h"

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

absl::StatusOr<ExampleReport> RunRule(const std::string& rule,
                                      DiagnosticSink& sink,
                                      ExampleRunOptions options = {}) {
  LoadOptions load;
  load.display_root = "rules";
  const auto repository = RuleSetRepository::Load(SampleSet(rule), load, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  if (!repository.ok()) return repository.status();
  options.now = absl::FromUnixSeconds(1795392000);
  return RunExamples(**repository, SmallPlanReader(), options, sink);
}

TEST(RunExamplesTest, GoodExamplesPass) {
  DiagnosticSink sink;
  const auto report = RunRule(Rule(), sink);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->rule_count, 1);
  EXPECT_EQ(report->example_count, 4);
  EXPECT_TRUE(report->ok());
}

struct WrongExample {
  const char* name;
  std::vector<std::pair<std::string, std::string>> changes;
  const char* place;
  const char* difference;
};

std::ostream& operator<<(std::ostream& out, const WrongExample& c) {
  return out << c.name;
}

class WrongExampleTest : public testing::TestWithParam<WrongExample> {};

TEST_P(WrongExampleTest, ShowsExpectedAndActual) {
  DiagnosticSink sink;
  const auto report = RunRule(Rule(GetParam().changes), sink);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->failed.size(), 1U);
  EXPECT_EQ(report->failed[0].rule_id, "no.foa.1-1.value");
  EXPECT_EQ(report->failed[0].place, GetParam().place);
  EXPECT_EQ(report->failed[0].difference, GetParam().difference);
}

INSTANTIATE_TEST_SUITE_P(
    Examples, WrongExampleTest,
    testing::ValuesIn(std::vector<WrongExample>{
        {"Outcome",
         {{"NOK 99999", "NOK 100000"}},
         "rules/no/rules.yaml:17",
         "expected: VIOLATED\nactual:   SATISFIED\nas of:    2026-03-01\n"},
        {"UndeterminedShowsWhatIsMissing",
         {{"outcome: undetermined,", "outcome: violated,"}},
         "rules/no/rules.yaml:22",
         "expected: VIOLATED\nactual:   UNDETERMINED\n"
         "missing:  contract.estimated_value\nas of:    2026-03-01\n"},
        {"Missing",
         {{"missing: [\"contract.estimated_value\"]",
           "missing: [\"contract.cpv_main\"]"}},
         "rules/no/rules.yaml:22",
         "expected missing: contract.cpv_main\n"
         "actual missing:   contract.estimated_value\n"
         "as of:    2026-03-01\n"},
        {"Message",
         {{"set: {\"contract.estimated_value\": \"NOK 99999\"}",
           "set: {\"contract.estimated_value\": \"NOK 99999\"}, "
           "message: {nb: \"For lav.\", en: \"Too low: NOK 1.\"}"}},
         "rules/no/rules.yaml:17",
         "expected message (en): Too low: NOK 1.\n"
         "actual message (en):   Too low: NOK 100,000.\n"
         "as of:    2026-03-01\n"},
        {"BeforeTheRuleIsInForce",
         {{"base: cleaning, outcome: satisfied",
           "base: cleaning, as_of: 2016-12-31, outcome: satisfied"}},
         "rules/no/rules.yaml:19",
         "expected: SATISFIED\nactual:   NOT_APPLICABLE\n"
         "as of:    2016-12-31\n"},
        {"Subject",
         {{"base: cleaning, outcome: satisfied",
           "base: cleaning, subject: LOT-9, outcome: satisfied"}},
         "rules/no/rules.yaml:19",
         "expected: SATISFIED for LOT-9\nactual:   no such lot\n"
         "as of:    2026-03-01\n"},
        {"PlanThatCannotBeBuilt",
         {{"unset: [\"contract.estimated_value\"]", "unset: [\"a.b\"]"}},
         "rules/no/rules.yaml:22",
         "its plan cannot be built\n"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(RunExamplesTest, TracesTheDecidingPart) {
  DiagnosticSink sink;
  const auto report = RunRule(Rule({{"NOK 99999", "NOK 100000"}}), sink);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->failed.size(), 1U);
  EXPECT_EQ(report->failed[0].trace,
            "requires: contract.estimated_value >= threshold(\"no.entry\") = "
            "true\n"
            "requires:   contract.estimated_value = NOK 100000\n"
            "requires:   threshold(\"no.entry\") = NOK 100000\n");
}

TEST(RunExamplesTest, ChoosesRulesAndSuggestsNearOnes) {
  DiagnosticSink sink;
  ExampleRunOptions options;
  options.rule_ids = {"no.foa.1-1.valu"};
  EXPECT_EQ(RunRule(Rule(), sink, options).status().message(),
            "there is no rule `no.foa.1-1.valu`; did you mean "
            "`no.foa.1-1.value`?");
  options.rule_ids = {"no.foa.1-1.value"};
  EXPECT_EQ(RunRule(Rule(), sink, options)->example_count, 4);
  options.rule_set_ids = {"nö"};
  EXPECT_EQ(RunRule(Rule(), sink, options).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(RunExamplesTest, StopsWhereItIsCancelled) {
  DiagnosticSink sink;
  ExampleRunOptions options;
  options.is_cancelled = [] { return true; };
  EXPECT_EQ(RunRule(Rule(), sink, options).status().code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace klausul::ruleset
