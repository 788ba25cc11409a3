#include "service/review/deciding_fields.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using Fields = google::protobuf::RepeatedPtrField<v1::DecidingField>;

TEST(AddDecidingFieldsTest, TheMostUsefulOnesComeFirst) {
  Fields fields;
  AddDecidingFields(
      {{"award.criteria", 1}, {"buyer.level", 1}, {"dates.tender_deadline", 2}},
      fields);
  ASSERT_EQ(fields.size(), 3);
  EXPECT_EQ(fields[0].path(), "dates.tender_deadline");
  EXPECT_EQ(fields[0].undetermined_count(), 2);
  EXPECT_EQ(fields[0].bt_id(), "BT-131(d)-Lot");
  EXPECT_EQ(fields[1].path(), "award.criteria");
  EXPECT_EQ(fields[2].path(), "buyer.level");
}

TEST(AddDecidingFieldsTest, ListsABoundedNumberInTheOrderOfThePaths) {
  std::vector<engine::DecidingPath> paths;
  for (int i = 10; i < 60; ++i)
    paths.push_back({"f" + std::to_string(i), 1});
  Fields fields;
  AddDecidingFields(paths, fields);
  ASSERT_EQ(fields.size(), kMaxDecidingFields);
  EXPECT_EQ(fields[0].path(), "f10");
  EXPECT_EQ(fields[kMaxDecidingFields - 1].path(), "f29");
}

}  // namespace
}  // namespace klausul::review
