#ifndef KLAUSUL_SERVICE_CLI_ORDERED_PIPELINE_H_
#define KLAUSUL_SERVICE_CLI_ORDERED_PIPELINE_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/optional.h"

namespace klausul::cli {

// One that reads, several that work, one that writes, in the order of reading.
//
//   OrderedPipeline<Line, Report>(8, 32).Run(
//       [&](auto push) { while (...) if (!push(line)) return; },
//       [&](Line line) { return Evaluate(line); },
//       [&](Report report) { Print(report); return true; });
//
// The caller's thread writes; reading and work have threads of their own, which
// end before Run() does. At most `ahead` items are between reading and writing,
// so that memory stays flat over any number of them: whoever is faster waits.
// Item and Result are movable. With one job everything happens on the caller's
// thread, one item after the other.
template <typename Item, typename Result>
class OrderedPipeline {
 public:
  // Takes an item; false where no more are wanted.
  using Push = absl::FunctionRef<bool(Item)>;

  OrderedPipeline(int jobs, std::size_t ahead) : jobs_(jobs), ahead_(ahead) {}

  OrderedPipeline(const OrderedPipeline&) = delete;
  OrderedPipeline& operator=(const OrderedPipeline&) = delete;

  // Once. `write` says whether to go on; after a `false` nothing more is
  // written, and reading ends with the next push. `work` is called from several
  // threads.
  void Run(absl::FunctionRef<void(Push)> read,
           absl::FunctionRef<Result(Item)> work,
           absl::FunctionRef<bool(Result)> write) {
    if (jobs_ <= 1) {
      bool go_on = true;
      read([&](Item item) {
        go_on = go_on && write(work(std::move(item)));
        return go_on;
      });
      return;
    }
    std::thread reader([&] {
      read([&](Item item) { return Add(std::move(item), work); });
      const std::lock_guard<std::mutex> lock(mutex_);
      all_read_ = true;
      done_.notify_one();
      to_do_.notify_all();
    });
    while (absl::optional<Result> result = TakeFirst()) {
      if (!write(*std::move(result))) break;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_ = true;
      room_.notify_all();
      to_do_.notify_all();
    }
    reader.join();
    // Only the reader starts them.
    for (std::thread& worker : workers_)
      worker.join();
  }

 private:
  // An item on its way: what came of it is there once it is worked off.
  struct Slot {
    absl::optional<Item> item;
    absl::optional<Result> result;
  };

  bool Add(Item item, absl::FunctionRef<Result(Item)> work) {
    std::unique_lock<std::mutex> lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || slots_.size() < ahead_; });
    if (stopped_) return false;
    slots_.emplace_back().item = std::move(item);
    // Threads start as there is work for them: a few files need only a few.
    if (idle_ < slots_.size() - begun_ &&
        workers_.size() < static_cast<std::size_t>(jobs_)) {
      workers_.emplace_back([this, work] { Work(work); });
    }
    to_do_.notify_one();
    return true;
  }

  void Work(absl::FunctionRef<Result(Item)> work) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      ++idle_;
      to_do_.wait(lock, [&] {
        return stopped_ || begun_ < slots_.size() || all_read_;
      });
      --idle_;
      if (stopped_ || begun_ == slots_.size()) return;
      // Taking from the front and adding to the back leave it where it is.
      Slot& slot = slots_[begun_++];
      Item item = *std::move(slot.item);
      slot.item.reset();
      lock.unlock();
      Result result = work(std::move(item));
      lock.lock();
      slot.result = std::move(result);
      if (&slot == &slots_.front()) done_.notify_one();
    }
  }

  // The next result in order; nothing after the last.
  absl::optional<Result> TakeFirst() {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [&] {
      return slots_.empty() ? all_read_ : slots_.front().result.has_value();
    });
    if (slots_.empty()) return absl::nullopt;
    absl::optional<Result> result = std::move(slots_.front().result);
    slots_.pop_front();
    --begun_;
    room_.notify_one();
    return result;
  }

  const int jobs_;
  const std::size_t ahead_;

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable to_do_;
  std::condition_variable done_;
  // In order of reading; the first `begun_` are with a worker or worked off.
  std::deque<Slot> slots_;
  std::size_t begun_ = 0;
  // Workers that wait.
  std::size_t idle_ = 0;
  bool all_read_ = false;
  bool stopped_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_ORDERED_PIPELINE_H_
