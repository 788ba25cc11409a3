#ifndef KLAUSUL_SERVICE_ENGINE_EVALUATION_WORKSPACE_H_
#define KLAUSUL_SERVICE_ENGINE_EVALUATION_WORKSPACE_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "service/cel/eval_arena.h"
#include "service/cel/value.h"
#include "service/engine/graph/graph_evaluator.h"

// Memory that evaluations of one program use again. Internal to this folder.

namespace klausul::engine {

// A fact's value, for the plan or for one lot.
struct FactValue {
  cel::Value value;
  bool known = false;
};

// What one evaluation works in.
struct EvaluationWorkspace {
  // What the values of usual plans take.
  static constexpr std::size_t kKeptBytes = std::size_t{64} << 10;

  explicit EvaluationWorkspace(const Graph& program) : graph(program) {}

  GraphEvaluator graph;
  // Parameters and facts of the plan; those of the lot at hand.
  cel::EvalArena plan_arena{kKeptBytes};
  cel::EvalArena lot_arena{kKeptBytes};
  std::vector<FactValue> plan_facts;
  std::vector<FactValue> lot_facts;
};

// Workspaces that are warm, for calls from any thread. There come to be as many
// as there are calls at one time.
class WorkspacePool {
 public:
  explicit WorkspacePool(std::shared_ptr<const Graph> graph)
      : graph_(std::move(graph)) {}

  // A workspace for as long as this lives.
  class Lease {
   public:
    explicit Lease(WorkspacePool& pool)
        : pool_(pool), workspace_(pool.Take()) {}

    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    ~Lease() { pool_.Give(std::move(workspace_)); }

    EvaluationWorkspace& operator*() const { return *workspace_; }

   private:
    WorkspacePool& pool_;
    std::unique_ptr<EvaluationWorkspace> workspace_;
  };

 private:
  std::unique_ptr<EvaluationWorkspace> Take() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<EvaluationWorkspace> workspace =
            std::move(idle_.back());
        idle_.pop_back();
        return workspace;
      }
    }
    return std::make_unique<EvaluationWorkspace>(*graph_);
  }

  void Give(std::unique_ptr<EvaluationWorkspace> workspace) {
    workspace->plan_arena.Reset();
    workspace->lot_arena.Reset();
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(workspace));
  }

  const std::shared_ptr<const Graph> graph_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<EvaluationWorkspace>> idle_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_EVALUATION_WORKSPACE_H_
