#include "service/cel/type_errors.h"

#include <string>

#include "gtest/gtest.h"

#include "service/cel/eval_context.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class TypeErrorsTest : public ValueFixtureTest {
 protected:
  static std::string Text(const Value& value, EvalContext& context) {
    return DebugString(value, context);
  }
};

TEST_F(TypeErrorsTest, NameTheTypeThatDoesNotFit) {
  EXPECT_EQ(Text(NotABool("`&&`", Value::Int(1), context_), context_),
            "error(no-matching-overload: `&&` takes a bool, not a int)");
  EXPECT_EQ(Text(ConditionNotABool(Value::Null(), context_), context_),
            "error(no-matching-overload: a condition over elements gave a "
            "null_type instead of a bool)");
  EXPECT_EQ(Text(NotARange(Value::String("a"), context_), context_),
            "error(no-matching-overload: elements are those of a list or a "
            "map, not of a string)");
}

TEST_F(TypeErrorsTest, NameTheFunctionAndAllArguments) {
  const Value args[] = {Value::Int(1), Value::String("a")};
  EXPECT_EQ(Text(NoOverload("_+_", args, context_), context_),
            "error(no-matching-overload: no overload of `_+_` takes (int, "
            "string))");
}

}  // namespace
}  // namespace klausul::cel
