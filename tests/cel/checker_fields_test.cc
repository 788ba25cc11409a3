// Selections and message literals; see service/cel/checker_fields.cc.

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::IsEmpty;

struct ErrorCase {
  std::string name;
  std::string source;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const ErrorCase& test) {
  return out << test.name;
}

class FieldErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(FieldErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source(GetParam().source), RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_THAT(Describe(sink), testing::ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Errors, FieldErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"UnknownField",
         "plan.value.unit",
         {"unknown-field: `plan.value` has no field `unit` «unit» help: did "
          "you mean `units`?"}},
        {"UnknownFieldInHas",
         "has(plan.valu)",
         {"unknown-field: `plan` has no field `valu` «valu» help: did you "
          "mean `value`?"}},
        {"UnknownFieldOfAnElement",
         "plan.lots[0].nothing_like_it",
         {"unknown-field: `Plan` has no field `nothing_like_it` "
          "«nothing_like_it»"}},
        {"FieldOfAScalar",
         "plan.title.text",
         {"unknown-field: `string` has no fields «text»"}},
        {"MethodWithoutACall",
         "plan.title.size > 1",
         {"unknown-field: `string` has no fields «size» help: did you mean "
          "to call it, `size()`?"}},
        {"FieldOfAList",
         "plan.lots.title",
         {"unknown-field: `list(Plan)` has no fields «title» help: choose an "
          "element, as in `x[0].title`, or ask about all of them, as in "
          "`x.all(e, e.title ...)`"}},
        {"KeyThatIsNoString",
         "plan.by_number.a",
         {"type-mismatch: the keys of the map are `int`, not names «a» help: "
          "write `x[key]`"}},
        {"UnknownKey",
         "plan.clauses.wage.included",
         {"unknown-key: `clauses` has no key `wage` «wage» help: did you mean "
          "`wages`?"}},
        {"UnknownKeyOfAVariable",
         "clauses.zzz.included && has(clauses.apprentice)",
         {"unknown-key: `clauses` has no key `zzz` «zzz»",
          "unknown-key: `clauses` has no key `apprentice` «apprentice» help: "
          "did you mean `apprentices`?"}},
        {"UnknownKeyByIndex",
         "clauses['wage'].included",
         {"unknown-key: `clauses` has no key `wage` «'wage'» help: did you "
          "mean `wages`?"}},
        {"UnknownMessage",
         "Pla{}",
         {"unknown-name: there is no message `Pla` «Pla»"}},
        {"UnknownFieldOfALiteral",
         "Plan{titel: 'a'}",
         {"unknown-field: `Plan` has no field `titel` «titel» help: did you "
          "mean `title`?"}},
        {"WrongTypeInALiteral",
         "Plan{title: 1, count: null}",
         {"type-mismatch: field `title` is `string`, found `int` «1»",
          "type-mismatch: field `count` is `int`, found `null_type` «null»"}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(CheckerFieldsTest, KnownKeysAreFine) {
  for (const char* source :
       {"clauses.wages.included", "clauses['wages'].included",
        "plan.clauses.apprentices.included", "has(clauses.wages)",
        "clauses[plan.title].included"}) {
    DiagnosticSink sink;
    EXPECT_NE(Compile(Source(source), RulesEnvironment(), {}, sink), nullptr);
    EXPECT_THAT(Describe(sink), IsEmpty()) << source;
  }
}

TEST(CheckerFieldsTest, ALiteralKnowsItsFields) {
  DiagnosticSink sink;
  const auto checked = Compile(Source("Plan{title: 'a', count: 1}"),
                               RulesEnvironment(), {}, sink);
  ASSERT_NE(checked, nullptr);
  const Reference* reference = checked->reference(checked->root());
  ASSERT_EQ(reference->fields.size(), 2U);
  EXPECT_EQ(reference->fields[0]->name(), "title");
  EXPECT_EQ(reference->fields[1]->name(), "count");
}

}  // namespace
}  // namespace klausul::cel
