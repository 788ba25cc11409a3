#include "service/report/github_report.h"

#include "gmock/gmock.h"

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

TEST(GithubReportTest, AnnotatesBreachesAndSumsUp) {
  EXPECT_EQ(
      WriteReport("github", {SampleDocument()}, {.language = "en"}),
      "::error file=innkjøp/a b.xml,line=120,col=9,title=BREACH%3A Frist "
      "<kort>::Fristen er \"kort\",%0Aærlig talt 100%25. (lot: LOT-1)%0ATo "
      "mend "
      "it: Flytt den.%0AFOA § 1 (2)  [no.a.error]\n"
      "::warning file=innkjøp/a b.xml,line=1,col=1,title=RISK%3A Risiko::En "
      "risiko.%0AFOA § 2  [no.b.warning]\n"
      "::notice file=innkjøp/a b.xml,line=2,col=1,title=OPPORTUNITY%3A "
      "Mulighet::En mulighet.%0ALOA § 1  [no.c.advice]\n"
      "1 documents, 1 breaches, 1 risks, 1 opportunities, 1 undecided, "
      "0 unreadable, 1 waived\n");
}

TEST(GithubReportTest, WhatTheBaselineKnowsIsNotAnnotated) {
  v1::DocumentReport document = SampleDocument();
  document.mutable_findings(0)->set_known(true);
  EXPECT_THAT(WriteReport("github", {document}, {}),
              testing::Not(testing::HasSubstr("::error")));
}

TEST(GithubReportTest, PathsAreEscaped) {
  v1::DocumentReport document = UnreadableDocument();
  document.set_uri("a,b:c\n::error::x.json#/releases/1");
  EXPECT_THAT(WriteReport("github", {document}, {.language = "en"}),
              testing::StartsWith("::error file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax"
                                  ".json,line=3,col=7,title=UNREADABLE::"
                                  "expected a \"value\"\n"));
}

}  // namespace
}  // namespace klausul::report
