#include "service/server/helper_threads.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

class HelperThreadsTest : public testing::TestWithParam<int> {};

TEST_P(HelperThreadsTest, EachPartIsDoneOnce) {
  HelperThreads helpers(GetParam());
  for (const std::size_t parts : {0U, 1U, 2U, 3U, 100U}) {
    std::vector<std::atomic<int>> done(parts);
    helpers.ForEach(parts, [&](std::size_t part) { ++done[part]; });
    for (const std::atomic<int>& times : done)
      EXPECT_EQ(times, 1);
  }
}

TEST_P(HelperThreadsTest, SeveralCallsShareThem) {
  HelperThreads helpers(GetParam());
  std::atomic<int> sum{0};
  std::vector<std::thread> calls;
  for (int call = 0; call < 8; ++call) {
    calls.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        std::atomic<int> mine{0};
        helpers.ForEach(
            10, [&](std::size_t part) { mine += static_cast<int>(part); });
        // Nothing of it is still under way.
        EXPECT_EQ(mine, 45);
        sum += mine;
      }
    });
  }
  for (std::thread& call : calls)
    call.join();
  EXPECT_EQ(sum, 8 * 100 * 45);
}

INSTANTIATE_TEST_SUITE_P(Threads, HelperThreadsTest, testing::Values(0, 1, 4));

TEST(HelperThreadsTest, TheyDoHelp) {
  HelperThreads helpers(1);
  EXPECT_EQ(helpers.count(), 1);
  std::atomic<int> met{0};
  // Each part waits for the other one, so that one thread alone would not end.
  helpers.ForEach(2, [&](std::size_t) {
    ++met;
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (met < 2 && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    EXPECT_EQ(met, 2);
  });
}

TEST(HelperThreadsTest, ACallGetsOnWhileTheyAreBusy) {
  HelperThreads helpers(1);
  std::atomic<bool> go_on{false};
  std::thread other([&] {
    helpers.ForEach(2, [&](std::size_t) {
      while (!go_on)
        std::this_thread::yield();
    });
  });
  int done = 0;
  std::mutex mutex;
  helpers.ForEach(5, [&](std::size_t) {
    const std::lock_guard<std::mutex> lock(mutex);
    ++done;
  });
  EXPECT_EQ(done, 5);
  go_on = true;
  other.join();
}

}  // namespace
}  // namespace klausul::server
