#ifndef KLAUSUL_SERVICE_REVIEW_WAIVER_H_
#define KLAUSUL_SERVICE_REVIEW_WAIVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "klausul/v1/finding.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/ruleset/node_ref.h"

namespace klausul::review {

// A decision to live with a finding until a day, in a file beside the
// documents:
//
//   waivers:
//     - rule: no.foa.7-9.weight
//       path: plans/2026/*.yaml
//       reason: The framework ends this year; the next one is weighted.
//       owner: innkjop@fjordvik.example
//       until: 2026-12-31
struct Waiver {
  // What it covers: findings that agree with all of these that are not empty.
  // One of `rule` and `fingerprint` is not.
  std::string rule;
  std::string fingerprint;
  // Pattern for the path of the document, see PathMatches().
  std::string path;
  // The plan's own id.
  std::string plan;
  // Id of the lot.
  std::string subject;

  std::string reason;
  std::string owner;
  // The last day on which it holds.
  absl::CivilDay until;

  // Where it stands, `.klausul.yaml:12`, for messages about it.
  std::string place;
  // Of `rule`, for a message about a rule that does not exist.
  ruleset::NodeRef rule_place;

  // `path` is the document's, from the folder of the waiver's file.
  bool Covers(const v1::Finding& finding, absl::string_view plan_id,
              absl::string_view path) const;
};

// Whether a path, from the folder of the file that the pattern stands in, is
// meant by it: base/glob.h, and as in .gitignore a pattern without `/` means a
// name in any folder, and a folder means all that is in it.
bool PathMatches(absl::string_view pattern, absl::string_view path);

// Reads the list under `waivers:`. Every mistake goes to `sink`.
std::vector<Waiver> ReadWaivers(const ruleset::NodeRef& list,
                                DiagnosticSink& sink);

// Reads a whole file of waivers.
std::vector<Waiver> ReadWaiverFile(std::shared_ptr<const SourceFile> file,
                                   DiagnosticSink& sink);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_WAIVER_H_
