#ifndef KLAUSUL_SERVICE_SERVER_DECISION_LOG_H_
#define KLAUSUL_SERVICE_SERVER_DECISION_LOG_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"

#include "service/review/decision.h"
#include "service/server/json_log.h"
#include "service/server/metrics_registry.h"
#include "service/server/rotating_file.h"

namespace klausul::server {

// Writes one line of JSON (klausul.v1.DecisionRecord) an evaluation, on a
// thread of its own. A call never waits for it: what does not fit into the
// queue is left out and counted, in a metric and in the line that follows.
class DecisionLog {
 public:
  struct Options {
    RotatingFile::Options file;
    review::DecisionContents contents;
    // Of the queue: some seconds of a busy server.
    std::size_t max_queued = 20'000;
    std::size_t max_queued_bytes = std::size_t{128} << 20;
  };

  // UNAVAILABLE where the file cannot be written. `metrics` outlives the log;
  // `log` is told of files that can no longer be written.
  static absl::StatusOr<std::unique_ptr<DecisionLog>> Open(
      const Options& options, MetricsRegistry& metrics, LogSink log);

  // What is in the queue is written first.
  ~DecisionLog();
  DecisionLog(const DecisionLog&) = delete;
  DecisionLog& operator=(const DecisionLog&) = delete;

  // Thread-safe; false where the evaluation was left out.
  bool Record(review::Evaluated evaluated);

 private:
  DecisionLog(const Options& options, std::unique_ptr<RotatingFile> file,
              MetricsRegistry& metrics, LogSink log);

  void Run();
  // Writes a batch; `dropped` evaluations before it are missing. How many of
  // the batch are.
  std::uint64_t Write(const std::vector<review::Evaluated>& batch,
                      std::uint64_t dropped);

  const Options options_;
  std::unique_ptr<RotatingFile> file_;
  LogSink log_;
  Counter& written_;
  Counter& dropped_;
  Gauge& queued_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::vector<review::Evaluated> queue_;
  std::size_t queued_bytes_ = 0;
  // Left out since the queue was taken.
  std::uint64_t left_out_ = 0;
  std::thread thread_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_DECISION_LOG_H_
