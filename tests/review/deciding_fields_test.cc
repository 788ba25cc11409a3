#include "service/review/deciding_fields.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

engine::RuleResult Undetermined(std::vector<std::string> missing) {
  engine::RuleResult result;
  result.outcome = v1::Finding::UNDETERMINED;
  result.missing = std::move(missing);
  return result;
}

TEST(FindDecidingFieldsTest, CountsTheFieldsOfUndecidedRulesMostUsefulFirst) {
  engine::RuleResult breach = Undetermined({"contract.nature"});
  breach.outcome = v1::Finding::VIOLATED;
  const auto fields = FindDecidingFields(
      {Undetermined({"award.criteria", "dates.tender_deadline"}),
       Undetermined({"dates.tender_deadline"}), breach});
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].path(), "dates.tender_deadline");
  EXPECT_EQ(fields[0].undetermined_count(), 2);
  EXPECT_EQ(fields[0].bt_id(), "BT-131(d)-Lot");
  EXPECT_EQ(fields[1].path(), "award.criteria");
}

TEST(FindDecidingFieldsTest, ListsABoundedNumber) {
  std::vector<std::string> missing;
  for (int i = 0; i < 50; ++i)
    missing.push_back("f" + std::to_string(i));
  EXPECT_EQ(FindDecidingFields({Undetermined(missing)}).size(),
            static_cast<std::size_t>(kMaxDecidingFields));
}

}  // namespace
}  // namespace klausul::review
