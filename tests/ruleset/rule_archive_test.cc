#include "service/ruleset/rule_archive.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/bundle_file.h"
#include "tests/support/tiny_rules.h"

namespace klausul::ruleset {
namespace {

namespace fs = std::filesystem;
using testing_support::TinyRules;

class RuleArchiveTest : public testing::Test {
 protected:
  ~RuleArchiveTest() override { fs::remove_all(folder_); }

  static absl::Status Store(const RuleArchive& archive) {
    DiagnosticSink sink;
    const auto repository = RuleSetRepository::Load(TinyRules(), {}, sink);
    EXPECT_TRUE(repository.ok()) << sink.RenderAll();
    return archive.Store(TinyRules(), **repository);
  }

  const fs::path folder_ =
      fs::temp_directory_path() /
      ("klausul-archive-" + std::to_string(::getpid()) + "-" +
       testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string digest_ = BundleDigest(TinyRules());
};

TEST_F(RuleArchiveTest, KeepsRulesByTheirDigest) {
  const RuleArchive archive((folder_ / "new").string());
  ASSERT_TRUE(Store(archive).ok());
  ASSERT_TRUE(Store(archive).ok());
  const auto files = archive.Load(digest_);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(BundleDigest(*files), digest_);
  // One bundle, and no draft of it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "new"),
                          fs::directory_iterator()),
            1);
}

TEST_F(RuleArchiveTest, SaysWhatItHasNot) {
  const RuleArchive archive(folder_.string());
  EXPECT_EQ(archive.Load(digest_).status().code(), absl::StatusCode::kNotFound);
  for (const char* digest : {"", "sha256:12", "sha256:../../../etc/passwd"}) {
    EXPECT_EQ(archive.Load(digest).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST_F(RuleArchiveTest, RulesUnderAnotherNameAreNotTaken) {
  const RuleArchive archive(folder_.string());
  ASSERT_TRUE(Store(archive).ok());
  const std::string other = "sha256:" + std::string(64, '0');
  fs::rename(folder_ / (digest_.substr(7) + ".klausul-bundle"),
             folder_ / (other.substr(7) + ".klausul-bundle"));
  EXPECT_EQ(archive.Load(other).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(RuleArchiveTest, AFolderThatCannotBeIsAnError) {
  fs::create_directories(folder_);
  std::ofstream(folder_ / "file") << "x";
  const RuleArchive archive((folder_ / "file").string());
  EXPECT_EQ(Store(archive).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace klausul::ruleset
