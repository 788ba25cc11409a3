#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/intake/eforms/element_tree.h"
#include "service/intake/eforms/notice_kind.h"
#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

struct KindCase {
  const char* name;
  const char* root;
  const char* subtype;
  const char* type;
  const char* form;
  NoticeRole role;
  bool used_as_call;
  v1::Stage stage;
};

std::ostream& operator<<(std::ostream& os, const KindCase& c) {
  return os << c.name;
}

class NoticeKindTest : public testing::TestWithParam<KindCase> {};

TEST_P(NoticeKindTest, FollowsTheMostTellingCode) {
  NoticeText notice;
  notice.root = GetParam().root;
  notice.subtype = GetParam().subtype;
  notice.type = GetParam().type;
  notice.form = GetParam().form;
  XmlFault fault;
  const auto tree = ElementTree::Parse(notice.Build(), {}, fault);
  ASSERT_NE(tree, nullptr) << fault.message;
  const NoticeKind kind = KindOf(tree->root());
  EXPECT_EQ(kind.role, GetParam().role);
  EXPECT_EQ(kind.used_as_call, GetParam().used_as_call);
  EXPECT_EQ(StageOf(kind), GetParam().stage);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, NoticeKindTest,
    testing::ValuesIn(std::vector<KindCase>{
        {"Call", "ContractNotice", "16", "cn-standard", "competition",
         NoticeRole::kCall, false, v1::STAGE_ANNOUNCED},
        {"NationalCall", "ContractNotice", "N16", "cn-standard", "competition",
         NoticeRole::kCall, false, v1::STAGE_ANNOUNCED},
        {"VoluntaryCall", "ContractNotice", "E3", "cn-standard", "competition",
         NoticeRole::kCall, false, v1::STAGE_ANNOUNCED},
        {"Planning", "PriorInformationNotice", "4", "pin-only", "planning",
         NoticeRole::kPlanning, false, v1::STAGE_PREPARATION},
        {"ShorterLimits", "PriorInformationNotice", "7", "pin-rtl", "planning",
         NoticeRole::kPrior, false, v1::STAGE_PREPARATION},
        {"PlanningAsCall", "PriorInformationNotice", "12", "pin-cfc-social",
         "competition", NoticeRole::kPrior, true, v1::STAGE_ANNOUNCED},
        {"PlanningAsCallByType", "ContractNotice", "", "pin-cfc-standard", "",
         NoticeRole::kPrior, true, v1::STAGE_ANNOUNCED},
        {"Consultation", "PriorInformationNotice", "E1", "pmc", "consultation",
         NoticeRole::kConsultation, false, v1::STAGE_PREPARATION},
        {"Intention", "ContractAwardNotice", "25", "veat", "dir-awa-pre",
         NoticeRole::kTransparency, false, v1::STAGE_AWARD_DECIDED},
        {"Result", "ContractAwardNotice", "29", "can-standard", "result",
         NoticeRole::kAward, false, v1::STAGE_CONTRACT_SIGNED},
        {"Change", "ContractAwardNotice", "38", "can-modif", "cont-modif",
         NoticeRole::kModification, false, v1::STAGE_IN_PERFORMANCE},
        {"Completion", "ContractAwardNotice", "E5", "compl", "completion",
         NoticeRole::kCompletion, false, v1::STAGE_ENDED},
        {"OldChangeForm", "ContractNotice", "99", "cn-social", "change",
         NoticeRole::kCall, false, v1::STAGE_ANNOUNCED},
        {"RootAlone", "ContractAwardNotice", "", "", "", NoticeRole::kAward,
         false, v1::STAGE_CONTRACT_SIGNED},
        {"Registration", "ContractNotice", "X01", "brin-eeig", "bri",
         NoticeRole::kRegistration, false, v1::STAGE_UNSPECIFIED},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::intake::eforms
