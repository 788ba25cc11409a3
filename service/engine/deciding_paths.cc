#include "service/engine/deciding_paths.h"

#include <algorithm>
#include <utility>

namespace klausul::engine {

void DecidingPaths::Add(const cel::UnknownSet* first,
                        const cel::UnknownSet* second) {
  leaves_.clear();
  if (first != nullptr) first->AddLeaves(leaves_);
  if (second != nullptr) second->AddLeaves(leaves_);
  found_.clear();
  for (const cel::UnknownSet* const leaf : leaves_) {
    if (leaf->path != nullptr) found_.push_back(IdOf(leaf->path));
  }
  Count(found_);
}

void DecidingPaths::Add(const std::vector<std::string>& missing) {
  found_.clear();
  for (const std::string& path : missing)
    found_.push_back(IdOf(path));
  Count(found_);
}

std::vector<DecidingPath> DecidingPaths::Sorted() const {
  std::vector<DecidingPath> sorted = paths_;
  std::sort(sorted.begin(), sorted.end(),
            [](const DecidingPath& a, const DecidingPath& b) {
              return a.path < b.path;
            });
  return sorted;
}

int DecidingPaths::IdOf(const cel::AttributePath* path) {
  const auto [place, is_new] = ids_.emplace(path, 0);
  if (is_new) place->second = IdOf(plan_.PlanPath(path->ToString()));
  return place->second;
}

int DecidingPaths::IdOf(std::string plan_path) {
  const auto [place, is_new] =
      by_text_.emplace(std::move(plan_path), static_cast<int>(paths_.size()));
  if (is_new) paths_.push_back({place->first, 0});
  return place->second;
}

void DecidingPaths::Count(std::vector<int>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (const int id : ids)
    ++paths_[static_cast<std::size_t>(id)].count;
}

}  // namespace klausul::engine
