#include "service/report/words.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(WordsOfTest, AnyOtherLanguageIsBokmal) {
  EXPECT_EQ(WordsOf("en").error, "BREACH");
  EXPECT_EQ(WordsOf("nn").error, "BROT");
  EXPECT_EQ(WordsOf("nb").error, "BRUDD");
  EXPECT_EQ(WordsOf("fi").error, "BRUDD");
}

TEST(LabelOfTest, TellsBreachesByTheirSeverity) {
  v1::Finding finding;
  finding.set_outcome(v1::Finding::VIOLATED);
  finding.set_severity(v1::Rule::ERROR);
  EXPECT_EQ(LabelOf(WordsOf("en"), finding), "BREACH");
  finding.set_severity(v1::Rule::WARNING);
  EXPECT_EQ(LabelOf(WordsOf("en"), finding), "RISK");
  finding.set_severity(v1::Rule::ADVICE);
  EXPECT_EQ(LabelOf(WordsOf("en"), finding), "OPPORTUNITY");
  finding.set_outcome(v1::Finding::WAIVED);
  EXPECT_EQ(LabelOf(WordsOf("en"), finding), "WAIVED");
}

}  // namespace
}  // namespace klausul::report
