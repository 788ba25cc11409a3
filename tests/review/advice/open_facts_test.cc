#include "service/review/advice/open_facts.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

void AddFinding(v1::DocumentReport& report, v1::Finding::Outcome outcome,
                std::vector<std::string> missing) {
  v1::Finding& finding = *report.add_findings();
  finding.set_outcome(outcome);
  for (std::string& path : missing)
    finding.add_missing(std::move(path));
}

class RankOpenFactsTest : public testing::Test {
 protected:
  RankOpenFactsTest() {
    AddFinding(report_, v1::Finding::UNDETERMINED, {"a", "b"});
    AddFinding(report_, v1::Finding::UNDETERMINED, {"a"});
    AddFinding(report_, v1::Finding::UNDETERMINED, {"c"});
    AddFinding(report_, v1::Finding::VIOLATED, {"d"});
    response_.add_procedures()->add_missing("b");
    response_.add_procedures()->add_missing("e");
  }

  v1::DocumentReport report_;
  v1::AdviseProcedureResponse response_;
};

TEST_F(RankOpenFactsTest, CountsRulesThenThoseDecidedAlone) {
  const auto facts =
      RankOpenFacts(report_.findings(), response_.procedures(), 10);
  std::vector<std::string> paths;
  for (const v1::OpenFact& fact : facts)
    paths.push_back(fact.path());
  EXPECT_THAT(paths, testing::ElementsAre("a", "c", "b", "e"));
  EXPECT_EQ(facts[0].rule_count(), 2);
  EXPECT_EQ(facts[0].alone_count(), 1);
  EXPECT_EQ(facts[2].procedure_count(), 1);
  EXPECT_EQ(facts[3].rule_count(), 0);
}

TEST_F(RankOpenFactsTest, KeepsToItsLimit) {
  EXPECT_EQ(RankOpenFacts(report_.findings(), response_.procedures(), 2).size(),
            2U);
}

}  // namespace
}  // namespace klausul::review
