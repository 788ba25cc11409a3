#include "service/server/rule_set_watcher.h"

#include <utility>

namespace klausul::server {

RuleSetWatcher::RuleSetWatcher(const Options& options,
                               std::function<bool()> is_stale,
                               std::function<void()> reload)
    : options_(options),
      is_stale_(std::move(is_stale)),
      reload_(std::move(reload)) {
  thread_ = std::thread([this] { Run(); });
}

RuleSetWatcher::~RuleSetWatcher() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void RuleSetWatcher::Poke() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    poked_ = true;
  }
  wake_.notify_one();
}

void RuleSetWatcher::Run() {
  const auto is_woken = [this] { return stop_ || poked_; };
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stop_) {
    if (options_.interval.count() > 0) {
      wake_.wait_for(lock, options_.interval, is_woken);
    } else {
      wake_.wait(lock, is_woken);
    }
    if (stop_) return;
    const bool poked = std::exchange(poked_, false);
    lock.unlock();
    if (poked || is_stale_()) reload_();
    lock.lock();
  }
}

}  // namespace klausul::server
