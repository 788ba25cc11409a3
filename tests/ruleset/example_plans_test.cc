#include "service/ruleset/example_plans.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/repository.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

// The set as loaded; its source is what the tests are about.
std::shared_ptr<const RuleSetRepository> Loaded(const std::string& rule) {
  DiagnosticSink sink;
  auto repository = RuleSetRepository::Load(SampleSet(rule), {}, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  return repository.ok() ? *repository : nullptr;
}

TEST(ExamplePlansTest, SetsAndUnsetsOnACopyOfTheBase) {
  const auto repository = Loaded(Rule());
  const SetSource& source = *repository->Find("no")->source;
  const SmallPlanReader reader;
  ExamplePlans plans(source, reader);
  DiagnosticSink sink;
  const auto& examples = source.rules.at("no.foa.1-1.value").examples;
  EXPECT_EQ(
      plans.Build(examples[0], sink)->contract().estimated_value().units(),
      99999);
  EXPECT_EQ(
      plans.Build(examples[1], sink)->contract().estimated_value().units(),
      100000);
  EXPECT_FALSE(
      plans.Build(examples[3], sink)->contract().has_estimated_value());
  EXPECT_FALSE(sink.has_errors());
}

TEST(ExamplePlansTest, AnUnknownBaseIsToldWithASuggestion) {
  const auto repository = Loaded(Rule({{"base: cleaning, outcome: violated",
                                        "base: cleanin, outcome: violated"}}));
  const SetSource& source = *repository->Find("no")->source;
  const SmallPlanReader reader;
  ExamplePlans plans(source, reader);
  DiagnosticSink sink;
  const auto& examples = source.rules.at("no.foa.1-1.value").examples;
  EXPECT_FALSE(plans.Build(examples[0], sink).has_value());
  EXPECT_EQ(sink.RenderAll(),
            "error[unknown-plan]: there is no plan `cleanin`\n"
            "   --> no/rules.yaml:17:29\n"
            "    |\n"
            "17  |       - {name: below, base: cleanin, outcome: violated,\n"
            "    |                             ^^^^^^^\n"
            "    = help: did you mean `cleaning`?\n");
}

TEST(ExamplePlansTest, AWrongPathIsToldByTheReader) {
  const auto repository = Loaded(Rule(
      {{"set: {\"contract.estimated_value\"", "set: {\"contract.value\""}}));
  const SetSource& source = *repository->Find("no")->source;
  const SmallPlanReader reader;
  ExamplePlans plans(source, reader);
  DiagnosticSink sink;
  const auto& examples = source.rules.at("no.foa.1-1.value").examples;
  EXPECT_FALSE(plans.Build(examples[0], sink).has_value());
  EXPECT_EQ(sink.diagnostics().at(0).code, "unknown-field");
}

}  // namespace
}  // namespace klausul::ruleset
