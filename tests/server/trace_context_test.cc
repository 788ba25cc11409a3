#include "service/server/trace_context.h"

#include <ostream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using testing::MatchesRegex;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kParent[] = "00f067aa0ba902b7";

TEST(TraceContextTest, GoesOnWithTheTraceOfTheCaller) {
  for (const char* traceparent :
       {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        // A later version may say more.
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"}) {
    const TraceContext context = MakeTraceContext(traceparent);
    EXPECT_EQ(context.trace_id, kTrace) << traceparent;
    EXPECT_EQ(context.parent_id, kParent);
    EXPECT_THAT(context.span_id, MatchesRegex("[0-9a-f]{16}"));
    EXPECT_NE(context.span_id, kParent);
  }
}

TEST(TraceContextTest, BeginsATraceWhereThereIsNone) {
  for (const char* traceparent :
       {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        // Ids of zeros, upper case, a version that cannot be, version 00 with
        // more.
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"}) {
    const TraceContext context = MakeTraceContext(traceparent);
    EXPECT_THAT(context.trace_id, MatchesRegex("[0-9a-f]{32}")) << traceparent;
    EXPECT_NE(context.trace_id, kTrace) << traceparent;
    EXPECT_EQ(context.parent_id, "") << traceparent;
  }
  EXPECT_NE(MakeTraceContext("").trace_id, MakeTraceContext("").trace_id);
}

TEST(TraceContextTest, RequestIdsAreTheCallersWhereTheyAreSafe) {
  EXPECT_EQ(MakeRequestId("form-7/42:a_b.c"), "form-7/42:a_b.c");
  EXPECT_EQ(MakeRequestId(std::string(128, 'a')), std::string(128, 'a'));
  for (const std::string& requested :
       {std::string(), std::string(129, 'a'), std::string("a\nb"),
        std::string("a\"b"), std::string("æ")}) {
    EXPECT_THAT(MakeRequestId(requested), MatchesRegex("[0-9a-f]{16}"));
  }
}

}  // namespace
}  // namespace klausul::server
