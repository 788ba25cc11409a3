#include "service/cli/ordered_pipeline.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

using Pipeline = OrderedPipeline<int, int>;

class OrderedPipelineTest : public testing::TestWithParam<int> {};

TEST_P(OrderedPipelineTest, ResultsComeInTheOrderOfTheItems) {
  constexpr int kItems = 2000;
  std::vector<int> written;
  Pipeline(GetParam(), 16)
      .Run(
          [](auto push) {
            for (int i = 0; i < kItems; ++i)
              ASSERT_TRUE(push(i));
          },
          [](int i) {
            // Some take longer than those after them.
            if (i % 97 == 0) {
              std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return i * 2;
          },
          [&](int result) {
            written.push_back(result);
            return true;
          });
  ASSERT_EQ(written.size(), kItems);
  for (int i = 0; i < kItems; ++i)
    EXPECT_EQ(written[static_cast<std::size_t>(i)], i * 2);
}

TEST_P(OrderedPipelineTest, NothingIsReadEndsAtOnce) {
  int written = 0;
  Pipeline(GetParam(), 4)
      .Run([](auto) {}, [](int i) { return i; },
           [&](int) {
             ++written;
             return true;
           });
  EXPECT_EQ(written, 0);
}

TEST_P(OrderedPipelineTest, AWriterThatStopsEndsTheReading) {
  int pushed = 0;
  std::vector<int> written;
  Pipeline(GetParam(), 8)
      .Run(
          [&](auto push) {
            while (push(pushed))
              ++pushed;
          },
          [](int i) { return i; },
          [&](int result) {
            written.push_back(result);
            return result < 20;
          });
  EXPECT_EQ(written.size(), 21U);
  EXPECT_EQ(written.back(), 20);
  // What was under way when the writer stopped.
  EXPECT_LE(pushed, 21 + 8);
}

TEST_P(OrderedPipelineTest, NoMoreThanTheBoundIsOnItsWay) {
  constexpr std::size_t kAhead = 6;
  std::atomic<int> pushed{0};
  std::atomic<int> written{0};
  Pipeline(GetParam(), kAhead)
      .Run(
          [&](auto push) {
            for (int i = 0; i < 200; ++i) {
              push(i);
              ++pushed;
            }
          },
          [](int i) { return i; },
          [&](int) {
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            // The one that is written, and those behind it.
            EXPECT_LE(pushed - written, static_cast<int>(kAhead) + 1);
            ++written;
            return true;
          });
  EXPECT_EQ(written, 200);
}

INSTANTIATE_TEST_SUITE_P(Jobs, OrderedPipelineTest, testing::Values(1, 2, 8));

TEST(OrderedPipelineTest, AResultIsWrittenWhileReadingStillWaits) {
  std::atomic<bool> first_is_written{false};
  Pipeline(2, 8).Run(
      [&](auto push) {
        push(1);
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!first_is_written &&
               std::chrono::steady_clock::now() < deadline) {
          std::this_thread::yield();
        }
        EXPECT_TRUE(first_is_written);
        push(2);
      },
      [](int i) { return i; },
      [&](int result) {
        if (result == 1) first_is_written = true;
        return true;
      });
}

TEST(OrderedPipelineTest, TakesWhatCanOnlyBeMoved) {
  int sum = 0;
  OrderedPipeline<std::unique_ptr<int>, std::unique_ptr<int>>(3, 4).Run(
      [](auto push) {
        for (int i = 1; i <= 10; ++i)
          push(std::make_unique<int>(i));
      },
      [](std::unique_ptr<int> item) { return item; },
      [&](std::unique_ptr<int> result) {
        sum += *result;
        return true;
      });
  EXPECT_EQ(sum, 55);
}

}  // namespace
}  // namespace klausul::cli
