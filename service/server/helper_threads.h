#ifndef KLAUSUL_SERVICE_SERVER_HELPER_THREADS_H_
#define KLAUSUL_SERVICE_SERVER_HELPER_THREADS_H_

#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"

namespace klausul::server {

// Threads that help calls whose work falls into parts which do not depend on
// each other, such as the entries of one message of a stream:
//
//   helpers.ForEach(parts, [&](std::size_t part) { ... });
//
// The calling thread works too, so a call gets on when all helpers are busy
// with others; they only shorten it. Thread-safe.
class HelperThreads {
 public:
  // 0: calls work alone.
  explicit HelperThreads(int threads);
  ~HelperThreads();

  HelperThreads(const HelperThreads&) = delete;
  HelperThreads& operator=(const HelperThreads&) = delete;

  int count() const { return static_cast<int>(threads_.size()); }

  // Calls `work` with each number below `parts`, on several threads in no
  // order, and returns when all are done.
  void ForEach(std::size_t parts, absl::FunctionRef<void(std::size_t)> work);

 private:
  // The work of one call, on that call's stack.
  struct Job {
    absl::FunctionRef<void(std::size_t)> work;
    std::size_t parts;
    std::size_t next = 0;
    // Parts that are being worked on.
    std::size_t running = 0;
    std::condition_variable done;
  };

  // Works on parts of a job until all are taken. `lock` is held in between.
  static void Work(Job& job, std::unique_lock<std::mutex>& lock);

  void Run();

  std::mutex mutex_;
  std::condition_variable has_work_;
  bool stop_ = false;
  // Those with parts that nobody has taken.
  std::list<Job*> jobs_;
  std::vector<std::thread> threads_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_HELPER_THREADS_H_
