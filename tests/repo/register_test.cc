// The rules of rules/ against the registers of law beside them: every row is
// accounted for, and law that nobody read in a source is not held against
// anybody.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "service/ruleset/register/register_coverage.h"
#include "service/ruleset/register/register_folder.h"
#include "service/ruleset/register/register_page.h"
#include "service/ruleset/repository.h"

namespace klausul {
namespace {

class RegisterTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string root = absl::StrCat(KLAUSUL_SOURCE_DIR, "/rules");
    DiagnosticSink sink;
    const auto loaded = ruleset::RuleSetRepository::LoadRoot(root, {}, sink);
    ASSERT_TRUE(loaded.ok()) << sink.RenderAll();
    repository_ = *loaded;
    auto folders = ruleset::ReadRegisterFolders(root);
    ASSERT_TRUE(folders.ok()) << folders.status();
    folders_ = *std::move(folders);
  }

  void SetUp() override {
    ASSERT_NE(repository_, nullptr);
    ASSERT_FALSE(folders_.empty());
  }

  static inline std::shared_ptr<const ruleset::RuleSetRepository> repository_;
  static inline std::vector<ruleset::RegisterFolder> folders_;
};

TEST_F(RegisterTest, EveryRowOfLawIsAccountedFor) {
  int rows = 0;
  for (const ruleset::RegisterFolder& folder : folders_) {
    const ruleset::RegisterCoverage coverage =
        ruleset::MeasureCoverage(folder, *repository_);
    rows += coverage.row_count;
    for (const auto* notes : {&coverage.unaccounted, &coverage.unknown_rows,
                              &coverage.unknown_reasons}) {
      for (const ruleset::CoverageNote& note : *notes)
        ADD_FAILURE() << note.id << " " << note.place << ": " << note.text;
    }
    EXPECT_TRUE(coverage.ok());
  }
  EXPECT_GT(rows, 600);
}

// The last cell of a row: `own-reading`, `recalled-unverified`, with a remark
// behind it or not.
bool IsDoubtful(const std::string& confidence) {
  return absl::StartsWith(confidence, "own-reading") ||
         absl::StartsWith(confidence, "recalled-unverified");
}

TEST_F(RegisterTest, WhatNobodyReadInASourceIsNoError) {
  std::map<std::string, bool> doubtful;
  for (const ruleset::RegisterFolder& folder : folders_) {
    for (const auto& page : folder.registers) {
      for (const ruleset::RegisterRow& row : ruleset::ReadRegisterRows(page)) {
        doubtful[row.id] = !row.cells.empty() && IsDoubtful(row.cells.back());
      }
    }
  }
  int doubtful_rows = 0;
  for (const auto& [id, is_doubtful] : doubtful)
    doubtful_rows += is_doubtful;
  // So many the registers have; without any, nothing would be tested.
  EXPECT_GE(doubtful_rows, 10);

  int errors = 0;
  for (const auto* entry : repository_->entries()) {
    for (const v1::Rule& rule : entry->rule_set->rules()) {
      if (rule.severity() != v1::Rule::ERROR) continue;
      ++errors;
      bool rests_on_more = false;
      for (const std::string& row : rule.register_()) {
        const auto found = doubtful.find(row);
        if (found != doubtful.end() && !found->second) rests_on_more = true;
      }
      EXPECT_TRUE(rests_on_more)
          << rule.id() << " is an error and rests on doubtful rows alone";
      EXPECT_NE(rule.confidence(), v1::Rule::OWN_READING) << rule.id();
      EXPECT_NE(rule.confidence(), v1::Rule::RECALLED_UNVERIFIED) << rule.id();
    }
  }
  EXPECT_GT(errors, 100);
}

}  // namespace
}  // namespace klausul
