#include "service/report/html_report.h"

#include <regex>

#include "gmock/gmock.h"

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

using testing::HasSubstr;
using testing::Not;

int Count(const std::string& text, const std::string& piece) {
  int count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos;
       at = text.find(piece, at + 1)) {
    ++count;
  }
  return count;
}

TEST(HtmlReportTest, HoldsTotalsChartsFiltersAndFindings) {
  const std::string page =
      WriteReport("html", {SampleDocument(), UnreadableDocument()}, {});
  EXPECT_THAT(page, testing::StartsWith("<!doctype html>\n<html lang=\"nb\">"));
  EXPECT_EQ(Count(page, "<figure>"), 3);
  EXPECT_EQ(Count(page, "<svg "), 3);
  EXPECT_EQ(Count(page, "<article "), 4);
  EXPECT_EQ(Count(page, "<section class=\"doc\""), 2);
  EXPECT_THAT(page, HasSubstr("<li class=\"error\"><b>1</b>brudd</li>"));
  EXPECT_THAT(page, HasSubstr(">FOA § 1 (2) (1)</option>"));
  EXPECT_THAT(page, HasSubstr("expected a &quot;value&quot;"));
}

TEST(HtmlReportTest, LoadsNothingAndRunsOnlyItsOwnScript) {
  const std::string page = WriteReport("html", {SampleDocument()}, {});
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe-inline")));
  EXPECT_EQ(Count(page, "'sha256-"), 2);
  EXPECT_EQ(Count(page, "<script"), 1);
  // No style or handler in an attribute, nothing fetched.
  EXPECT_FALSE(std::regex_search(
      page, std::regex(" (style|on[a-z]+|src)=\"|<(img|link|iframe)|@import")));
}

TEST(HtmlReportTest, EscapesWhatDocumentsSay) {
  v1::DocumentReport document = SampleDocument();
  document.set_uri("\"><script>alert(1)</script>");
  document.add_notes("<img src=x>");
  document.mutable_findings(0)->mutable_legal_basis(0)->set_provision("<b>");
  const std::string page = WriteReport("html", {document}, {});
  EXPECT_EQ(Count(page, "<script"), 1);
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>\"")));
  EXPECT_THAT(page, HasSubstr("FOA &lt;b&gt;"));
}

TEST(HtmlReportTest, WhatIsTooMuchIsCountedAndSaid) {
  v1::DocumentReport document = SampleDocument();
  document.mutable_findings(0)->set_message(std::string(kMaxListedBytes, 'x'));
  const std::string page =
      WriteReport("html", {document, SampleDocument(), SampleDocument()},
                  {.language = "en"});
  EXPECT_EQ(Count(page, "<section class=\"doc\""), 1);
  EXPECT_THAT(page, HasSubstr("Not listed: 2</p>"));
  EXPECT_THAT(page, HasSubstr("<li class=\"error\"><b>3</b>breaches</li>"));
}

TEST(HtmlReportTest, NothingFoundHasNoCharts) {
  v1::DocumentReport clean;
  clean.set_uri("clean.yaml");
  const std::string page = WriteReport("html", {clean}, {.language = "nn"});
  EXPECT_EQ(Count(page, "<svg "), 0);
  EXPECT_THAT(page, HasSubstr("Ingen funn."));
}

}  // namespace
}  // namespace klausul::report
