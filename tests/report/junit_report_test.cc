#include "service/report/junit_report.h"

#include "gmock/gmock.h"
#include <pugixml.hpp>

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

using testing::HasSubstr;

class JunitReportTest : public testing::Test {
 protected:
  pugi::xml_node Write(const std::vector<v1::DocumentReport>& documents,
                       const ReportOptions& options = {}) {
    const std::string text = WriteReport("junit", documents, options);
    const pugi::xml_parse_result result =
        xml_.load_buffer(text.data(), text.size());
    EXPECT_TRUE(result) << result.description();
    return xml_.child("testsuites");
  }

  pugi::xml_document xml_;
};

TEST_F(JunitReportTest, HasASuiteADocumentAndACaseAFinding) {
  const pugi::xml_node suite = Write({SampleDocument()}).child("testsuite");
  EXPECT_STREQ(suite.attribute("name").value(), "innkjøp/a b.xml");
  EXPECT_EQ(suite.attribute("tests").as_int(), 6);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 4);
  EXPECT_EQ(suite.attribute("errors").as_int(), 0);
  EXPECT_EQ(std::distance(suite.begin(), suite.end()), 6);
}

TEST_F(JunitReportTest, ABreachIsAFailureWithItsTextsWhole) {
  const pugi::xml_node one =
      Write({SampleDocument()}).child("testsuite").find_child([](auto node) {
        return node.child("failure") != nullptr;
      });
  EXPECT_STREQ(one.attribute("name").value(),
               "no.a.error Frist <kort> (LOT-1)");
  EXPECT_THAT(one.child("failure").attribute("message").value(),
              HasSubstr("BRUDD: Fristen er \"kort\","));
  EXPECT_THAT(one.child("failure").text().get(),
              HasSubstr("FOA § 1 (2)\ninnkjøp/a b.xml:120:9  /x[1]\n"));
}

TEST_F(JunitReportTest, WhatFailsIsWhatFailsTheCheck) {
  const auto failures = [&](v1::Rule::Severity fail_on) {
    return Write({SampleDocument()}, {.fail_on = fail_on})
        .child("testsuite")
        .attribute("failures")
        .as_int();
  };
  EXPECT_EQ(failures(v1::Rule::ERROR), 1);
  EXPECT_EQ(failures(v1::Rule::WARNING), 2);
  EXPECT_EQ(failures(v1::Rule::ADVICE), 3);
  EXPECT_EQ(failures(v1::Rule::SEVERITY_UNSPECIFIED), 0);
}

TEST_F(JunitReportTest, WhatTheBaselineKnowsFailsNothing) {
  v1::DocumentReport document = SampleDocument();
  document.mutable_findings(0)->set_known(true);
  EXPECT_EQ(Write({document}).child("testsuite").attribute("failures").as_int(),
            0);
}

TEST_F(JunitReportTest, AWaiverIsTold) {
  bool told = false;
  for (const pugi::xml_node one :
       Write({SampleDocument()}).child("testsuite")) {
    const std::string message =
        one.child("skipped").attribute("message").value();
    told = told ||
           message.find("2026-12-31, Åse: Løper \"ut\".") != std::string::npos;
  }
  EXPECT_TRUE(told);
}

TEST_F(JunitReportTest, AnUnreadableDocumentIsAnError) {
  const pugi::xml_node suite = Write({UnreadableDocument()}).child("testsuite");
  EXPECT_EQ(suite.attribute("errors").as_int(), 1);
  EXPECT_STREQ(
      suite.child("testcase").child("error").attribute("message").value(),
      "expected a \"value\"");
}

TEST_F(JunitReportTest, NothingCheckedIsAnEmptyReport) {
  EXPECT_FALSE(Write({}).first_child());
  EXPECT_STREQ(Write({}).attribute("name").value(), "klausul");
}

}  // namespace
}  // namespace klausul::report
