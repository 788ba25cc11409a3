#ifndef KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
#define KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_

#include <vector>

#include "klausul/v1/finding.pb.h"

#include "service/engine/evaluation.h"

namespace klausul::review {

// The most that are listed.
inline constexpr int kMaxDecidingFields = 20;

// The plan paths that undecided rules name, those named most often first, equal
// ones by path; at most kMaxDecidingFields.
std::vector<v1::DecidingField> FindDecidingFields(
    const std::vector<engine::RuleResult>& results);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
