#include "service/cel/message_assign.h"

#include <string>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "gtest/gtest.h"

#include "service/cel/message_access.h"
#include "service/cel/message_builder.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

// FieldMask and Empty have to be linked in.
[[maybe_unused]] const google::protobuf::Descriptor* const kLinked[] = {
    google::protobuf::FieldMask::descriptor(),
    google::protobuf::Empty::descriptor()};

class MessageAssignTest : public EvalTableTest {};

TEST_P(MessageAssignTest, ComesTo) {
  Check();
}

// Through a Struct, whose values are JSON.
INSTANTIATE_TEST_SUITE_P(
    Json, MessageAssignTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"google.protobuf.Struct{fields: {'a': 9007199254740991, "
         "'b': 9007199254740992, 'c': 1u}}",
         "{\"a\": 9007199254740991.0, \"b\": \"9007199254740992\", \"c\": "
         "1.0}"},
        {"google.protobuf.ListValue{values: [b'\\xff', null, [true], {}]}",
         "[\"/w==\", null, [true], {}]"},
        {"google.protobuf.ListValue{values: [timestamp(0), duration('1.5s')]}",
         "[\"1970-01-01T00:00:00Z\", \"1.500s\"]"},
        {"google.protobuf.ListValue{values: [google.protobuf.FieldMask{paths: "
         "['a_b', 'c']}, google.protobuf.Empty{}]}",
         "[\"aB,c\", {}]"},
        {"google.protobuf.ListValue{values: [dyn({1: 2})]}",
         "error(no-matching-overload: a value of type int does not fit the "
         "field `key`)"},
        {"google.protobuf.ListValue{values: [shop.Order{}]}",
         "error(no-matching-overload: a value of type shop.Order does not fit "
         "a JSON value)"},
    }));

TEST(MessageAssign, AnysHoldWhateverTheyGet) {
  EvalFixture fixture(Mode::kConformance);
  EvalContext context(fixture.arena(), *fixture.environment(),
                      fixture.options());
  for (const char* expression :
       {"null", "true", "1", "2u", "1.5", "'a'", "b'a'", "timestamp(1)",
        "duration('1s')", "[1.0, 'a']", "{'a': 1.0}", "shop.Order{count: 3}"}) {
    const Value value = fixture.Evaluate(expression);
    google::protobuf::Any any;
    ASSERT_EQ(AssignMessage(value, any, context), absl::nullopt) << expression;
    EXPECT_TRUE(Equal(MessageToValue(any, nullptr, context), value, context))
        << expression;
  }
  google::protobuf::Any any;
  EXPECT_TRUE(AssignMessage(Value::Type("int"), any, context).has_value());
}

}  // namespace
}  // namespace klausul::cel
