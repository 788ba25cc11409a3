#ifndef KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
#define KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_

#include <vector>

#include "klausul/v1/finding.pb.h"

#include "service/engine/evaluation.h"

namespace klausul::review {

// The most that are listed.
inline constexpr int kMaxDecidingFields = 20;

// The plan paths that undecided rules miss, those missed most often first,
// equal ones by path; at most kMaxDecidingFields. `paths` are sorted by path.
std::vector<v1::DecidingField> FindDecidingFields(
    std::vector<engine::DecidingPath> paths);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
