#ifndef KLAUSUL_SERVICE_ENGINE_DECIDING_PATHS_H_
#define KLAUSUL_SERVICE_ENGINE_DECIDING_PATHS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "service/cel/attribute.h"
#include "service/engine/effective_plan.h"
#include "service/engine/evaluation.h"

namespace klausul::engine {

// Counts in how many undetermined results each plan path is missing. Internal
// to this folder.
class DecidingPaths {
 public:
  // The plan must outlive it.
  explicit DecidingPaths(const EffectivePlan& plan) : plan_(plan) {}

  // To be called where paths that were seen may be gone, and others in their
  // places.
  void ForgetPaths() { ids_.clear(); }

  // One result, by its unknowns; null for none.
  void Add(const cel::UnknownSet* first, const cel::UnknownSet* second);

  // One result, by what it misses.
  void Add(const std::vector<std::string>& missing);

  // Sorted by path.
  std::vector<DecidingPath> Sorted() const;

 private:
  int IdOf(const cel::AttributePath* path);
  int IdOf(std::string plan_path);
  // Adds one to each of these, which may be there twice.
  void Count(std::vector<int>& ids);

  const EffectivePlan& plan_;
  std::vector<DecidingPath> paths_;
  absl::flat_hash_map<std::string, int> by_text_;
  absl::flat_hash_map<const cel::AttributePath*, int> ids_;
  // Working memory.
  std::vector<const cel::UnknownSet*> leaves_;
  std::vector<int> found_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_DECIDING_PATHS_H_
