#include "service/ruleset/lint/condition_lint.h"

#include <ostream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

std::shared_ptr<const RuleSetRepository> Load(std::vector<RuleFile> files) {
  DiagnosticSink sink;
  LoadOptions options;
  options.display_root = "rules";
  const auto repository =
      RuleSetRepository::Load(std::move(files), options, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  return repository.ok() ? *repository : nullptr;
}

struct Case {
  const char* name;
  std::string applies;
  std::string requirement;
  // `code: what stands under the caret`.
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class ConditionLintTest : public testing::TestWithParam<Case> {};

TEST_P(ConditionLintTest, FindsWhatNoPlanChanges) {
  const auto repository = Load(
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"", GetParam().applies},
                      {"contract.estimated_value >= threshold(\"no.entry\")",
                       GetParam().requirement}})));
  ASSERT_NE(repository, nullptr);
  DiagnosticSink sink;
  for (const RuleSetRepository::Entry* entry : repository->entries())
    LintConditions(*entry, sink);
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    EXPECT_EQ(diagnostic.level, Diagnostic::Level::kWarning);
    found.push_back(
        absl::StrCat(diagnostic.code, ": ",
                     diagnostic.file->text().substr(
                         diagnostic.span.begin,
                         diagnostic.span.end - diagnostic.span.begin)));
  }
  EXPECT_EQ(found, GetParam().want);
}

constexpr char kServices[] = "contract.nature == SERVICES";
constexpr char kUrgent[] = "claimed(procedure.urgent)";

INSTANTIATE_TEST_SUITE_P(
    Faults, ConditionLintTest,
    testing::ValuesIn(std::vector<Case>{
        {"AlwaysTrue",
         "contract.nature != SERVICES || contract.nature != WORKS",
         kUrgent,
         {"always-true: contract.nature != SERVICES || contract.nature != "
          "WORKS"}},
        {"NeverTrue",
         "contract.nature == SERVICES && contract.nature == WORKS",
         kUrgent,
         {"never-true: contract.nature == SERVICES && contract.nature == "
          "WORKS"}},
        {"EmptyInterval",
         "procedure.tender_count > 5 && procedure.tender_count < 3",
         kUrgent,
         {"never-true: procedure.tender_count > 5 && procedure.tender_count < "
          "3"}},
        {"APartThatIsNeverTrue",
         "contract.nature == SERVICES || size(lots) < 0",
         kUrgent,
         {"never-true: size(lots) < 0"}},
        {"AConstant",
         "contract.nature == SERVICES && 1 < 2",
         kUrgent,
         {"always-true: 1 < 2"}},
        {"WithinAFold",
         "lots.exists(l, l.id == \"1\" && l.id == \"2\")",
         kUrgent,
         {"never-true: l.id == \"1\" && l.id == \"2\""}},
        {"SaidTwice",
         "contract.nature == SERVICES && claimed(procedure.urgent) && "
         "contract.nature == SERVICES",
         kServices,
         {"said-twice: contract.nature == SERVICES",
          "always-true: contract.nature == SERVICES"}},
        {"SaidMoreNarrowlyBeside",
         "procedure.tender_count > 2 && procedure.tender_count > 5",
         kUrgent,
         {"said-twice: procedure.tender_count > 2"}},
        {"TheRequirementIsWhatAppliesSays",
         kServices,
         "contract.nature != WORKS",
         {"always-true: contract.nature != WORKS"}},
        {"TheRequirementCannotBeMet",
         kServices,
         "contract.nature == WORKS",
         {"never-true: contract.nature == WORKS"}},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NoFault, ConditionLintTest,
    testing::ValuesIn(std::vector<Case>{
        {"TwoFields", kServices, kUrgent, {}},
        {"OneOfTwo",
         "contract.nature == SERVICES || contract.nature == WORKS",
         kUrgent,
         {}},
        {"AnInterval",
         "procedure.tender_count > 2 && procedure.tender_count < 6",
         "procedure.tender_count != 4",
         {}},
        {"ThresholdOnBothSides",
         kServices,
         "contract.estimated_value > threshold(\"no.entry\") || "
         "contract.estimated_value < threshold(\"no.entry\")",
         {}},
        {"VariablesOfTwoFolds",
         "lots.all(l, l.id == \"1\") && lots.exists(l, l.id == \"2\")",
         kUrgent,
         {}},
        {"AFlagThatIsMeant", kServices, "true", {}},
        {"ForThoseThatAreNotStated",
         kServices,
         "claimed(procedure.urgent) || (has(procedure.tender_count) && "
         "procedure.tender_count > 1)",
         {}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ConditionLintTest, LooksAtEachVersionOfAFact) {
  auto files =
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"", "is_odd"}}));
  files.push_back(
      {"no/facts.yaml",
       "facts:\n  - name: is_odd\n    type: bool\n"
       "    title: {nb: a, nn: a, en: a}\n    versions:\n"
       "      - {from: 2017-01-01, to: 2026-06-30, expr: \"size(lots) > 1\"}\n"
       "      - {from: 2026-07-01, expr: \"size(lots) >= 0\"}\n"});
  const auto repository = Load(std::move(files));
  ASSERT_NE(repository, nullptr);
  DiagnosticSink sink;
  LintConditions(*repository->Find("no"), sink);
  EXPECT_EQ(
      sink.RenderAll(),
      "warning[always-true]: `size(lots) >= 0` is true of every plan that "
      "states enough to decide it\n"
      "  --> rules/no/facts.yaml:7:35\n"
      "   |\n"
      "7  |       - {from: 2026-07-01, expr: \"size(lots) >= 0\"}\n"
      "   |                                   ^^^^^^^^^^^^^^^\n"
      "   = help: remove it, or write what was meant\n");
}

// Unbounded, each of these takes minutes.
TEST(ConditionLintTest, WhatIsMadeToTakeLongIsGivenUp) {
  std::string comparisons = "procedure.tender_count != 0";
  std::string constants = "size(lots) > 1";
  std::string names = "size(lots) > 1";
  for (int i = 1; i < 3000; ++i) {
    absl::StrAppend(&comparisons, " && procedure.tender_count != ", 2 * i);
    absl::StrAppend(&constants, " || ", i, " > ", i + 1);
    absl::StrAppend(&names, " && has(lots[", i, "].id)");
  }
  for (const std::string& applies : {comparisons, constants, names}) {
    const auto repository =
        Load(SampleSet(Rule({{"contract.cpv_main == \"90910000\"", applies}})));
    ASSERT_NE(repository, nullptr);
    DiagnosticSink sink;
    const absl::Time start = absl::Now();
    LintConditions(*repository->Find("no"), sink);
    EXPECT_LT(absl::Now() - start, absl::Seconds(20));
  }
}

}  // namespace
}  // namespace klausul::ruleset
