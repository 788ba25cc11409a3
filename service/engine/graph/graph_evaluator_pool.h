#ifndef KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_POOL_H_
#define KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_POOL_H_

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include "service/engine/graph/graph_evaluator.h"

namespace klausul::engine {

// Evaluators of one graph that are warm, for calls from any thread. There come
// to be as many as there are calls at one time.
class GraphEvaluatorPool {
 public:
  explicit GraphEvaluatorPool(std::shared_ptr<const Graph> graph)
      : graph_(std::move(graph)) {}

  // An evaluator for as long as this lives.
  class Lease {
   public:
    explicit Lease(GraphEvaluatorPool& pool)
        : pool_(pool), evaluator_(pool.Take()) {}

    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    ~Lease() { pool_.Give(std::move(evaluator_)); }

    GraphEvaluator* get() const { return evaluator_.get(); }

   private:
    GraphEvaluatorPool& pool_;
    std::unique_ptr<GraphEvaluator> evaluator_;
  };

 private:
  std::unique_ptr<GraphEvaluator> Take() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      const absl::MutexLock lock(&mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<GraphEvaluator> evaluator = std::move(idle_.back());
        idle_.pop_back();
        return evaluator;
      }
    }
    return std::make_unique<GraphEvaluator>(*graph_);
  }

  void Give(std::unique_ptr<GraphEvaluator> evaluator)
      ABSL_LOCKS_EXCLUDED(mutex_) {
    const absl::MutexLock lock(&mutex_);
    idle_.push_back(std::move(evaluator));
  }

  const std::shared_ptr<const Graph> graph_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<GraphEvaluator>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_POOL_H_
