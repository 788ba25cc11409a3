#include "service/server/serving_rules.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

const absl::Time kThen = absl::FromUnixSeconds(1'772'323'200);
const absl::Time kLater = kThen + absl::Hours(1);

TEST(ServingRulesTest, WhatWasTakenStaysAsItWas) {
  ServingRules rules(TestCatalogue(), "sha256:1", kThen);
  const std::shared_ptr<const Served> before = rules.Current();
  const auto other = TestCatalogue();
  rules.Replace(other, "sha256:2", kLater);
  EXPECT_EQ(before->bundle_digest, "sha256:1");
  EXPECT_EQ(before->load_time, kThen);
  const std::shared_ptr<const Served> after = rules.Current();
  EXPECT_EQ(after->bundle_digest, "sha256:2");
  EXPECT_EQ(after->load_time, kLater);
  EXPECT_EQ(after->catalogue, other);
  EXPECT_EQ(&after->reviewer.catalogue(), other.get());
}

TEST(ServingRulesTest, ARefusalLeavesTheRules) {
  ServingRules rules(TestCatalogue(), "sha256:1", kThen);
  const auto refused = std::make_shared<const v1::RefusedUpdate>();
  const auto catalogue = rules.Current()->catalogue;
  rules.SetRefused(refused);
  EXPECT_EQ(rules.Current()->refused, refused);
  EXPECT_EQ(rules.Current()->catalogue, catalogue);
  EXPECT_EQ(rules.Current()->load_time, kThen);
  rules.SetRefused(nullptr);
  EXPECT_EQ(rules.Current()->refused, nullptr);
  rules.SetRefused(refused);
  rules.Replace(catalogue, "sha256:2", kLater);
  EXPECT_EQ(rules.Current()->refused, nullptr);
}

TEST(ServingRulesTest, NoReaderSeesHalfASwap) {
  ServingRules rules(TestCatalogue(), "even", kThen);
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const std::shared_ptr<const Served> served = rules.Current();
        if ((served->bundle_digest == "even") != (served->load_time == kThen)) {
          ++wrong;
        }
      }
    });
  }
  const auto catalogue = TestCatalogue();
  for (int i = 0; i < 2000; ++i) {
    const bool even = i % 2 == 1;
    rules.Replace(catalogue, even ? "even" : "odd", even ? kThen : kLater);
  }
  stop = true;
  for (std::thread& reader : readers)
    reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace klausul::server
