#include "service/server/metrics_registry.h"

#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

TEST(MetricsRegistryTest, ShowsWhatPrometheusReads) {
  MetricsRegistry registry;
  registry.GetCounter("b_total", "Of b.", {{"code", "OK"}, {"m", "Get"}})
      .Add(3);
  registry.GetCounter("b_total", "Of b.", {{"code", "NO"}, {"m", "Get"}});
  registry.GetGauge("a", "Of a.").Set(1772359200.5);
  Histogram& seconds =
      registry.GetHistogram("c", "Of c.", {0.5, 2}, {{"m", "x"}});
  // A bound is part of its bucket.
  for (const double value : {0.25, 0.5, 1.0, 8.0})
    seconds.Observe(value);
  EXPECT_EQ(registry.Render(),
            "# HELP a Of a.\n# TYPE a gauge\n"
            "a 1772359200.5\n"
            "# HELP b_total Of b.\n# TYPE b_total counter\n"
            "b_total{code=\"NO\",m=\"Get\"} 0\n"
            "b_total{code=\"OK\",m=\"Get\"} 3\n"
            "# HELP c Of c.\n# TYPE c histogram\n"
            "c_bucket{m=\"x\",le=\"0.5\"} 2\n"
            "c_bucket{m=\"x\",le=\"2\"} 3\n"
            "c_bucket{m=\"x\",le=\"+Inf\"} 4\n"
            "c_sum{m=\"x\"} 9.75\n"
            "c_count{m=\"x\"} 4\n");
}

TEST(MetricsRegistryTest, LabelsAreEscaped) {
  MetricsRegistry registry;
  registry.GetGauge("a", "h", {{"l", "\"x\\\n"}}).Set(1);
  EXPECT_EQ(registry.Render(),
            "# HELP a h\n# TYPE a gauge\na{l=\"\\\"x\\\\\\n\"} 1\n");
}

TEST(MetricsRegistryTest, SetGaugesForgetsThoseBefore) {
  MetricsRegistry registry;
  registry.SetGauges("v", "h", {{{{"version", "1"}}, 1}});
  registry.SetGauges("v", "h", {{{{"version", "2"}}, 1}});
  EXPECT_EQ(registry.Render(),
            "# HELP v h\n# TYPE v gauge\nv{version=\"2\"} 1\n");
}

TEST(MetricsRegistryTest, NothingIsLostBetweenThreads) {
  constexpr int kThreads = 4;
  constexpr int kEach = 5000;
  MetricsRegistry registry;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kEach; ++n) {
        registry.GetCounter("n_total", "h").Add();
        registry.GetGauge("g", "h").Add(n % 2 == 0 ? 1 : -1);
        registry.GetHistogram("s", "h", {1}).Observe(1);
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(registry.GetCounter("n_total", "h").value(),
            static_cast<std::uint64_t>(kThreads * kEach));
  EXPECT_EQ(registry.GetGauge("g", "h").value(), 0);
  EXPECT_EQ(registry.GetHistogram("s", "h", {1}).sum(), kThreads * kEach);
}

TEST(MetricsRegistryTest, LatencyBoundsRise) {
  const std::vector<double> bounds = MetricsRegistry::LatencyBounds();
  for (std::size_t i = 1; i < bounds.size(); ++i)
    EXPECT_LT(bounds[i - 1], bounds[i]);
}

}  // namespace
}  // namespace klausul::server
