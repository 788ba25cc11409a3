#include "service/cli/project_files.h"

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class ProjectFilesTest : public testing_support::CommandLineTest {
 protected:
  DiagnosticSink sink_;
};

TEST_F(ProjectFilesTest, TheNearestAboveADocumentHolds) {
  Write(".klausul.yaml", "rule_sets: [outer]\n");
  Write("a/b/.klausul.yaml", "rule_sets: [inner]\n");
  const std::string outer = Path("a/one.yaml");
  const std::string inner = Path("a/b/c/two.yaml");
  const ProjectFiles files =
      ProjectFiles::Find({{outer, true}, {inner, true}}, sink_);
  EXPECT_EQ(sink_.RenderAll(), "");
  EXPECT_THAT(files.ConfigOf(outer)->config.rule_sets, ElementsAre("outer"));
  EXPECT_THAT(files.ConfigOf(inner + "#/lines/3")->config.rule_sets,
              ElementsAre("inner"));
  EXPECT_THAT(files.all(), SizeIs(2));
}

TEST_F(ProjectFilesTest, NoneIsLookedForAboveARepository) {
  Write(".klausul.yaml", "rule_sets: [outer]\n");
  Write("repo/.git/HEAD", "");
  const std::string document = Path("repo/sub/a.yaml");
  const ProjectFiles files = ProjectFiles::Find({{document, true}}, sink_);
  EXPECT_EQ(files.ConfigOf(document), nullptr);
}

TEST_F(ProjectFilesTest, PathsDecideAboutWhatWasFoundOnly) {
  Write(".klausul.yaml", "paths: {exclude: [archive/]}\n");
  const std::vector<InputFile> all = {{Path("archive/found.yaml"), false},
                                      {Path("archive/named.yaml"), true},
                                      {Path("x/found.yaml"), false}};
  const ProjectFiles files = ProjectFiles::Find(all, sink_);
  const std::vector<InputFile> wanted = files.Wanted(all);
  ASSERT_THAT(wanted, SizeIs(2));
  EXPECT_EQ(wanted[0].path, Path("archive/named.yaml"));
  EXPECT_EQ(wanted[1].path, Path("x/found.yaml"));
}

TEST_F(ProjectFilesTest, MistakesAreToldOnce) {
  Write(".klausul.yaml", "rule_set: []\n");
  ProjectFiles::Find({{Path("a/one.yaml"), true}, {Path("b/two.yaml"), true}},
                     sink_);
  EXPECT_EQ(sink_.error_count(), 1U);
  EXPECT_THAT(sink_.RenderAll(), HasSubstr("did you mean `rule_sets`?"));
}

TEST_F(ProjectFilesTest, PathsAreFromTheFolder) {
  EXPECT_EQ(PathFrom("/a", "/a/b/c.jsonl#/lines/3"), "b/c.jsonl");
  EXPECT_EQ(PathFrom("/a", "/x/c.xml"), "../x/c.xml");
}

TEST_F(ProjectFilesTest, AFileThatIsNotThereIsAMistake) {
  EXPECT_EQ(ReadProjectFile(Path("gone.yaml"), sink_), nullptr);
  EXPECT_EQ(ReadProjectFile(Path("rules"), sink_), nullptr);
  EXPECT_EQ(sink_.error_count(), 2U);
  EXPECT_THAT(sink_.RenderAll(), HasSubstr("error[unreadable-file]"));
}

}  // namespace
}  // namespace klausul::cli
