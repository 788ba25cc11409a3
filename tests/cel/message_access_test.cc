#include "service/cel/message_access.h"

#include <string>
#include <vector>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class MessageAccessTest : public EvalTableTest {};

TEST_P(MessageAccessTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Fields, MessageAccessTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.count + order.part.count", "2"},
        {"order.items.map(i, i.count)", "[1, 5]"},
        {"order.items[1].count", "5"},
        {"order.items[2].count",
         "error(index-out-of-range: the index 2 is out of range for a list of "
         "2)"},
        {"order.clauses.wages.included", "true"},
        {"order.clauses.pay.included",
         "error(no-such-key: the map has no key \"pay\")"},
        {"has(order.part) || has(order.kind) || has(order.clauses.pay)",
         "false"},
        {"has(order.count) && has(order.codes) && has(order.clauses)", "true"},
        {"order.kind == shop.Kind.KIND_UNSPECIFIED", "true"},
        {"dyn(order).nothing",
         "error(no-such-field: `shop.Order` has no field `nothing`)"},
        {"dyn(1).f",
         "error(no-matching-overload: cannot select `f` from a value of type "
         "int)"},
        {"type(order) == shop.Order", "true"},
    }));

// A host's input may hold what no expression could make.
TEST(MessageAccess, TimesOutOfRangeAreErrors) {
  EvalFixture fixture(Mode::kConformance);
  EvalContext context(fixture.arena(), *fixture.environment(),
                      fixture.options());
  google::protobuf::Timestamp time;
  time.set_seconds(253402300800);
  EXPECT_TRUE(MessageToValue(time, nullptr, context).is_error());
  google::protobuf::Duration duration;
  duration.set_seconds(1);
  duration.set_nanos(-1);
  EXPECT_TRUE(MessageToValue(duration, nullptr, context).is_error());
  duration.set_nanos(999'999'999);
  EXPECT_TRUE(MessageToValue(duration, nullptr, context).is_duration());
}

}  // namespace
}  // namespace klausul::cel
