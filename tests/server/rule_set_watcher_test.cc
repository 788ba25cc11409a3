#include "service/server/rule_set_watcher.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

// Waits until `done`, or for longer than any machine needs.
template <typename Done>
bool Eventually(Done done) {
  for (int i = 0; i < 6000 && !done(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return done();
}

TEST(RuleSetWatcherTest, ReloadsWhatIsStaleAndNothingElse) {
  std::atomic<bool> stale{false};
  std::atomic<int> asked{0};
  std::atomic<int> reloads{0};
  const RuleSetWatcher watcher(
      {std::chrono::milliseconds(1)},
      [&] {
        ++asked;
        return stale.load();
      },
      [&] {
        stale = false;
        ++reloads;
      });
  ASSERT_TRUE(Eventually([&] { return asked > 3; }));
  EXPECT_EQ(reloads, 0);
  stale = true;
  ASSERT_TRUE(Eventually([&] { return reloads == 1; }));
  const int before = asked;
  ASSERT_TRUE(Eventually([&] { return asked > before + 3; }));
  EXPECT_EQ(reloads, 1);
}

TEST(RuleSetWatcherTest, APokeReloadsInAnyCase) {
  std::atomic<int> asked{0};
  std::atomic<int> reloads{0};
  RuleSetWatcher watcher(
      {std::chrono::milliseconds(0)},
      [&] {
        ++asked;
        return false;
      },
      [&] { ++reloads; });
  watcher.Poke();
  ASSERT_TRUE(Eventually([&] { return reloads == 1; }));
  watcher.Poke();
  ASSERT_TRUE(Eventually([&] { return reloads == 2; }));
  EXPECT_EQ(asked, 0);
}

TEST(RuleSetWatcherTest, EndsWhileItWaits) {
  const auto start = std::chrono::steady_clock::now();
  {
    const RuleSetWatcher watcher(
        {std::chrono::hours(1)}, [] { return false; }, [] {});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(5));
}

}  // namespace
}  // namespace klausul::server
