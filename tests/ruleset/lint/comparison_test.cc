#include "service/ruleset/lint/comparison.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/ruleset/lint/conditions.h"

namespace klausul::ruleset {
namespace {

struct Case {
  const char* name;
  std::string known;
  bool holds;
  std::string asked;
  Truth want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class DecideTest : public testing::TestWithParam<Case> {};

TEST_P(DecideTest, ByWhatIsKnownOfTheTerm) {
  const Conditions conditions(GetParam().known, GetParam().asked);
  ASSERT_TRUE(conditions.ok());
  const auto known =
      ToComparison(conditions.applies(), conditions.applies().root());
  const auto asked =
      ToComparison(conditions.requirement(), conditions.requirement().root());
  ASSERT_TRUE(known.has_value());
  ASSERT_TRUE(asked.has_value());
  EXPECT_EQ(
      Decide(conditions.requirement(), *asked, {{*known, GetParam().holds}}),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, DecideTest,
    testing::ValuesIn(std::vector<Case>{
        {"Below", "procedure.tender_count < 3", true,
         "procedure.tender_count < 5", Truth::kTrue},
        {"NotBelow", "procedure.tender_count < 3", false,
         "procedure.tender_count >= 3", Truth::kTrue},
        {"Beyond", "procedure.tender_count > 5", true,
         "procedure.tender_count < 4", Truth::kFalse},
        {"TheBoundIsOutside", "procedure.tender_count > 5", true,
         "procedure.tender_count == 5", Truth::kFalse},
        {"TheBoundIsInside", "procedure.tender_count >= 5", true,
         "procedure.tender_count > 5", Truth::kOpen},
        {"NoWholeNumberBetween", "procedure.tender_count > 3", true,
         "procedure.tender_count >= 4", Truth::kTrue},
        {"ADoubleBetween", "contract.grant_percent > 3.0", true,
         "contract.grant_percent >= 4.0", Truth::kOpen},
        {"TheConstantOnTheLeft", "3 > procedure.tender_count", true,
         "procedure.tender_count <= 2", Truth::kTrue},
        {"AnotherTerm", "procedure.tender_count < 3", true, "size(lots) < 3",
         Truth::kOpen},
        {"OneOfSome", "procedure.tender_count in [1, 2]", true,
         "procedure.tender_count <= 2", Truth::kTrue},
        {"NoneOfSome", "procedure.tender_count in [1, 2]", false,
         "procedure.tender_count == 2", Truth::kFalse},
        {"NoSizeBelowNone", "size(lots) != 0", true, "size(lots) >= 1",
         Truth::kTrue},
        {"SizesAreOpen", "size(lots) >= 1", true, "size(lots) == 1",
         Truth::kOpen},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Others, DecideTest,
    testing::ValuesIn(std::vector<Case>{
        {"AnEnumHasOneValue", "contract.nature == SERVICES", true,
         "contract.nature != WORKS", Truth::kTrue},
        {"AnEnumHasOtherValues", "contract.nature != SERVICES", true,
         "contract.nature == WORKS", Truth::kOpen},
        {"AnEnumAmongSome", "contract.nature in [SERVICES, WORKS]", true,
         "contract.nature == SUPPLIES", Truth::kFalse},
        {"AText", "contract.cpv_main == \"1\"", true,
         "contract.cpv_main == \"2\"", Truth::kFalse},
        {"ADay", "dates.notice_sent >= date(\"2026-07-01\")", true,
         "dates.notice_sent < date(\"2024-01-01\")", Truth::kFalse},
        {"ADayBetween", "dates.notice_sent >= date(\"2024-01-01\")", true,
         "dates.notice_sent < date(\"2026-07-01\")", Truth::kOpen},
        {"AThreshold", "contract.estimated_value >= threshold(\"no.entry\")",
         true, "contract.estimated_value < threshold(\"no.entry\")",
         Truth::kFalse},
        {"AThresholdReached",
         "contract.estimated_value == threshold(\"no.entry\")", true,
         "contract.estimated_value >= threshold(\"no.entry\")", Truth::kTrue},
        {"AThresholdNotReached",
         "contract.estimated_value < threshold(\"no.entry\")", false,
         "contract.estimated_value > threshold(\"no.entry\")", Truth::kOpen},
    }),
    [](const auto& test) { return test.param.name; });

TEST(DecideTest, ASizeNeedsNoHelp) {
  const Conditions conditions("size(lots) >= 0", "size(lots) < 0");
  ASSERT_TRUE(conditions.ok());
  EXPECT_EQ(
      Decide(conditions.applies(),
             *ToComparison(conditions.applies(), conditions.applies().root()),
             {}),
      Truth::kTrue);
  EXPECT_EQ(Decide(conditions.requirement(),
                   *ToComparison(conditions.requirement(),
                                 conditions.requirement().root()),
                   {}),
            Truth::kFalse);
}

// What contradicts itself is told where it stands.
TEST(DecideTest, NothingFollowsFromAContradiction) {
  const Conditions conditions("procedure.tender_count < 3",
                              "procedure.tender_count > 5");
  ASSERT_TRUE(conditions.ok());
  const auto below =
      *ToComparison(conditions.applies(), conditions.applies().root());
  const auto above =
      *ToComparison(conditions.requirement(), conditions.requirement().root());
  EXPECT_EQ(Decide(conditions.applies(), below, {{below, true}, {above, true}}),
            Truth::kOpen);
}

TEST(ToComparisonTest, OfOtherExpressionsThereIsNone) {
  for (const char* expression : {"has(contract.cpv_main)", "1 < 2",
                                 "contract.nature == WORKS && size(lots) > 1",
                                 "\"a\" in contract.cpv_additional"}) {
    const Conditions conditions(expression, "true");
    ASSERT_TRUE(conditions.ok());
    EXPECT_FALSE(ToComparison(conditions.applies(), conditions.applies().root())
                     .has_value())
        << expression;
  }
}

}  // namespace
}  // namespace klausul::ruleset
