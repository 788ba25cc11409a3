#include "service/server/metrics_registry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace klausul::server {
namespace {

// `code="OK",method="Evaluate"`, or empty.
std::string Show(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    absl::StrAppend(&out, out.empty() ? "" : ",", name, "=\"",
                    absl::StrReplaceAll(
                        value, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}}),
                    "\"");
  }
  return out;
}

// A time in seconds has ten digits, a sum of latencies more.
std::string AllDigits(double value) {
  return absl::StrFormat("%.15g", value);
}

// `name{labels,more} value`
template <typename Value>
void AppendSample(absl::string_view name, absl::string_view labels,
                  absl::string_view more, Value value, std::string& out) {
  out.append(name.data(), name.size());
  if (!labels.empty() || !more.empty()) {
    absl::StrAppend(&out, "{", labels,
                    labels.empty() || more.empty() ? "" : ",", more, "}");
  }
  absl::StrAppend(&out, " ", value, "\n");
}

void AppendHistogram(const std::string& name, const std::string& labels,
                     const Histogram& histogram, std::string& out) {
  const std::string bucket = absl::StrCat(name, "_bucket");
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
    total += histogram.count(i);
    AppendSample(bucket, labels,
                 absl::StrCat("le=\"", histogram.bounds()[i], "\""), total,
                 out);
  }
  total += histogram.count(histogram.bounds().size());
  AppendSample(bucket, labels, "le=\"+Inf\"", total, out);
  AppendSample(absl::StrCat(name, "_sum"), labels, "",
               AllDigits(histogram.sum()), out);
  AppendSample(absl::StrCat(name, "_count"), labels, "", total, out);
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)),
      buckets_(std::make_unique<Counter[]>(bounds_.size() + 1)) {}

void Histogram::Observe(double value) {
  const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value);
  buckets_[static_cast<std::size_t>(at - bounds_.begin())].Add();
  sum_.Add(value);
}

std::uint64_t Histogram::count(std::size_t bucket) const {
  return buckets_[bucket].value();
}

std::vector<double> MetricsRegistry::LatencyBounds() {
  return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
          0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
}

MetricsRegistry::Family& MetricsRegistry::FamilyOf(absl::string_view name,
                                                   absl::string_view help,
                                                   const char* type) {
  Family& family = families_[std::string(name)];
  if (*family.type == '\0') {
    family.type = type;
    family.help = std::string(help);
  }
  return family;
}

Counter& MetricsRegistry::GetCounter(absl::string_view name,
                                     absl::string_view help,
                                     const Labels& labels) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& counter = FamilyOf(name, help, "counter").counters[Show(labels)];
  if (counter == nullptr) counter = std::make_unique<Counter>();
  return *counter;
}

Gauge& MetricsRegistry::GetGauge(absl::string_view name, absl::string_view help,
                                 const Labels& labels) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& gauge = FamilyOf(name, help, "gauge").gauges[Show(labels)];
  if (gauge == nullptr) gauge = std::make_unique<Gauge>();
  return *gauge;
}

Histogram& MetricsRegistry::GetHistogram(absl::string_view name,
                                         absl::string_view help,
                                         const std::vector<double>& bounds,
                                         const Labels& labels) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& histogram = FamilyOf(name, help, "histogram").histograms[Show(labels)];
  if (histogram == nullptr) histogram = std::make_unique<Histogram>(bounds);
  return *histogram;
}

void MetricsRegistry::SetGauges(
    absl::string_view name, absl::string_view help,
    const std::vector<std::pair<Labels, double>>& gauges) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Family& family = FamilyOf(name, help, "gauge");
  family.gauges.clear();
  for (const auto& [labels, value] : gauges) {
    auto& gauge = family.gauges[Show(labels)];
    gauge = std::make_unique<Gauge>();
    gauge->Set(value);
  }
}

std::string MetricsRegistry::Render() const {
  std::string out;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [name, family] : families_) {
    absl::StrAppend(&out, "# HELP ", name, " ", family.help, "\n# TYPE ", name,
                    " ", family.type, "\n");
    for (const auto& [labels, counter] : family.counters) {
      AppendSample(name, labels, "", counter->value(), out);
    }
    for (const auto& [labels, gauge] : family.gauges) {
      AppendSample(name, labels, "", AllDigits(gauge->value()), out);
    }
    for (const auto& [labels, histogram] : family.histograms) {
      AppendHistogram(name, labels, *histogram, out);
    }
  }
  return out;
}

}  // namespace klausul::server
