#include "service/server/call_watch.h"

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using std::chrono::hours;
using std::chrono::system_clock;

TEST(CallWatchTest, ACallInTimeGoesOn) {
  CallWatch watch(system_clock::now() + hours(1), [] { return false; });
  EXPECT_FALSE(watch.Check().has_value());
  EXPECT_FALSE(watch.Poll());
}

TEST(CallWatchTest, ACallWithoutDeadlineGoesOn) {
  CallWatch watch(system_clock::time_point::max(), [] { return false; });
  EXPECT_FALSE(watch.Check().has_value());
}

TEST(CallWatchTest, APassedDeadlineIsNamed) {
  CallWatch watch(system_clock::now() - hours(1), [] { return false; });
  EXPECT_TRUE(watch.Poll());
  const absl::optional<ServiceError> error = watch.Check();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(error->reason, "DEADLINE_EXCEEDED");
}

TEST(CallWatchTest, AClientThatIsGoneIsCancelled) {
  CallWatch watch(system_clock::now() + hours(1), [] { return true; });
  const absl::optional<ServiceError> error = watch.Check();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kCancelled);
}

TEST(CallWatchTest, PollAsksNowAndThenAndRemembers) {
  int asked = 0;
  bool gone = false;
  CallWatch watch(system_clock::now() + hours(1), [&] {
    ++asked;
    return gone;
  });
  for (std::uint32_t i = 0; i < 2 * CallWatch::kPollEvery; ++i) {
    EXPECT_FALSE(watch.Poll());
  }
  EXPECT_EQ(asked, 2);
  gone = true;
  bool over = false;
  for (std::uint32_t i = 0; i < CallWatch::kPollEvery; ++i) {
    over = watch.Poll();
  }
  EXPECT_TRUE(over);
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace klausul::server
