#include "service/cel/overload_match.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class OverloadMatchTest : public testing::TestWithParam<EvalCase> {};

TEST_P(OverloadMatchTest, FindsOverloadsByTheValues) {
  EvalFixture fixture(Mode::kConformance);
  fixture.check_options().type_check = false;
  fixture.SetOrder("count: 2");
  EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, OverloadMatchTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[1, 'a', 2u].map(x, type(x))", "[int, string, uint]"},
        {"1 + 1u",
         "error(no-matching-overload: no overload of `_+_` takes (int, uint))"},
        {"1 < 1.5 && 1u < 2", "true"},
        {"[1, 2][1.0] + [1, 2][0u]", "3"},
        {"order.count", "2"},
        {"nothing || true", "true"},
        {"nothing(1) || true", "true"},
        {"nothing", "error(unknown-identifier: `nothing` is not declared)"},
        {"'a'.size() + size('b')", "2"},
        {"'a'.matches('[')",
         "error(invalid-argument: not a regular expression: missing ]: [; it "
         "may have 10000 bytes and a program of 1048576 bytes)"},
    }));

TEST(OverloadMatch, HostOverloadsOfOperatorsGoFirst) {
  EvalFixture fixture(Mode::kConformance);
  Overload overload;
  overload.id = "equals_order";
  overload.args = {fixture.order_type(), fixture.order_type()};
  overload.result = Type::Bool();
  overload.impl = [](absl::Span<const Value>, EvalContext& context) {
    return Value::UnknownBecause("orders never compare", context.arena());
  };
  fixture.builder().AddFunction({std::string(op::kEquals), {overload}});
  EXPECT_EQ(fixture.Text("order == order"), "unknown(orders never compare)");
  EXPECT_EQ(fixture.Text("dyn(order) == dyn(order)"),
            "unknown(orders never compare)");
  EXPECT_EQ(fixture.Text("1 == 1"), "true");
}

}  // namespace
}  // namespace klausul::cel
