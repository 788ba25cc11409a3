#include "service/ruleset/builtin.h"

#include <algorithm>
#include <utility>

#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

TEST(BuiltinTest, TheCopyInTheProgramCompilesAndIsTheOneInItsFiles) {
  auto sets = BuiltinRuleSets();
  ASSERT_TRUE(sets.ok()) << sets.status();
  const auto builtin = RuleSetRepository::FromRuleSets(*std::move(sets));
  const RuleSetRepository::Entry* no = builtin->Find("no");
  ASSERT_NE(no, nullptr);
  EXPECT_TRUE(builtin->Compile({"no"}).ok());

  auto files = BuiltinRuleFiles();
  ASSERT_TRUE(files.ok()) << files.status();
  DiagnosticSink sink;
  const auto read = RuleSetRepository::Load(*std::move(files), {}, sink);
  ASSERT_TRUE(read.ok()) << sink.RenderAll();
  EXPECT_EQ((*read)->Find("no")->rule_set->digest(), no->rule_set->digest());
}

}  // namespace
}  // namespace klausul::ruleset
