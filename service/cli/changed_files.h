#ifndef KLAUSUL_SERVICE_CLI_CHANGED_FILES_H_
#define KLAUSUL_SERVICE_CLI_CHANGED_FILES_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"

namespace klausul::cli {

// The files of the git repository around `folder` that differ from a commit:
// changed since the common ancestor of `base` and HEAD (`base` itself where
// there is none, as in a shallow clone), staged, unstaged and untracked ones
// included, deleted ones not. Absolute paths without links.
//
// INVALID_ARGUMENT where there is no repository, no such
// commit or no git.
absl::StatusOr<std::set<std::string>> ChangedFiles(const std::string& folder,
                                                   const std::string& base);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_CHANGED_FILES_H_
