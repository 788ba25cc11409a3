#include "service/cli/glob_files.h"

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GlobFilesTest : public testing_support::CommandLineTest {
 protected:
  GlobFilesTest() {
    for (const char* name : {"in/b.yaml", "in/a.yaml", "in/x.xml",
                             "in/deep/down/c.yaml", "in/.hidden/d.yaml"}) {
      Write(name, "");
    }
  }

  std::vector<std::string> Expand(const std::string& pattern) const {
    return ExpandGlob(Path(pattern));
  }
};

TEST_F(GlobFilesTest, MatchesNamesOfOneFolderSorted) {
  EXPECT_THAT(Expand("in/*.yaml"),
              ElementsAre(Path("in/a.yaml"), Path("in/b.yaml")));
  EXPECT_THAT(Expand("*/?.xml"), ElementsAre(Path("in/x.xml")));
}

TEST_F(GlobFilesTest, TwoStarsGoThroughFolders) {
  EXPECT_THAT(Expand("in/**/*.yaml"),
              ElementsAre(Path("in/a.yaml"), Path("in/b.yaml"),
                          Path("in/deep/down/c.yaml")));
}

TEST_F(GlobFilesTest, AFolderMatchesWhole) {
  EXPECT_THAT(Expand("in/d*"), ElementsAre(Path("in/deep")));
}

TEST_F(GlobFilesTest, HiddenNamesHaveToBeAskedFor) {
  EXPECT_THAT(Expand("in/*/*.yaml"), IsEmpty());
  EXPECT_THAT(Expand("in/.h*/*.yaml"), ElementsAre(Path("in/.hidden/d.yaml")));
}

TEST_F(GlobFilesTest, NothingThereMatchesNothing) {
  EXPECT_THAT(Expand("nowhere/*.yaml"), IsEmpty());
}

}  // namespace
}  // namespace klausul::cli
