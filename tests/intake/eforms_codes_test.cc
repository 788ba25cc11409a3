#include "gtest/gtest.h"

#include "klausul/v1/plan_enums.pb.h"

#include "service/intake/eforms/codes.h"

namespace klausul::intake::eforms {
namespace {

TEST(ReadCodeTest, FollowsTheOptionsOfTheEnums) {
  const CodeValue open = ReadCode(*v1::ProcedureKind_descriptor(), "open");
  EXPECT_EQ(open.meaning, CodeMeaning::kValue);
  EXPECT_EQ(open.number, v1::PROCEDURE_KIND_OPEN);
}

TEST(ReadCodeTest, CapitalsDoNotCount) {
  EXPECT_EQ(ReadCode(*v1::Regime_descriptor(), "OTHER").number,
            v1::REGIME_NATIONAL_LAW);
}

TEST(ReadCodeTest, ANoticeWithoutCallIsNegotiated) {
  EXPECT_EQ(ReadCode(*v1::ProcedureKind_descriptor(), "neg-wo-call").number,
            v1::PROCEDURE_KIND_NEGOTIATED_WITHOUT_NOTICE);
}

TEST(ReadCodeTest, ASharedCodeDoesNotTell) {
  const CodeValue shared =
      ReadCode(*v1::ExemptionGround_descriptor(), "in-house");
  EXPECT_EQ(shared.meaning, CodeMeaning::kNoValue);
  EXPECT_FALSE(shared.number.has_value());
}

TEST(ReadCodeTest, UnknownCodesBecomeOtherWhereThereIsOne) {
  const CodeValue kind = ReadCode(*v1::ProcedureKind_descriptor(), "auction");
  EXPECT_EQ(kind.meaning, CodeMeaning::kUnknown);
  EXPECT_EQ(kind.number, v1::PROCEDURE_KIND_OTHER);
  const CodeValue nature = ReadCode(*v1::ContractNature_descriptor(), "x");
  EXPECT_EQ(nature.meaning, CodeMeaning::kUnknown);
  EXPECT_FALSE(nature.number.has_value());
  // `OTHER` with a code of its own is a value, not a remainder.
  EXPECT_FALSE(
      ReadCode(*v1::QualificationKind_descriptor(), "x").number.has_value());
}

TEST(ReadCodeTest, OldCodesAreReadAsTheirSuccessors) {
  EXPECT_EQ(ReadCode(*v1::Regime_descriptor(), "32018R1046").number,
            v1::REGIME_EU_INSTITUTIONS);
  EXPECT_EQ(ReadCode(*v1::BuyerLegalType_descriptor(), "rl-aut").number,
            v1::BUYER_LEGAL_TYPE_AUTHORITY);
  EXPECT_EQ(ReadCode(*v1::GovernmentLevel_descriptor(), "rl-aut").meaning,
            CodeMeaning::kUnknown);
}

TEST(SaysNothingTest, KnowsTheWordsForIt) {
  EXPECT_TRUE(SaysNothing("UNKNOWN"));
  EXPECT_TRUE(SaysNothing("not-known"));
  EXPECT_TRUE(SaysNothing("unpublished"));
  EXPECT_TRUE(SaysNothing(""));
  EXPECT_FALSE(SaysNothing("none"));
}

}  // namespace
}  // namespace klausul::intake::eforms
