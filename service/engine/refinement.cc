#include "service/engine/refinement.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace klausul::engine {
namespace {

bool Hides(const RuleResult& strict, const RuleResult& base) {
  if (strict.subject != base.subject ||
      strict.rule->refines() != base.rule->id() ||
      strict.outcome == v1::Finding::NOT_APPLICABLE ||
      strict.outcome == v1::Finding::FAILED ||
      base.outcome == v1::Finding::FAILED) {
    return false;
  }
  return base.outcome != v1::Finding::VIOLATED ||
         (strict.outcome == v1::Finding::VIOLATED &&
          strict.rule->severity() >= base.rule->severity());
}

}  // namespace

void HideRefined(std::vector<RuleResult>& results) {
  std::vector<const RuleResult*> strict;
  for (const RuleResult& result : results) {
    if (!result.rule->refines().empty()) strict.push_back(&result);
  }
  if (strict.empty()) return;
  std::vector<bool> hidden(results.size(), false);
  for (std::size_t i = 0; i < results.size(); ++i) {
    hidden[i] = std::any_of(
        strict.begin(), strict.end(),
        [&](const RuleResult* other) { return Hides(*other, results[i]); });
  }
  std::vector<RuleResult> kept;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!hidden[i]) kept.push_back(std::move(results[i]));
  }
  results = std::move(kept);
}

}  // namespace klausul::engine
