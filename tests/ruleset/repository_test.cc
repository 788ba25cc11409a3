#include "service/ruleset/repository.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;

SharedRuleSet Set(const std::string& id, const std::string& jurisdiction,
                  const std::vector<std::string>& extends = {},
                  const std::vector<std::string>& rules = {}) {
  v1::RuleSet set;
  set.set_id(id);
  set.set_jurisdiction(jurisdiction);
  for (const std::string& base : extends)
    set.add_extends(base);
  for (const std::string& rule : rules)
    set.add_rules()->set_id(rule);
  return std::make_shared<const v1::RuleSet>(std::move(set));
}

std::shared_ptr<const RuleSetRepository> Europe() {
  return RuleSetRepository::FromRuleSets(
      {Set("no.oslo", "NO", {"no"}),
       Set("no", "NO", {"eu"}, {"no.foa.1", "no.loa.2"}), Set("eu", "EU"),
       Set("dk", "DK", {"eu"})});
}

std::vector<std::string> Ids(const std::vector<SharedRuleSet>& sets) {
  std::vector<std::string> ids;
  for (const SharedRuleSet& set : sets)
    ids.push_back(set->id());
  return ids;
}

TEST(RepositoryTest, AClosureHasEachSetOnceAndBasesFirst) {
  const auto closure = Europe()->Closure({"no.oslo", "dk"});
  ASSERT_TRUE(closure.ok());
  EXPECT_THAT(Ids(*closure), ElementsAre("eu", "no", "no.oslo", "dk"));
}

TEST(RepositoryTest, AnUnknownSetIsNotFoundWithASuggestion) {
  const auto closure = Europe()->Closure({"no.osl"});
  EXPECT_EQ(closure.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(closure.status().message(),
            "there is no rule set `no.osl`; did you mean `no.oslo`?");
}

TEST(RepositoryTest, ACountryGetsItsLawWithoutOverlays) {
  EXPECT_THAT(Europe()->IdsForCountry("NO"), ElementsAre("no"));
  EXPECT_THAT(Europe()->IdsForCountry("DK"), ElementsAre("dk"));
  EXPECT_THAT(Europe()->IdsForCountry("SE"), testing::IsEmpty());
  EXPECT_THAT(Europe()->IdsForCountry(""), testing::IsEmpty());
}

TEST(RepositoryTest, FindsSetsAndRulesById) {
  const auto repository = Europe();
  EXPECT_NE(repository->Find("dk"), nullptr);
  EXPECT_EQ(repository->Find("d"), nullptr);
  ASSERT_NE(repository->FindRule("no.loa.2"), nullptr);
  EXPECT_EQ(repository->FindRule("no.loa.3"), nullptr);
  EXPECT_EQ(repository->NearestRule("no.loa.22"), "no.loa.2");
}

TEST(RepositoryTest, CompilesWhatItWasGivenCompiled) {
  DiagnosticSink sink;
  const auto loaded = RuleSetRepository::Load(SampleSet(), {}, sink);
  ASSERT_TRUE(loaded.ok()) << sink.RenderAll();
  const auto first = (*loaded)->Compile({"no"});
  const auto second = (*loaded)->Compile({"no"});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(*first, *second);

  const auto from_proto =
      RuleSetRepository::FromRuleSets({(*loaded)->Find("no")->rule_set});
  const auto compiled = from_proto->Compile({"no"});
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  EXPECT_NE((*compiled)->FindRule("no.foa.1-1.value"), nullptr);
}

TEST(RepositoryTest, SaysWhyASelectionDoesNotCompile) {
  v1::RuleSet broken;
  broken.set_id("xx");
  v1::Rule& rule = *broken.add_rules();
  rule.set_id("xx.a.b");
  rule.mutable_in_force()->mutable_from()->set_year(2017);
  rule.mutable_in_force()->mutable_from()->set_month(1);
  rule.mutable_in_force()->mutable_from()->set_day(1);
  rule.mutable_requirement()->set_text("nobody_knows");
  const auto repository = RuleSetRepository::FromRuleSets(
      {std::make_shared<const v1::RuleSet>(broken)});
  const absl::Status status = repository->Compile({"xx"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()),
              testing::HasSubstr("`nobody_knows` is not known"));
}

}  // namespace
}  // namespace klausul::ruleset
