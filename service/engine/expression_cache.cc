#include "service/engine/expression_cache.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace klausul::engine {
namespace {

// A thread costs as much as some tens of expressions; more than a few gain
// nothing.
constexpr std::size_t kExpressionsPerThread = 200;
constexpr std::size_t kMaxThreads = 4;

}  // namespace

ExpressionCache::Key ExpressionCache::KeyOf(const ExpressionRequest& request,
                                            const ExpressionScope& scope) {
  return {scope.environment, request.text,
          request.expected_type.has_value() ? request.expected_type->ToString()
                                            : std::string(),
          request.is_applies};
}

void ExpressionCache::Compile(Job& job) {
  job.result = std::make_unique<Result>();
  job.result->expression =
      CompileExpression(job.request, job.scope, job.result->diagnostics);
}

void ExpressionCache::Expect(const ExpressionRequest& request,
                             const ExpressionScope& scope) {
  if (known_.emplace(KeyOf(request, scope), jobs_.size()).second) {
    jobs_.push_back({request, scope, nullptr});
  }
}

void ExpressionCache::CompileExpected() {
  std::vector<Job*> open;
  for (Job& job : jobs_) {
    if (job.result == nullptr) open.push_back(&job);
  }
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < open.size(); i = next++)
      Compile(*open[i]);
  };
  const std::size_t processors =
      std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const std::size_t wanted =
      std::min({open.size() / kExpressionsPerThread, kMaxThreads, processors});
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < wanted; ++i)
    helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers)
    helper.join();
}

const ExpressionCache::Result& ExpressionCache::Get(
    const ExpressionRequest& request, const ExpressionScope& scope) {
  Expect(request, scope);
  Job& job = jobs_[known_.at(KeyOf(request, scope))];
  if (job.result == nullptr) Compile(job);
  return *job.result;
}

}  // namespace klausul::engine
