#ifndef KLAUSUL_SERVICE_RULESET_RULE_ARCHIVE_H_
#define KLAUSUL_SERVICE_RULESET_RULE_ARCHIVE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

namespace klausul::ruleset {

// A folder that keeps every bundle that was served, by its digest:
// `<64 hex digits>.klausul-bundle`. Nothing is ever taken out of it.
class RuleArchive {
 public:
  explicit RuleArchive(std::string folder);

  // Makes sure that the files are in the archive. Written whole or not at all;
  // a bundle that is there already is left as it is. `repository` was loaded
  // from `files`. UNAVAILABLE where the folder cannot be written.
  absl::Status Store(const std::vector<RuleFile>& files,
                     const RuleSetRepository& repository) const;

  // The files of a digest, `sha256:` and 64 hex digits. NOT_FOUND where the
  // archive has none, INVALID_ARGUMENT where it is no digest, DATA_LOSS where
  // what is there has another.
  absl::StatusOr<std::vector<RuleFile>> Load(absl::string_view digest) const;

 private:
  absl::StatusOr<std::string> PathOf(absl::string_view digest) const;

  std::string folder_;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_RULE_ARCHIVE_H_
