#include "service/review/finding_place.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

class SetLocationsTest : public testing::Test {
 protected:
  SetLocationsTest()
      : map_(
            std::make_shared<SourceFile>("f", "award:\n  criteria:\n    x\n")) {
    map_.SetRoot({0, 24});
    map_.Add("award", {0, 5});
    map_.Add("award.criteria", {9, 17});
  }

  intake::SourceMap map_;
  v1::Finding finding_;
};

TEST_F(SetLocationsTest, AreThoseOfTheFieldsThatAreStated) {
  finding_.add_fields()->set_path("award.criteria");
  finding_.add_fields()->set_path("award.method");
  SetLocations(map_, 1, finding_);
  ASSERT_EQ(finding_.locations_size(), 1);
  EXPECT_EQ(finding_.locations(0).line(), 2);
  EXPECT_EQ(finding_.locations(0).column(), 3);
}

TEST_F(SetLocationsTest, OfWhatIsMissingItIsTheNearestStatedGroup) {
  finding_.add_missing("award.method.on_file");
  SetLocations(map_, 1, finding_);
  ASSERT_EQ(finding_.locations_size(), 1);
  EXPECT_EQ(finding_.locations(0).line(), 1);
}

TEST_F(SetLocationsTest, IsTheRootForAFindingWithoutPaths) {
  SetLocations(map_, 1, finding_);
  ASSERT_EQ(finding_.locations_size(), 1);
  EXPECT_EQ(finding_.locations(0).line(), 1);
}

TEST_F(SetLocationsTest, CountsLinesFromTheFirstLineOfThePart) {
  finding_.add_fields()->set_path("award.criteria");
  SetLocations(map_, 40, finding_);
  EXPECT_EQ(finding_.locations(0).line(), 41);
}

TEST_F(SetLocationsTest, ShowsAPlaceOnce) {
  finding_.add_missing("award.a");
  finding_.add_missing("award.b");
  SetLocations(map_, 1, finding_);
  EXPECT_EQ(finding_.locations_size(), 1);
}

TEST_F(SetLocationsTest, BringsTheLineWhereAskedFor) {
  finding_.add_fields()->set_path("award.criteria");
  SetLocations(map_, 40, finding_, Excerpts::kFill);
  const v1::Excerpt& excerpt = finding_.locations(0).excerpt();
  EXPECT_EQ(excerpt.text(), "  criteria:");
  EXPECT_EQ(excerpt.column(), 3);
  EXPECT_EQ(excerpt.length(), 8);
}

TEST(FingerprintTest, ChangesWithRulePlanSubjectAndFieldsOnly) {
  v1::Finding finding;
  finding.set_rule_id("a.b");
  finding.add_fields()->set_path("award.criteria");
  const std::string print = Fingerprint(finding, "plan-1", "x.xml");
  EXPECT_EQ(print.size(), 32U);
  EXPECT_EQ(Fingerprint(finding, "plan-1", "y.xml"), print);
  EXPECT_NE(Fingerprint(finding, "plan-2", "x.xml"), print);
  EXPECT_NE(Fingerprint(finding, "", "x.xml"), print);
  finding.set_message("another text");
  finding.mutable_fields(0)->set_value("7");
  EXPECT_EQ(Fingerprint(finding, "plan-1", "x.xml"), print);
  finding.set_subject("LOT-0001");
  EXPECT_NE(Fingerprint(finding, "plan-1", "x.xml"), print);
}

}  // namespace
}  // namespace klausul::review
