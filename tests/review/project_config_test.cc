#include "service/review/project_config.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/syntax/tree.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

ProjectConfig Read(const std::string& text, DiagnosticSink& sink) {
  return ReadProjectConfig(syntax::MakeSourceFile(".klausul.yaml", text), sink);
}

TEST(ProjectConfigTest, IsReadWhole) {
  DiagnosticSink sink;
  const ProjectConfig config = Read(
      "rule_sets: [\"no\", no.oslo]\n"
      "severities:\n"
      "  no.tiny.*: warning\n"
      "  no.tiny.lots: off\n"
      "paths:\n"
      "  include: [tenders/]\n"
      "  exclude: [tenders/archive/]\n"
      "waivers:\n"
      "  - {rule: no.tiny.deadline, reason: r, owner: o, until: 2026-12-31}\n",
      sink);
  EXPECT_EQ(sink.RenderAll(), "");
  EXPECT_THAT(config.rule_sets, ElementsAre("no", "no.oslo"));
  EXPECT_THAT(config.waivers, SizeIs(1));
  EXPECT_TRUE(config.Wants("tenders/a.xml"));
  EXPECT_FALSE(config.Wants("tenders/archive/a.xml"));
  EXPECT_FALSE(config.Wants("plans/a.xml"));
}

TEST(ProjectConfigTest, TheNarrowestChoiceDecides) {
  DiagnosticSink sink;
  const ProjectConfig config =
      Read("severities: {no.tiny.lots: off, no.*: error, no.tiny.*: warning}\n",
           sink);
  EXPECT_EQ(config.ChoiceFor("no.tiny.lots")->severity,
            v1::Rule::SEVERITY_UNSPECIFIED);
  EXPECT_EQ(config.ChoiceFor("no.tiny.old")->severity, v1::Rule::WARNING);
  EXPECT_EQ(config.ChoiceFor("no.loa.1")->severity, v1::Rule::ERROR);
  EXPECT_EQ(config.ChoiceFor("dk.x"), nullptr);
  EXPECT_EQ(config.ChoiceFor("no.tiny.old")->place, ".klausul.yaml:1");
}

TEST(ProjectConfigTest, NothingStatedDecidesNothing) {
  for (const char* text : {"", "# a comment\n", "waivers:\nseverities:\n"}) {
    DiagnosticSink sink;
    const ProjectConfig config = Read(text, sink);
    EXPECT_EQ(sink.RenderAll(), "");
    EXPECT_TRUE(config.Wants("any/file.xml"));
    EXPECT_EQ(config.ChoiceFor("no.tiny.lots"), nullptr);
  }
}

TEST(ProjectConfigTest, TellsMistakesWithTheirPlaces) {
  DiagnosticSink sink;
  Read("severities: {a.b: eror}\npath: {}\nrule_sets: 3\n", sink);
  EXPECT_EQ(sink.error_count(), 3U);
  EXPECT_THAT(sink.RenderAll(), HasSubstr("did you mean `error`?"));
  EXPECT_THAT(sink.RenderAll(), HasSubstr("did you mean `paths`?"));
  EXPECT_THAT(sink.RenderAll(), HasSubstr(".klausul.yaml:3:12"));
}

TEST(ProjectConfigTest, NamesThatNobodyHasAreMistakes) {
  DiagnosticSink sink;
  const ProjectConfig config = Read(
      "rule_sets: [\"nu\"]\n"
      "severities: {no.tiny.lost: off, other.*: error}\n"
      "waivers:\n"
      "  - {rule: no.tiny.dedline, reason: r, owner: o, until: 2026-12-31}\n"
      "  - {rule: klausul.waiver.expired, reason: r, owner: o, "
      "until: 2026-12-31}\n",
      sink);
  ASSERT_EQ(sink.RenderAll(), "");
  CheckNames(config, testing_support::TinyCatalogue()->repository(), sink);
  EXPECT_EQ(sink.error_count(), 3U) << sink.RenderAll();
  EXPECT_THAT(sink.RenderAll(), HasSubstr("there is no rule set `nu`"));
  EXPECT_THAT(sink.RenderAll(), HasSubstr("did you mean `no.tiny.lots`?"));
  EXPECT_THAT(sink.RenderAll(), HasSubstr("did you mean `no.tiny.deadline`?"));
}

}  // namespace
}  // namespace klausul::review
