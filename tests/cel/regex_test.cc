#include "service/cel/regex.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Regex, PatternsAreBounded) {
  EvalFixture fixture(Mode::kConformance);
  const std::string longest(10'000, 'a');
  EXPECT_EQ(fixture.Text(absl::StrCat("'b'.matches('", longest, "')")),
            "false");
  EXPECT_THAT(fixture.Text(absl::StrCat("'b'.matches('", longest, "a')")),
              HasSubstr("invalid-argument"));
  EXPECT_THAT(fixture.Text("'b'.matches('((a{100}){100}){100}')"),
              HasSubstr("invalid-argument"));
}

TEST(Regex, ManyPatternsAreCompiledWhenCalled) {
  // More than are kept compiled.
  std::string all = "true";
  for (int i = 0; i < 200; ++i) {
    absl::StrAppend(&all, " && 'a", i, "'.matches('^a", i, "$')");
  }
  EvalFixture fixture(Mode::kConformance);
  EXPECT_EQ(fixture.Text(all), "true");
}

TEST(Regex, CompilingAndMatchingUseUpSteps) {
  for (const char* expression :
       {"l.exists(a, 'b'.matches(dyn(string(a)) + 'c'))",
        "l.exists(a, s.matches('b(c|d)'))"}) {
    EvalFixture fixture(Mode::kConformance);
    fixture.Bind(
        "l", Type::List(Type::Int()),
        Value::List(std::vector<Value>(2000, Value::Int(1)), fixture.arena()));
    fixture.Bind("s", Type::String(),
                 Value::String(std::string(100'000, 'a'), fixture.arena()));
    EXPECT_THAT(fixture.Text(expression), StartsWith("error(limit"))
        << expression;
  }
}

}  // namespace
}  // namespace klausul::cel
