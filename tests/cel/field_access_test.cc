#include "service/cel/field_access.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class FieldAccessTest : public EvalTableTest {};

TEST_P(FieldAccessTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    InPlace, FieldAccessTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"shop.Order{clauses: {'b': shop.Clause{}, 'a': shop.Clause{}}}"
         ".clauses.map(k, k)",
         "[\"a\", \"b\"]"},
        {"google.protobuf.Any{type_url: 'x/no.such.Type'}",
         "error(invalid-argument: the type `x/no.such.Type` of an Any is not "
         "known)"},
        {"google.protobuf.Any{type_url: 'x/shop.Order', value: b'\\xff'}",
         "error(invalid-argument: an Any does not hold a `shop.Order`)"},
        {"google.protobuf.Any{type_url: 'x/google.protobuf.BoolValue', value: "
         "b'\\x08\\x01'}",
         "true"},
    }));

TEST(FieldAccess, KeysOfEveryKindHaveAPath) {
  EvalArena arena;
  const AttributePath root("m");
  const auto text = [&](const Value& key) {
    return KeyPath(&root, key, arena)->ToString();
  };
  EXPECT_EQ(text(Value::String("a")), "m.a");
  EXPECT_EQ(text(Value::String("1a")), "m[\"1a\"]");
  EXPECT_EQ(text(Value::Int(-3)), "m[-3]");
  EXPECT_EQ(text(Value::Uint(3)), "m[\"3\"]");
  EXPECT_EQ(text(Value::Bool(true)), "m.true");
  EXPECT_EQ(KeyPath(nullptr, Value::Int(1), arena), nullptr);
}

}  // namespace
}  // namespace klausul::cel
