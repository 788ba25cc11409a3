#include "service/ruleset/rule_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

namespace fs = std::filesystem;

class ReadRuleFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    fs::create_directories(root_);
  }

  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  fs::path root_;
};

TEST_F(ReadRuleFilesTest, ReadsYamlBelowTheRootSortedByPath) {
  Write("no/z.yaml", "z");
  Write("no/a.yaml", "a");
  Write("no/plans/p.yml", "p");
  Write("no/README.md", "r");
  Write(".git/x.yaml", "x");
  Write("no/.hidden.yaml", "h");
  const auto files = ReadRuleFiles(root_.string());
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ((*files)[0].path, "no/a.yaml");
  EXPECT_EQ((*files)[0].content, "a");
  EXPECT_EQ((*files)[1].path, "no/plans/p.yml");
  EXPECT_EQ((*files)[2].path, "no/z.yaml");
}

TEST_F(ReadRuleFilesTest, SaysWhatIsWrongWithTheRoot) {
  EXPECT_EQ(ReadRuleFiles((root_ / "none").string()).status().code(),
            absl::StatusCode::kNotFound);
  Write("file.yaml", "x");
  EXPECT_EQ(ReadRuleFiles((root_ / "file.yaml").string()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ReadRuleFilesTest, ReplacesAFileWholeAndKeepsItsPermissions) {
  Write("a.yaml", "before");
  const fs::path path = root_ / "a.yaml";
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.yaml", root_ / "link.yaml");
  ASSERT_TRUE(ReplaceRuleFile((root_ / "link.yaml").string(), "after").ok());
  EXPECT_EQ(*ReadRuleFile(path.string()), "after");
  EXPECT_TRUE(fs::is_symlink(root_ / "link.yaml"));
  EXPECT_EQ(fs::status(path).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  // Nothing is left beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), {}), 2);
}

TEST_F(ReadRuleFilesTest, ReplacesOnlyWhatIsThere) {
  EXPECT_EQ(ReplaceRuleFile((root_ / "none.yaml").string(), "x").code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReadRuleFile((root_ / "none.yaml").string()).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ReadRuleFilesTest, WritesAFileWholeWhetherItIsThereOrNot) {
  const std::string path = (root_ / "a.bundle").string();
  // Longer than the first piece that is read.
  for (const std::string& text :
       {std::string("one"), std::string(200'000, 'x')}) {
    ASSERT_TRUE(WriteFileWhole(path, text).ok());
    EXPECT_EQ(*ReadRuleFile(path), text);
  }
  EXPECT_EQ(WriteFileWhole((root_ / "none/a").string(), "x").code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(ReadRuleFilesTest, LimitsHoldToTheByte) {
  Write("a.yaml", "12345");
  Write("b.yaml", "12345");
  RuleFileLimits limits;
  limits.max_file_bytes = 5;
  limits.max_total_bytes = 10;
  limits.max_files = 2;
  EXPECT_TRUE(ReadRuleFiles(root_.string(), limits).ok());
  limits.max_file_bytes = 4;
  EXPECT_THAT(ReadRuleFiles(root_.string(), limits).status().ToString(),
              testing::HasSubstr("larger than 4 bytes"));
  limits.max_file_bytes = 5;
  limits.max_total_bytes = 9;
  EXPECT_THAT(ReadRuleFiles(root_.string(), limits).status().ToString(),
              testing::HasSubstr("more than 9 bytes"));
  limits.max_total_bytes = 10;
  limits.max_files = 1;
  EXPECT_THAT(ReadRuleFiles(root_.string(), limits).status().ToString(),
              testing::HasSubstr("more than 1 files"));
}

TEST(CheckRuleFilesTest, RefusesPathsThatLeaveTheFolder) {
  for (const char* path : {"", "/etc/x.yaml", "../x.yaml", "a/../b.yaml",
                           "a//b.yaml", "a\\b.yaml", "./a.yaml"}) {
    EXPECT_EQ(CheckRuleFiles({{path, ""}}).code(),
              absl::StatusCode::kInvalidArgument)
        << path;
  }
  EXPECT_TRUE(CheckRuleFiles({{"plans/a.yaml", ""}}).ok());
}

TEST(CheckRuleFilesTest, RefusesAPathTwice) {
  EXPECT_EQ(CheckRuleFiles({{"a.yaml", ""}, {"b.yaml", ""}, {"a.yaml", ""}})
                .message(),
            "file path `a.yaml` is given twice");
}

TEST(PathTest, FolderAndStem) {
  EXPECT_EQ(FolderOf("no/plans/a.yaml"), "no/plans");
  EXPECT_EQ(FolderOf("a.yaml"), "");
  EXPECT_EQ(StemOf("no/plans/a.b.yaml"), "a.b");
  EXPECT_EQ(StemOf("a.yml"), "a");
}

}  // namespace
}  // namespace klausul::ruleset
