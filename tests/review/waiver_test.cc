#include "service/review/waiver.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/syntax/tree.h"

namespace klausul::review {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::vector<Waiver> Read(const std::string& text, DiagnosticSink& sink) {
  return ReadWaiverFile(syntax::MakeSourceFile("waivers.yaml", text), sink);
}

constexpr char kFile[] =
    "waivers:\n"
    "  - rule: no.tiny.deadline\n"
    "    path: plans/*.yaml\n"
    "    plan: p-1\n"
    "    subject: LOT-1\n"
    "    reason: Avtalen løper ut i år.\n"
    "    owner: Åse\n"
    "    until: 2026-12-31\n";

TEST(WaiverTest, IsReadWhole) {
  DiagnosticSink sink;
  const std::vector<Waiver> waivers = Read(kFile, sink);
  EXPECT_EQ(sink.RenderAll(), "");
  ASSERT_THAT(waivers, SizeIs(1));
  EXPECT_EQ(waivers[0].rule, "no.tiny.deadline");
  EXPECT_EQ(waivers[0].path, "plans/*.yaml");
  EXPECT_EQ(waivers[0].plan, "p-1");
  EXPECT_EQ(waivers[0].subject, "LOT-1");
  EXPECT_EQ(waivers[0].reason, "Avtalen løper ut i år.");
  EXPECT_EQ(waivers[0].owner, "Åse");
  EXPECT_EQ(waivers[0].until, absl::CivilDay(2026, 12, 31));
  EXPECT_EQ(waivers[0].place, "waivers.yaml:2");
}

TEST(WaiverTest, CoversOnlyWhatAgreesInEverything) {
  DiagnosticSink sink;
  const Waiver waiver = Read(kFile, sink)[0];
  v1::Finding finding;
  finding.set_rule_id("no.tiny.deadline");
  finding.set_subject("LOT-1");
  EXPECT_TRUE(waiver.Covers(finding, "p-1", "plans/a.yaml"));
  EXPECT_FALSE(waiver.Covers(finding, "p-2", "plans/a.yaml"));
  EXPECT_FALSE(waiver.Covers(finding, "p-1", "a.yaml"));
  finding.set_subject("LOT-2");
  EXPECT_FALSE(waiver.Covers(finding, "p-1", "plans/a.yaml"));
  finding.set_subject("LOT-1");
  finding.set_rule_id("no.tiny.deadline.other");
  EXPECT_FALSE(waiver.Covers(finding, "p-1", "plans/a.yaml"));
}

TEST(WaiverTest, AFingerprintAloneWillDo) {
  DiagnosticSink sink;
  const std::vector<Waiver> waivers = Read(
      "waivers: [{fingerprint: abc, reason: r, owner: o, "
      "until: 2026-12-31}]\n",
      sink);
  EXPECT_FALSE(sink.has_errors()) << sink.RenderAll();
  v1::Finding finding;
  finding.set_rule_id("any");
  finding.set_fingerprint("abc");
  EXPECT_TRUE(waivers[0].Covers(finding, "", "x"));
  finding.set_fingerprint("abd");
  EXPECT_FALSE(waivers[0].Covers(finding, "", "x"));
}

struct MistakeCase {
  const char* name;
  const char* text;
  const char* want;
};

std::ostream& operator<<(std::ostream& out, const MistakeCase& c) {
  return out << c.name;
}

class WaiverMistakeTest : public testing::TestWithParam<MistakeCase> {};

TEST_P(WaiverMistakeTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  Read(GetParam().text, sink);
  EXPECT_THAT(sink.RenderAll(), HasSubstr(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Waivers, WaiverMistakeTest,
    testing::ValuesIn(std::vector<MistakeCase>{
        {"NoReason", "waivers:\n  - {rule: a.b, owner: o, until: 2026-12-31}\n",
         "error[missing-key]: a waiver has no `reason`\n"
         "  --> waivers.yaml:2:6\n"},
        {"EmptyReason",
         "waivers:\n  - {rule: a, reason: ' ', owner: o, until: 2026-12-31}\n",
         "error[empty-value]: `reason` is empty\n"},
        {"NoOwner", "waivers:\n  - {rule: a.b, reason: r, until: 2026-12-31}\n",
         "error[missing-key]: a waiver has no `owner`\n"},
        {"NoEnd", "waivers:\n  - {rule: a.b, reason: r, owner: o}\n",
         "help: a waiver ends: give its last day, as `until: 2026-12-31`"},
        {"NoSuchDay",
         "waivers:\n"
         "  - {rule: a, reason: r, owner: o, until: 2026-02-30}\n",
         "error[bad-date]: `2026-02-30` is not a date\n"},
        {"NoRule", "waivers:\n  - {reason: r, owner: o, until: 2026-12-31}\n",
         "error[missing-key]: a waiver has neither `rule` nor `fingerprint`\n"},
        {"MistypedKey",
         "waivers:\n"
         "  - {rule: a, reason: r, owner: o, untill: 2026-12-31}\n",
         "help: did you mean `until`?"},
        {"NoList", "waivers: none\n", "error[wrong-type]"},
        {"NoFile", "rules: []\n",
         "error[missing-key]: a file of waivers has no `waivers`\n"},
    }),
    [](const auto& test) { return test.param.name; });

struct PathCase {
  const char* pattern;
  const char* path;
  bool want;
};

std::ostream& operator<<(std::ostream& out, const PathCase& c) {
  return out << c.pattern << " on " << c.path;
}

class PathMatchesTest : public testing::TestWithParam<PathCase> {};

TEST_P(PathMatchesTest, IsAsInGitignore) {
  EXPECT_EQ(PathMatches(GetParam().pattern, GetParam().path), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Paths, PathMatchesTest,
                         testing::ValuesIn(std::vector<PathCase>{
                             {"a.xml", "a.xml", true},
                             {"a.xml", "deep/down/a.xml", true},
                             {"*.xml", "deep/a.xml", true},
                             {"/a.xml", "deep/a.xml", false},
                             {"./a.xml", "a.xml", true},
                             {"plans/*.xml", "plans/a.xml", true},
                             {"plans/*.xml", "other/plans/a.xml", false},
                             {"archive/", "archive/2020/a.xml", true},
                             {"archive", "x/archive/a.xml", true},
                             {"tenders/archive/", "tenders/archive/a", true},
                             {"archive/", "archives/a.xml", false},
                         }));

}  // namespace
}  // namespace klausul::review
