// Values whose type a message does not fix: wrappers, Any, Struct, Value.

#include <memory>
#include <vector>

#include "google/protobuf/dynamic_message.h"

#include "tests/cel/checker_fixture.h"
#include "tests/cel/language_fixture.h"

namespace klausul::cel {
namespace {

class DynamicValuesTest : public testing::TestWithParam<EvalCase> {};

// Over types that are compiled in, and over the same from descriptors alone.
TEST_P(DynamicValuesTest, ComesTo) {
  google::protobuf::DynamicMessageFactory factory(PlanPool());
  LanguageFixture fixture(*PlanPool(), factory, "shop");
  fixture.ExpectBothWays(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Wrappers, DynamicValuesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"google.protobuf.Int32Value{value: 3}", "3"},
        {"google.protobuf.BoolValue{}", "false"},
        {"google.protobuf.StringValue{value: 'a'} + 'b'", "\"ab\""},
        {"google.protobuf.Int64Value{value: 3}.value", "no-matching-overload"},
        {"google.protobuf.Int32Value{value: 2147483648}", "range"},
        {"google.protobuf.UInt32Value{value: 4294967296u}", "range"},
        {"google.protobuf.FloatValue{value: 1e100}", "Infinity"},
        {"type(google.protobuf.UInt64Value{})", "uint"},
        {"Plan{}.limit", "null"},
        {"Plan{limit: 0}.limit", "0"},
        {"Plan{limit: google.protobuf.Int64Value{}}.limit", "0"},
        {"Plan{limit: null}.limit", "null"},
        {"has(Plan{limit: 0}.limit)", "true"},
        {"has(Plan{limit: null}.limit)", "false"},
        {"Plan{limit: dyn(1u)}", "no-matching-overload"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Anys, DynamicValuesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"Plan{}.extra", "null"},
        {"Plan{extra: null}.extra", "null"},
        {"has(Plan{extra: null}.extra)", "true"},
        {"Plan{extra: 1}.extra + 1", "2"},
        {"Plan{extra: 1u}.extra", "1u"},
        {"Plan{extra: b'x'}.extra", "b\"x\""},
        {"Plan{extra: duration('1s')}.extra", "duration(\"1s\")"},
        {"Plan{extra: [1, {'a': null}]}.extra", "[1.0, {\"a\": null}]"},
        {"Plan{extra: Plan{count: 3}}.extra.count", "3"},
        {"Plan{extra: Plan{extra: 3}}.extra.extra", "3"},
        {"Plan{extra: Plan{count: 3}} == Plan{extra: Plan{count: 3}}", "true"},
        {"google.protobuf.Any{}", "invalid-argument"},
        {"google.protobuf.Any{type_url: 'x/shop.None'}", "invalid-argument"},
        {"google.protobuf.Any{type_url: 'x/shop.Plan', value: b'\\x18\\x02'}"
         ".count",
         "2"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Json, DynamicValuesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"Plan{}.json", "null"},
        {"Plan{json: null}.json", "null"},
        {"has(Plan{json: null}.json)", "true"},
        {"Plan{json: 1}.json", "1.0"},
        {"Plan{json: 9007199254740991}.json", "9007199254740991.0"},
        {"Plan{json: 9007199254740992}.json", "\"9007199254740992\""},
        {"Plan{json: -9007199254740992}.json", "\"-9007199254740992\""},
        {"Plan{json: 18446744073709551615u}.json", "\"18446744073709551615\""},
        {"Plan{json: b'abc'}.json", "\"YWJj\""},
        {"Plan{json: duration('1.5s')}.json", "\"1.500s\""},
        {"Plan{json: timestamp(0)}.json", "\"1970-01-01T00:00:00Z\""},
        {"Plan{json: [1, {'a': [null, true]}]}.json[1].a[1]", "true"},
        {"Plan{json: {1: 2}}", "no-matching-overload"},
        {"Plan{json: Plan{}}", "no-matching-overload"},
        {"Plan{json: 1}.json + 1", "no-matching-overload"},
        {"Plan{json: 1}.json == 1", "true"},
        {"Plan{object: {'a': [1]}}.object.a", "[1.0]"},
        {"Plan{object: {'a': 1}}.object.b", "no-such-key"},
        {"Plan{object: dyn(null)}", "no-matching-overload"},
        {"google.protobuf.Value{}", "null"},
        {"google.protobuf.Value{number_value: 1.5}", "1.5"},
        {"google.protobuf.Value{list_value: [1]}", "[1.0]"},
        {"google.protobuf.Value{string_value: 'a'}.string_value",
         "no-matching-overload"},
        {"google.protobuf.ListValue{values: [1, 'a', null]}",
         "[1.0, \"a\", null]"},
        {"google.protobuf.Struct{fields: {'a': 1}}", "{\"a\": 1.0}"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Times, DynamicValuesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"google.protobuf.Timestamp{seconds: 5}",
         "timestamp(\"1970-01-01T00:00:05Z\")"},
        {"google.protobuf.Duration{seconds: 1, nanos: 500000000}",
         "duration(\"1.5s\")"},
        {"google.protobuf.Duration{seconds: 1, nanos: -1}", "range"},
        {"google.protobuf.Timestamp{seconds: 253402300800}", "range"},
        {"Plan{}.sent", "timestamp(\"1970-01-01T00:00:00Z\")"},
        {"Plan{sent: null}.sent == timestamp(0)", "true"},
        {"has(Plan{period: duration('0s')}.period)", "true"},
        {"google.protobuf.Timestamp{seconds: 5}.seconds",
         "no-matching-overload"},
    }));

}  // namespace
}  // namespace klausul::cel
