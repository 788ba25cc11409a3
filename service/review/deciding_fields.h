#ifndef KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
#define KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_

#include <vector>

#include <google/protobuf/repeated_ptr_field.h>

#include "klausul/v1/finding.pb.h"

#include "service/engine/evaluation.h"

namespace klausul::review {

// The most that are listed.
inline constexpr int kMaxDecidingFields = 20;

// Adds the plan paths that undecided rules miss, those missed most often first,
// equal ones by path; at most kMaxDecidingFields. `paths` are sorted by path.
void AddDecidingFields(
    std::vector<engine::DecidingPath> paths,
    google::protobuf::RepeatedPtrField<v1::DecidingField>& fields);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
