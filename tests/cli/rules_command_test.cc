#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

using RulesCommandTest = testing_support::CommandLineTest;

TEST_F(RulesCommandTest, ListShowsSetsAndRules) {
  const auto result = Run({"rules", "list", "--lang", "en"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("no 2026.1.0  3 rules"));
  EXPECT_THAT(result.out, HasSubstr("TINY § 1: Period too short"));
}

TEST_F(RulesCommandTest, ListTakesADateOfLaw) {
  const auto result = Run({"rules", "list", "--as-of", "2025-06-01"});
  EXPECT_THAT(result.out, HasSubstr("no.tiny.old"));
  EXPECT_THAT(result.out, Not(HasSubstr("no.tiny.deadline")));
}

TEST_F(RulesCommandTest, ShowPrintsOneRule) {
  const auto result =
      Run({"rules", "show", "no.tiny.deadline", "--lang", "en"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("days_given >= 10"));
  EXPECT_THAT(result.out, HasSubstr("Move the deadline."));
}

TEST_F(RulesCommandTest, ShowSuggestsTheNearestRule) {
  const auto result = Run({"rules", "show", "no.tiny.deadlines"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean `no.tiny.deadline`?"));
}

// A rule file of the tiny rules, with one expression spoilt.
std::string Spoilt() {
  for (const auto& file : testing_support::TinyRules()) {
    if (file.path != "no/rules.yaml") continue;
    return absl::StrReplaceAll(file.content,
                               {{"days_given >= 10", "days_given>=( 10 )"}});
  }
  return "";
}

std::string Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST_F(RulesCommandTest, FmtLaysExpressionsOut) {
  ASSERT_EQ(Run({"rules", "fmt"}).exit_code, 0);
  const std::string clean = Read(Path("rules/no/rules.yaml"));
  const std::string path = Write("rules/no/rules.yaml", Spoilt());
  const auto check = Run({"rules", "fmt", "--check"});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.out, HasSubstr("no/rules.yaml\n"));
  EXPECT_THAT(check.out, HasSubstr(" files, 1 would change\n"));
  EXPECT_EQ(Read(path), Spoilt());

  const auto done = Run({"rules", "fmt"});
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_THAT(done.out, HasSubstr(" files, 1 changed\n"));
  EXPECT_EQ(Read(path), clean);
  EXPECT_EQ(Run({"rules", "fmt", "--check"}).exit_code, 0);
}

TEST_F(RulesCommandTest, FmtTakesFilesAndFolders) {
  const std::string one = Write("one.yaml", "facts: [{expr: 'a+b'}]\n");
  const std::string two = Write("some/two.yaml", "facts: [{expr: 'a+b'}]\n");
  const auto result = Run({"rules", "fmt", one, Path("some")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, one + "\n" + two + "\n2 files, 2 changed\n");
  EXPECT_EQ(Read(one), "facts: [{expr: 'a + b'}]\n");
  EXPECT_EQ(Read(two), "facts: [{expr: 'a + b'}]\n");
}

TEST_F(RulesCommandTest, FmtLeavesWhatItCannotRead) {
  const std::string bad = Write("bad.yaml", "facts: [{expr: 'a+'}]\n");
  const std::string good = Write("good.yaml", "facts: [{expr: 'a+b'}]\n");
  const auto result = Run({"rules", "fmt", bad, good, Path("none.yaml")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("bad.yaml:1:"));
  EXPECT_THAT(result.err, HasSubstr("none.yaml"));
  EXPECT_EQ(Read(bad), "facts: [{expr: 'a+'}]\n");
  EXPECT_EQ(Read(good), "facts: [{expr: 'a + b'}]\n");
}

}  // namespace
}  // namespace klausul::cli
