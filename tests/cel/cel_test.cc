#include "service/cel/cel.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CompileTest, ParsesAndChecksWithWhatTheEnvironmentHas) {
  DiagnosticSink sink;
  const auto checked =
      Compile(Source("cel.bind(p, plan, p.?title) == optional.of('a')"),
              ConformanceEnvironment(), {}, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(checked, nullptr);
  EXPECT_EQ(checked->result_type(), Type::Bool());
  EXPECT_EQ(checked->ast().source()->name(), "test.cel");
}

TEST(CompileTest, ASyntaxErrorEndsIt) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source("nothing +"), RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_THAT(Describe(sink),
              ElementsAre("syntax: expected an expression, found the end of "
                          "the expression «»"));
}

TEST(CompileTest, RendersLikeACompiler) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source("plan.ready\n  && plan.titel == 'a'"),
                    RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_EQ(sink.RenderAll(),
            "error[unknown-field]: `plan` has no field `titel`\n"
            "  --> test.cel:2:11\n"
            "   |\n"
            "2  |   && plan.titel == 'a'\n"
            "   |           ^^^^^\n"
            "   = help: did you mean `title`?\n");
}

}  // namespace
}  // namespace klausul::cel
