#include "service/ruleset/register/register_coverage.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr char kReasons[] =
    "| reason | means |\n| --- | --- |\n| judgement | a |\n\n";

std::shared_ptr<const SourceFile> Page(const std::string& name,
                                       const std::string& text) {
  return std::make_shared<const SourceFile>("rules/no/" + name, text);
}

// The sample set names NO-1 in its rule and NO-2 in its parameter.
RegisterCoverage CoverageOf(const std::string& rows, const std::string& excused,
                            std::vector<RuleFile> files = SampleSet()) {
  DiagnosticSink sink;
  LoadOptions options;
  options.display_root = "rules";
  const auto repository =
      RuleSetRepository::Load(std::move(files), options, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  RegisterFolder folder;
  folder.path = "rules/no";
  folder.registers = {Page("register/law.md", rows)};
  folder.excused = Page("COVERAGE.md", kReasons + excused);
  return MeasureCoverage(folder, **repository);
}

std::vector<std::string> Ids(const std::vector<CoverageNote>& notes) {
  std::vector<std::string> ids;
  for (const CoverageNote& note : notes)
    ids.push_back(note.id);
  return ids;
}

TEST(RegisterCoverageTest, EveryRowIsCountedOnce) {
  const RegisterCoverage coverage = CoverageOf(
      "| NO-1 | a |\n| NO-2 | b |\n| NO-3 | c |\n| NO-OPEN-1 | d |\n",
      "| NO-3 | judgement | nobody can say |\n");
  EXPECT_TRUE(coverage.ok());
  EXPECT_EQ(coverage.row_count, 3);
  EXPECT_EQ(coverage.rule_count, 1);
  EXPECT_EQ(coverage.figure_count, 1);
  EXPECT_THAT(coverage.excused, ElementsAre(Pair("judgement", 1)));
  EXPECT_THAT(coverage.doubly_told, IsEmpty());
}

TEST(RegisterCoverageTest, ARowInNeitherIsUnaccounted) {
  const RegisterCoverage coverage =
      CoverageOf("| NO-1 | a |\n| NO-2 | b |\n| NO-3 | the third |\n", "");
  EXPECT_FALSE(coverage.ok());
  ASSERT_THAT(Ids(coverage.unaccounted), ElementsAre("NO-3"));
  EXPECT_EQ(coverage.unaccounted[0].place, "rules/no/register/law.md:3");
  EXPECT_EQ(coverage.unaccounted[0].text, "the third");
}

TEST(RegisterCoverageTest, WhatIsInNoRegisterIsTold) {
  const RegisterCoverage coverage =
      CoverageOf("| NO-2 | b |\n", "| NO-9 | judgement | x |\n");
  EXPECT_FALSE(coverage.ok());
  ASSERT_THAT(Ids(coverage.unknown_rows), ElementsAre("NO-1", "NO-9"));
  EXPECT_EQ(coverage.unknown_rows[0].place, "rules/no/rules.yaml:2");
  EXPECT_EQ(coverage.unknown_rows[0].text, "rule no.foa.1-1.value");
  EXPECT_EQ(coverage.unknown_rows[1].text, "COVERAGE.md");
}

TEST(RegisterCoverageTest, ReasonsComeFromTheList) {
  const RegisterCoverage coverage =
      CoverageOf("| NO-1 | a |\n| NO-2 | b |\n| NO-3 | c |\n",
                 "| NO-3 | laziness | x |\n");
  EXPECT_FALSE(coverage.ok());
  EXPECT_THAT(Ids(coverage.unknown_reasons), ElementsAre("laziness"));
}

TEST(RegisterCoverageTest, WhatIsToldTwiceIsAWarning) {
  const RegisterCoverage coverage =
      CoverageOf("| NO-1 | a |\n| NO-2 | b |\n| NO-3 | c |\n",
                 "| NO-1 | judgement | x |\n| NO-3 | judgement | x |\n"
                 "| NO-3 | judgement | again |\n");
  EXPECT_TRUE(coverage.ok());
  ASSERT_THAT(Ids(coverage.doubly_told), ElementsAre("NO-1", "NO-3"));
  EXPECT_EQ(coverage.doubly_told[0].text, "rule no.foa.1-1.value");
}

TEST(RegisterCoverageTest, SetsInSubfoldersCountAndOthersDoNot) {
  std::vector<RuleFile> files = SampleSet();
  const auto add = [&](const std::string& folder, const std::string& id,
                       const std::string& row, const std::string& more) {
    files.push_back({folder + "/rule_set.yaml", Header(id, more)});
    files.push_back({folder + "/parameters.yaml",
                     "parameters:\n  - id: " + id +
                         ".days\n    type: int\n    title: {en: Days}\n"
                         "    values:\n      - {from: 2017-01-01, value: 3, "
                         "register: [" +
                         row + "], source: s}\n"});
  };
  add("no/oslo", "no.oslo", "NO-3", "extends: [\"no\"]\n");
  add("dk", "dk", "NO-4", "");
  const RegisterCoverage coverage =
      CoverageOf("| NO-1 | a |\n| NO-2 | b |\n| NO-3 | c |\n| NO-4 | d |\n", "",
                 std::move(files));
  EXPECT_EQ(coverage.figure_count, 2);
  EXPECT_THAT(Ids(coverage.unaccounted), ElementsAre("NO-4"));
}

}  // namespace
}  // namespace klausul::ruleset
