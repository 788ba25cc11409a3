#ifndef KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
#define KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "klausul/v1/finding.pb.h"

#include "service/engine/evaluation.h"

namespace klausul::review {

// The most that are listed.
inline constexpr int kMaxDecidingFields = 20;

// The plan paths that undecided rules name, those named most often first, equal
// ones by path; at most kMaxDecidingFields.
std::vector<v1::DecidingField> FindDecidingFields(
    const std::vector<engine::RuleResult>& results);

// The eForms id of the field at a plan path, such as `BT-539-Lot`, or empty.
// For a finding on a lot the field's id on lots, else its first.
std::string EformsId(absl::string_view plan_path, bool about_lot);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_DECIDING_FIELDS_H_
