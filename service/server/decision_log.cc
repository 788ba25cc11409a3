#include "service/server/decision_log.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/time/clock.h"

namespace klausul::server {

absl::StatusOr<std::unique_ptr<DecisionLog>> DecisionLog::Open(
    const Options& options, MetricsRegistry& metrics, LogSink log) {
  auto file = RotatingFile::Open(options.file);
  if (!file.ok()) return file.status();
  return std::unique_ptr<DecisionLog>(
      new DecisionLog(options, *std::move(file), metrics, std::move(log)));
}

DecisionLog::DecisionLog(const Options& options,
                         std::unique_ptr<RotatingFile> file,
                         MetricsRegistry& metrics, LogSink log)
    : options_(options),
      file_(std::move(file)),
      log_(std::move(log)),
      written_(metrics.GetCounter("klausul_decision_log_written_total",
                                  "Lines of the decision log.")),
      dropped_(metrics.GetCounter(
          "klausul_decision_log_dropped_total",
          "Evaluations that the decision log left out, since it could not keep "
          "up or could not be written.")),
      queued_(metrics.GetGauge("klausul_decision_log_queued",
                               "Evaluations that wait for the decision log.")) {
  thread_ = std::thread([this] { Run(); });
}

DecisionLog::~DecisionLog() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool DecisionLog::Record(review::Evaluated evaluated) {
  const std::size_t bytes = evaluated.ByteSize();
  bool was_empty = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (queue_.size() >= options_.max_queued ||
        queued_bytes_ + bytes > options_.max_queued_bytes) {
      ++left_out_;
      dropped_.Add();
      return false;
    }
    was_empty = queue_.empty();
    queue_.push_back(std::move(evaluated));
    queued_bytes_ += bytes;
  }
  queued_.Add(1);
  if (was_empty) wake_.notify_one();
  return true;
}

void DecisionLog::Run() {
  // Missing before the next batch: what was left out while the queue was full
  // came after all that was in it.
  std::uint64_t missing = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || !queue_.empty(); });
    if (queue_.empty()) return;
    std::vector<review::Evaluated> batch = std::exchange(queue_, {});
    queued_bytes_ = 0;
    const std::uint64_t left_out = std::exchange(left_out_, 0);
    lock.unlock();
    queued_.Add(-static_cast<double>(batch.size()));
    missing = Write(batch, missing) + left_out;
    lock.lock();
  }
}

std::uint64_t DecisionLog::Write(const std::vector<review::Evaluated>& batch,
                                 std::uint64_t dropped) {
  // Of one write: enough that the system call does not matter.
  constexpr std::size_t kWriteBytes = std::size_t{256} << 10;
  constexpr std::uint64_t kMaxCount = std::numeric_limits<std::int32_t>::max();
  std::string lines;
  std::uint64_t count = 0;
  // Said in the lines that are not yet written.
  std::uint64_t said = 0;
  const auto flush = [&] {
    if (lines.empty()) return;
    const absl::Status status = file_->Write(lines);
    if (status.ok()) {
      written_.Add(count);
    } else {
      dropped_.Add(count);
      dropped += said + count;
      if (log_) {
        log_(LogLine("error", "decision_log", absl::Now())
                 .Add("message", std::string(status.message()))
                 .Add("dropped", static_cast<std::int64_t>(count)));
      }
    }
    lines.clear();
    count = 0;
    said = 0;
  };
  for (const review::Evaluated& evaluated : batch) {
    auto record = review::MakeDecision(evaluated, options_.contents);
    if (record.ok()) {
      record->set_dropped_before(
          static_cast<std::int32_t>(std::min(dropped, kMaxCount)));
    }
    const std::string line =
        record.ok() ? review::DecisionLine(*record) : std::string();
    if (line.empty()) {
      dropped_.Add();
      ++dropped;
      continue;
    }
    said += std::exchange(dropped, 0);
    lines += line;
    ++count;
    if (lines.size() >= kWriteBytes) flush();
  }
  flush();
  return dropped;
}

}  // namespace klausul::server
