#include "service/report/finding_groups.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::report {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

v1::Finding* Add(v1::DocumentReport& document, const char* rule,
                 const char* message, const char* lot, int line) {
  v1::Finding* finding = document.add_findings();
  finding->set_rule_id(rule);
  finding->set_message(message);
  finding->set_subject(lot);
  finding->add_locations()->set_line(line);
  return finding;
}

TEST(FindingGroupsTest, LotsOfWhichTheSameIsSaidAreOne) {
  v1::DocumentReport document;
  Add(document, "a", "same", "L1", 1)->add_missing("x");
  Add(document, "a", "other", "L2", 2);
  Add(document, "a", "same", "L3", 1)->add_missing("y");
  Add(document, "b", "same", "L1", 4);
  const std::vector<FindingGroup> groups = GroupFindings(document);
  ASSERT_THAT(groups, SizeIs(3));
  EXPECT_THAT(groups[0].Subjects(), ElementsAre("L1", "L3"));
  EXPECT_THAT(groups[0].Locations(), SizeIs(1));
  EXPECT_THAT(groups[0].Missing(), ElementsAre("x", "y"));
  EXPECT_THAT(groups[1].Subjects(), ElementsAre("L2"));
  EXPECT_EQ(groups[2].first().rule_id(), "b");
}

TEST(FindingGroupsTest, WhatIsWaivedStandsApart) {
  v1::DocumentReport document;
  Add(document, "a", "same", "L1", 1);
  Add(document, "a", "same", "L2", 2)->set_outcome(v1::Finding::WAIVED);
  EXPECT_THAT(GroupFindings(document), SizeIs(2));
}

TEST(FindingGroupsTest, FieldsAreToldOnce) {
  v1::DocumentReport document;
  for (const char* lot : {"L1", "L2"}) {
    v1::FieldEvidence* field = Add(document, "a", "m", lot, 1)->add_fields();
    field->set_path("award.criteria");
  }
  EXPECT_THAT(GroupFindings(document)[0].Fields(),
              ElementsAre("award.criteria = -"));
}

}  // namespace
}  // namespace klausul::report
