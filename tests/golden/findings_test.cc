// Documents as real as the real ones, and what the Norwegian rules say of
// them, in full. Each folder beside this file is a case:
//
//   document.xml (or .yaml)  what is checked
//   as_of                    the date of law, `2026-07-01`
//   findings.txt, .json      the report in English, and as JSON with facts
//
// `UPDATE_GOLDEN=1 ctest -L golden` writes the expected files anew; the diff is
// what gets reviewed.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"
#include "service/report/report_writer.h"
#include "service/report/summary.h"
#include "service/review/reviewer.h"

namespace klausul {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct GoldenCase {
  std::string name;
  fs::path folder;
  fs::path document;
};

std::ostream& operator<<(std::ostream& out, const GoldenCase& c) {
  return out << c.name;
}

std::vector<GoldenCase> Cases() {
  std::vector<GoldenCase> cases;
  const fs::path root = fs::path(KLAUSUL_SOURCE_DIR) / "tests" / "golden";
  for (const auto& entry : fs::directory_iterator(root)) {
    if (!entry.is_directory()) continue;
    for (const auto& file : fs::directory_iterator(entry.path())) {
      if (file.path().stem() == "document") {
        cases.push_back(
            {entry.path().filename().string(), entry.path(), file.path()});
      }
    }
  }
  std::sort(
      cases.begin(), cases.end(),
      [](const GoldenCase& a, const GoldenCase& b) { return a.name < b.name; });
  return cases;
}

class GoldenTest : public testing::TestWithParam<GoldenCase> {
 protected:
  static void SetUpTestSuite() {
    auto catalogue = review::RuleCatalogue::Builtin();
    ASSERT_TRUE(catalogue.ok()) << catalogue.status();
    catalogue_ = *std::move(catalogue);
  }

  // The report in a form, without what changes with every edit of the rules.
  static std::string Report(const GoldenCase& golden, const char* format) {
    v1::Document document;
    document.set_uri(golden.document.filename().string());
    document.set_content(Read(golden.document));
    v1::EvaluateOptions options;
    options.set_language("en");
    options.set_view(v1::EvaluateOptions::FULL);
    options.set_include_facts(std::string(format) != "text");
    options.set_include_excerpts(std::string(format) == "text");
    const std::string as_of(
        absl::StripAsciiWhitespace(Read(golden.folder / "as_of")));
    const auto day = ParseCivilDay(as_of);
    EXPECT_TRUE(day.has_value()) << as_of;
    if (!day.has_value()) return "";
    options.mutable_as_of()->set_year(static_cast<int>(day->year()));
    options.mutable_as_of()->set_month(day->month());
    options.mutable_as_of()->set_day(day->day());

    std::string out;
    auto writer = report::NewReportWriter(
        format, {"en", false},
        [&](absl::string_view piece) { out += std::string(piece); });
    EXPECT_TRUE(writer.ok());
    v1::CheckSummary summary = report::EmptySummary();
    review::Reviewer(catalogue_)
        .ReviewDocument(
            document, options, {absl::UnixEpoch(), nullptr},
            [&](review::Reviewed reviewed) {
              for (auto& stamp : *reviewed.report.mutable_rule_sets()) {
                stamp.clear_version();
                stamp.clear_digest();
              }
              report::AddToSummary(reviewed.report, summary);
              (*writer)->Add(reviewed.report);
            });
    (*writer)->Finish(summary);
    return out;
  }

  static void Compare(const fs::path& expected, const std::string& actual) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      std::ofstream(expected, std::ios::binary) << actual;
      return;
    }
    EXPECT_EQ(actual, Read(expected)) << expected;
  }

  static std::shared_ptr<const review::RuleCatalogue> catalogue_;
};

std::shared_ptr<const review::RuleCatalogue> GoldenTest::catalogue_;

TEST_P(GoldenTest, SaysWhatWasReviewed) {
  Compare(GetParam().folder / "findings.txt", Report(GetParam(), "text"));
  Compare(GetParam().folder / "findings.json", Report(GetParam(), "json"));
}

INSTANTIATE_TEST_SUITE_P(Documents, GoldenTest, testing::ValuesIn(Cases()),
                         [](const auto& test) { return test.param.name; });

// Without this an empty list of cases would pass.
TEST(GoldenCasesTest, AreThere) {
  EXPECT_GE(Cases().size(), 8U);
}

}  // namespace
}  // namespace klausul
