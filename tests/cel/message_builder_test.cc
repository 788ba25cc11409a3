#include "service/cel/message_builder.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class MessageBuilderTest : public EvalTableTest {};

TEST_P(MessageBuilderTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Fields, MessageBuilderTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"shop.Order{size: 2147483648}",
         "error(range: the number is out of range for the field `size`)"},
        {"shop.Order{items: [shop.Order{title: 'x'}]}.items[0].title", "\"x\""},
    }));

INSTANTIATE_TEST_SUITE_P(
    WrongKinds, MessageBuilderTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"shop.Order{count: dyn('x')}",
         "error(no-matching-overload: a value of type string does not fit the "
         "field `count`)"},
        {"shop.Order{codes: dyn(null)}",
         "error(no-matching-overload: a value of type null_type does not fit "
         "the field `codes`)"},
        {"shop.Order{items: [dyn(null)]}",
         "error(no-matching-overload: a value of type null_type does not fit a "
         "`shop.Order`)"},
        {"shop.Order{part: null}", "shop.Order{}"},
        {"shop.Order{kind: 2147483648}",
         "error(range: the number is out of range for the field `kind`)"},
        {"shop.Order{kind: 7}.kind", "7"},
    }));

INSTANTIATE_TEST_SUITE_P(
    WellKnownTypesCollapse, MessageBuilderTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"google.protobuf.Int32Value{value: 3}", "3"},
        {"google.protobuf.UInt32Value{value: 4294967296u}",
         "error(range: the number is out of range for the field `value`)"},
        {"google.protobuf.FloatValue{value: 1e100}", "Infinity"},
        {"google.protobuf.FloatValue{value: -3.5e38}", "-Infinity"},
        {"google.protobuf.FloatValue{value: 3.4028235e38} < 3.5e38", "true"},
        {"google.protobuf.Value{}", "null"},
        {"google.protobuf.Timestamp{seconds: 60}",
         "timestamp(\"1970-01-01T00:01:00Z\")"},
    }));

}  // namespace
}  // namespace klausul::cel
