#include "service/cli/changed_files.h"

#include <cstdlib>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ChangedFilesTest : public testing_support::CommandLineTest {
 protected:
  ChangedFilesTest() {
    ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    Write("repo/old.yaml", "a");
    Write("repo/sub/gone.yaml", "a");
    Git("init --quiet");
    Git("add --all");
    Git("commit --quiet --message first");
  }

  // Runs git in the repository.
  void Git(const std::string& arguments) {
    const std::string command = "cd '" + Path("repo") +
                                "' && git -c user.name=T -c "
                                "user.email=t@example.com " +
                                arguments;
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  std::string Canonical(const std::string& name) const {
    return std::filesystem::canonical(Path(name)).string();
  }
};

TEST_F(ChangedFilesTest, AreCommittedChangedAndUntrackedOnes) {
  Write("repo/sub/new.yaml", "b");
  Git("add --all");
  Git("commit --quiet --message second");
  Write("repo/old.yaml", "b");
  Write("repo/untracked æ.yaml", "b");
  std::filesystem::remove(Path("repo/sub/gone.yaml"));
  const auto files = ChangedFiles(Path("repo/sub"), "HEAD~1");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_THAT(*files, ElementsAre(Canonical("repo/old.yaml"),
                                  Canonical("repo/sub/new.yaml"),
                                  Canonical("repo/untracked æ.yaml")));
}

TEST_F(ChangedFilesTest, NothingChangedIsNothing) {
  const auto files = ChangedFiles(Path("repo"), "HEAD");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_THAT(*files, testing::IsEmpty());
}

TEST_F(ChangedFilesTest, WhatIsNoCommitIsRefused) {
  for (const char* base : {"nowhere", "--all", "", "HEAD:old.yaml"}) {
    EXPECT_THAT(
        std::string(ChangedFiles(Path("repo"), base).status().message()),
        HasSubstr("is no commit of"))
        << base;
  }
}

TEST_F(ChangedFilesTest, WithoutARepositoryThereIsNoChange) {
  ::setenv("GIT_CEILING_DIRECTORIES", Path("").c_str(), 1);
  EXPECT_THAT(
      std::string(ChangedFiles(Path("rules"), "HEAD").status().message()),
      HasSubstr("is in no git repository"));
}

}  // namespace
}  // namespace klausul::cli
