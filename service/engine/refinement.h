#ifndef KLAUSUL_SERVICE_ENGINE_REFINEMENT_H_
#define KLAUSUL_SERVICE_ENGINE_REFINEMENT_H_

#include <vector>

#include "service/engine/evaluation.h"

namespace klausul::engine {

// Takes out the results that one of a refining rule hides. A rule that makes
// another stricter speaks for both, as long as it does not hide more than it
// says: it has to apply, and a breach stays unless it is told at least as
// severely.
void HideRefined(std::vector<RuleResult>& results);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_REFINEMENT_H_
