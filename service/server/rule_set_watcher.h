#ifndef KLAUSUL_SERVICE_SERVER_RULE_SET_WATCHER_H_
#define KLAUSUL_SERVICE_SERVER_RULE_SET_WATCHER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace klausul::server {

// A thread that reloads when it is asked to, and when something has changed:
//
//   RuleSetWatcher watcher({}, [&] { return reloader.IsStale(); },
//                          [&] { Tell(reloader.Run(absl::Now())); });
//   watcher.Poke();   // on SIGHUP
class RuleSetWatcher {
 public:
  struct Options {
    // How often `is_stale` is asked; zero: never, only Poke() reloads.
    std::chrono::milliseconds interval{1000};
  };

  // Both are called on the watcher's thread, one after the other.
  RuleSetWatcher(const Options& options, std::function<bool()> is_stale,
                 std::function<void()> reload);

  // A reload under way is waited for.
  ~RuleSetWatcher();
  RuleSetWatcher(const RuleSetWatcher&) = delete;
  RuleSetWatcher& operator=(const RuleSetWatcher&) = delete;

  // Has it reload soon, whether something has changed or not. Returns at once.
  void Poke();

 private:
  void Run();

  Options options_;
  std::function<bool()> is_stale_;
  std::function<void()> reload_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  bool poked_ = false;
  std::thread thread_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_SET_WATCHER_H_
