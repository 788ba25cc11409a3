#include "service/review/deciding_fields.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

TEST(FindDecidingFieldsTest, TheMostUsefulOnesComeFirst) {
  const auto fields = FindDecidingFields({{"award.criteria", 1},
                                          {"buyer.level", 1},
                                          {"dates.tender_deadline", 2}});
  ASSERT_EQ(fields.size(), 3U);
  EXPECT_EQ(fields[0].path(), "dates.tender_deadline");
  EXPECT_EQ(fields[0].undetermined_count(), 2);
  EXPECT_EQ(fields[0].bt_id(), "BT-131(d)-Lot");
  EXPECT_EQ(fields[1].path(), "award.criteria");
  EXPECT_EQ(fields[2].path(), "buyer.level");
}

TEST(FindDecidingFieldsTest, ListsABoundedNumber) {
  std::vector<engine::DecidingPath> paths;
  for (int i = 0; i < 50; ++i)
    paths.push_back({"f" + std::to_string(i), 1});
  EXPECT_EQ(FindDecidingFields(paths).size(),
            static_cast<std::size_t>(kMaxDecidingFields));
}

}  // namespace
}  // namespace klausul::review
