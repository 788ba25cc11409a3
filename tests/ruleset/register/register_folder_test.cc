#include "service/ruleset/register/register_folder.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

namespace fs = std::filesystem;

class RegisterFolderTest : public testing::Test {
 protected:
  RegisterFolderTest()
      : root_(fs::temp_directory_path() /
              ("klausul-register-" + std::to_string(::getpid()))) {}

  ~RegisterFolderTest() override { fs::remove_all(root_); }

  void Write(const std::string& name) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << "text of " << name;
  }

  fs::path root_;
};

TEST_F(RegisterFolderTest, FindsRegistersAndThePageBesideThem) {
  Write("no/register/b.md");
  Write("no/register/a.md");
  Write("no/register/notes.txt");
  Write("no/COVERAGE.md");
  Write("dk/register/a.md");
  Write("eu/rule_set.yaml");
  const auto folders = ReadRegisterFolders(root_.string() + "/");
  ASSERT_TRUE(folders.ok()) << folders.status();
  ASSERT_EQ(folders->size(), 2U);
  EXPECT_EQ((*folders)[0].path, (root_ / "dk").string());
  EXPECT_EQ((*folders)[0].excused, nullptr);
  const RegisterFolder& no = (*folders)[1];
  ASSERT_EQ(no.registers.size(), 2U);
  EXPECT_EQ(no.registers[0]->text(), "text of no/register/a.md");
  ASSERT_NE(no.excused, nullptr);
  EXPECT_EQ(no.excused->name(), (root_ / "no/COVERAGE.md").string());
}

TEST_F(RegisterFolderTest, TheRootHasToBeAFolder) {
  EXPECT_EQ(ReadRegisterFolders((root_ / "x").string()).status().code(),
            absl::StatusCode::kNotFound);
  Write("file");
  EXPECT_EQ(ReadRegisterFolders((root_ / "file").string()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace klausul::ruleset
