#ifndef KLAUSUL_SERVICE_REVIEW_BASELINE_H_
#define KLAUSUL_SERVICE_REVIEW_BASELINE_H_

#include <cstddef>
#include <istream>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace klausul::review {

// What an earlier check found: its broken rules, by fingerprint. Findings that
// stand in it are known; only new ones fail a check. Immutable.
class Baseline {
 public:
  // Reads a report of `klausul check` in the form json, jsonl or sarif; what
  // was waived there is not known here. Memory is that of the fingerprints,
  // however long the report. INVALID_ARGUMENT, with the byte, where it is no
  // such report.
  static absl::StatusOr<Baseline> Read(std::istream& report);

  bool Contains(absl::string_view fingerprint) const {
    return fingerprints_.contains(fingerprint);
  }

  std::size_t size() const { return fingerprints_.size(); }

 private:
  absl::flat_hash_set<std::string> fingerprints_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_BASELINE_H_
