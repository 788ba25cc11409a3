#ifndef KLAUSUL_SERVICE_SERVER_METRICS_REGISTRY_H_
#define KLAUSUL_SERVICE_SERVER_METRICS_REGISTRY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

// What a service counts, in the text form that Prometheus reads (version
// 0.0.4). Counting is a few atomic additions, safe from any thread; no lock is
// taken but to find or make a metric. No library: Debian ships that of
// Prometheus without the archive that the static release links.

namespace klausul::server {

// Name and value pairs, such as {{"code", "OK"}}, in the order in which they
// are shown.
using Labels = std::vector<std::pair<std::string, std::string>>;

// Only ever grows.
class Counter {
 public:
  void Add(std::uint64_t count = 1) {
    value_.fetch_add(count, std::memory_order_relaxed);
  }

  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// Goes up and down.
class Gauge {
 public:
  void Set(double value) { value_.store(value, std::memory_order_relaxed); }

  void Add(double delta) { value_.fetch_add(delta, std::memory_order_relaxed); }

  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

// How many observations there were up to each bound.
class Histogram {
 public:
  // Upper bounds, rising; what is past the last is counted too.
  explicit Histogram(std::vector<double> bounds);

  void Observe(double value);

  const std::vector<double>& bounds() const { return bounds_; }

  // Of those above the bound before and up to this one; `bounds().size()` is
  // the rest.
  std::uint64_t count(std::size_t bucket) const;

  double sum() const { return sum_.value(); }

 private:
  std::vector<double> bounds_;
  std::unique_ptr<Counter[]> buckets_;
  Gauge sum_;
};

class MetricsRegistry {
 public:
  // From 100 microseconds to 10 seconds.
  static std::vector<double> LatencyBounds();

  // The metric of a name and its labels, made at the first call; it lives as
  // long as the registry. A name has one type, one help and one set of bounds:
  // those of its first call.
  Counter& GetCounter(absl::string_view name, absl::string_view help,
                      const Labels& labels = {});
  Gauge& GetGauge(absl::string_view name, absl::string_view help,
                  const Labels& labels = {});
  Histogram& GetHistogram(absl::string_view name, absl::string_view help,
                          const std::vector<double>& bounds,
                          const Labels& labels = {});

  // Sets all gauges of a name that no GetGauge() gave out; those of earlier
  // calls are gone. For labels that come and go, such as a version.
  void SetGauges(absl::string_view name, absl::string_view help,
                 const std::vector<std::pair<Labels, double>>& gauges);

  // All metrics, by name, then by labels.
  std::string Render() const;

 private:
  struct Family {
    const char* type = "";
    std::string help;
    // By labels as shown.
    std::map<std::string, std::unique_ptr<Counter>> counters;
    std::map<std::string, std::unique_ptr<Gauge>> gauges;
    std::map<std::string, std::unique_ptr<Histogram>> histograms;
  };

  Family& FamilyOf(absl::string_view name, absl::string_view help,
                   const char* type);

  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_METRICS_REGISTRY_H_
