#include "service/server/helper_threads.h"

namespace klausul::server {

HelperThreads::HelperThreads(int threads) {
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i)
    threads_.emplace_back([this] { Run(); });
}

HelperThreads::~HelperThreads() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
}

void HelperThreads::ForEach(std::size_t parts,
                            absl::FunctionRef<void(std::size_t)> work) {
  if (threads_.empty() || parts < 2) {
    for (std::size_t part = 0; part < parts; ++part)
      work(part);
    return;
  }
  Job job{work, parts, 0, 0, {}};
  std::unique_lock<std::mutex> lock(mutex_);
  const auto place = jobs_.insert(jobs_.end(), &job);
  // One part is for this thread.
  if (parts - 1 < threads_.size()) {
    for (std::size_t i = 1; i < parts; ++i)
      has_work_.notify_one();
  } else {
    has_work_.notify_all();
  }
  Work(job, lock);
  jobs_.erase(place);
  job.done.wait(lock, [&] { return job.running == 0; });
}

void HelperThreads::Work(Job& job, std::unique_lock<std::mutex>& lock) {
  while (job.next < job.parts) {
    const std::size_t part = job.next++;
    ++job.running;
    lock.unlock();
    job.work(part);
    lock.lock();
    --job.running;
  }
  if (job.running == 0) job.done.notify_one();
}

void HelperThreads::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    Job* job = nullptr;
    has_work_.wait(lock, [&] {
      for (Job* candidate : jobs_) {
        if (candidate->next < candidate->parts) job = candidate;
        if (job != nullptr) return true;
      }
      return stop_;
    });
    if (job == nullptr) return;
    Work(*job, lock);
  }
}

}  // namespace klausul::server
