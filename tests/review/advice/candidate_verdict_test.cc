#include "service/review/advice/candidate_verdict.h"

#include "gmock/gmock.h"

#include "tests/review/advice/advice_rules.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using v1::ProcedureAdvice;

class CandidateVerdictTest : public testing_support::AdviceTest {
 protected:
  PossibleRegime Regime(int index, std::vector<std::string> missing = {}) {
    return {&catalogue().regimes(index), missing, !missing.empty()};
  }

  absl::optional<ProcedureAdvice> Judge(
      const std::string& id, const std::vector<PossibleRegime>& regimes) {
    for (const auto& candidate : catalogue().candidates()) {
      if (candidate.id() != id) continue;
      v1::ProcurementPlan varied = plan_;
      EXPECT_TRUE(Vary(candidate.unset(), candidate.settings(), varied).ok());
      auto advice =
          JudgeCandidate(asker_, catalogue(), candidate, regimes, varied);
      EXPECT_TRUE(advice.ok()) << advice.status();
      return advice.ok() ? *advice : absl::nullopt;
    }
    ADD_FAILURE() << "no candidate " << id;
    return absl::nullopt;
  }
};

TEST_F(CandidateVerdictTest, ASatisfiedRuleAllows) {
  const auto advice = Judge("open", {Regime(0)});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::ALLOWED);
  EXPECT_EQ(advice->procedure(), v1::PROCEDURE_KIND_OPEN);
  ASSERT_EQ(advice->reasons_size(), 1);
  EXPECT_EQ(advice->reasons(0).rule_id(), "no.tiny.kind");
  EXPECT_EQ(advice->reasons(0).outcome(), v1::Finding::SATISFIED);
}

TEST_F(CandidateVerdictTest, ABrokenRuleBars) {
  const auto advice = Judge("simple", {Regime(0)});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::NOT_ALLOWED);
  ASSERT_EQ(advice->reasons_size(), 1);
  EXPECT_EQ(advice->reasons(0).message(), "Message.");
}

TEST_F(CandidateVerdictTest, WhatTheBuyerSettlesIsACondition) {
  const auto advice = Judge("negotiated", {Regime(0)});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::ALLOWED_ON_CONDITIONS);
  ASSERT_EQ(advice->reasons_size(), 2);
  EXPECT_EQ(advice->reasons(0).rule_id(), "no.tiny.ground");
  EXPECT_EQ(advice->reasons(1).rule_id(), "no.tiny.reason");
}

TEST_F(CandidateVerdictTest, AConditionMetIsNoneAnyMoreAndAFailedOneBars) {
  plan_.mutable_procedure()->set_ground(v1::PROCEDURE_GROUND_ADAPTATION_NEEDED);
  plan_.mutable_procedure()->mutable_reason()->set_on_file(true);
  EXPECT_EQ(Judge("negotiated", {Regime(0)})->verdict(),
            ProcedureAdvice::ALLOWED);
  // A rule that is only a condition bars nothing.
  plan_.mutable_procedure()->mutable_reason()->set_on_file(false);
  EXPECT_EQ(Judge("negotiated", {Regime(0)})->verdict(),
            ProcedureAdvice::ALLOWED_ON_CONDITIONS);
  plan_.mutable_procedure()->set_ground(
      v1::PROCEDURE_GROUND_COMPLEXITY_OR_RISK);
  EXPECT_EQ(Judge("negotiated", {Regime(0)})->verdict(),
            ProcedureAdvice::NOT_ALLOWED);
}

TEST_F(CandidateVerdictTest, AnyOtherOpenFactLeavesItUndecided) {
  plan_.clear_contract();
  const auto advice = Judge("negotiated", {Regime(0, {"contract.nature"}),
                                           Regime(1, {"contract.nature"})});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::UNDECIDED);
  // Not the ground, which the buyer settles.
  EXPECT_THAT(advice->missing(), ElementsAre("contract.nature"));
  EXPECT_EQ(advice->reasons_size(), 1);
}

TEST_F(CandidateVerdictTest, WhatIsAllowedUnderEveryLawAtHandIsAllowed) {
  plan_.clear_contract();
  const auto advice = Judge(
      "open", {Regime(0, {"contract.nature"}), Regime(1, {"contract.nature"})});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::ALLOWED);
}

TEST_F(CandidateVerdictTest, ALawThatHasNoSuchProcedureSaysSo) {
  const auto advice = Judge("dialogue", {Regime(0)});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->verdict(), ProcedureAdvice::NOT_ALLOWED);
  ASSERT_EQ(advice->reasons_size(), 1);
  EXPECT_EQ(advice->reasons(0).rule_id(), "");
  EXPECT_EQ(advice->reasons(0).message(), "Not here.");
  EXPECT_EQ(advice->reasons(0).legal_basis(0).provision(), "§ 2");
}

TEST_F(CandidateVerdictTest, AGroundThatTheLawDoesNotHaveIsNotShown) {
  EXPECT_FALSE(Judge("technical", {Regime(0)}).has_value());
  const auto advice = Judge("technical", {Regime(1)});
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->ground(), v1::DIRECT_AWARD_GROUND_TECHNICAL_REASONS);
}

TEST(IsUnderTest, APathIsUnderItselfAndWhatHoldsIt) {
  EXPECT_TRUE(IsUnder("procedure.ground", "procedure.ground"));
  EXPECT_TRUE(IsUnder("procedure.ground", "procedure"));
  EXPECT_TRUE(IsUnder("lots[3].reserved.kinds", "reserved"));
  EXPECT_TRUE(IsUnder("clauses[\"a\"].included", "clauses"));
  EXPECT_FALSE(IsUnder("procedure.ground_code", "procedure.ground"));
  EXPECT_FALSE(IsUnder("contract.nature", "procedure"));
}

}  // namespace
}  // namespace klausul::review
