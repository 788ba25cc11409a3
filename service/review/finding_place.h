#ifndef KLAUSUL_SERVICE_REVIEW_FINDING_PLACE_H_
#define KLAUSUL_SERVICE_REVIEW_FINDING_PLACE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/finding.pb.h"

#include "service/intake/source_map.h"

namespace klausul::review {

// The most places that one finding shows; a rule over every lot of a large
// notice would fill a page.
inline constexpr int kMaxLocations = 10;

// Whether places come with the line of the document.
enum class Excerpts { kLeaveOut, kFill };

// Where a finding stands in its document: the places of its fields, else the
// nearest stated group of what is missing, else the lot it is about, else the
// root. `first_line` is the number of the document's first line in its file.
// Distinct places, in the order of the document, at most kMaxLocations; with
// what stands there, if asked for.
void SetLocations(const intake::SourceMap& source_map, std::int32_t first_line,
                  v1::Finding& finding,
                  Excerpts excerpts = Excerpts::kLeaveOut);

// The first 32 hex digits of SHA-256 over rule id, plan id (else the uri),
// subject and field paths: the same finding in the same document keeps it
// whatever else changes.
std::string Fingerprint(const v1::Finding& finding, absl::string_view plan_id,
                        absl::string_view uri);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_FINDING_PLACE_H_
