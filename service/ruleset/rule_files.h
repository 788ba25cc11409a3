#ifndef KLAUSUL_SERVICE_RULESET_RULE_FILES_H_
#define KLAUSUL_SERVICE_RULESET_RULE_FILES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The files of rule sets, before anything is read into them.

namespace klausul::ruleset {

// What bounds the files of one root. A country's law takes some hundred
// kilobytes in twenty files; the bounds leave room for fifty countries and
// still keep a stranger's upload in check.
struct RuleFileLimits {
  std::size_t max_files = 2000;
  std::size_t max_file_bytes = std::size_t{4} << 20;
  std::size_t max_total_bytes = std::size_t{64} << 20;
};

// One file. Its path is relative to the root of the rules, with `/` between
// its parts, such as `no/foa-climate.yaml`.
struct RuleFile {
  std::string path;
  std::string content;

  friend bool operator<(const RuleFile& a, const RuleFile& b) {
    return a.path < b.path;
  }
};

// Reads every `.yaml` and `.yml` file below a folder, sorted by path. Hidden
// names and symbolic links to folders are passed over; other files are not
// rules. NOT_FOUND where there is no such folder, INVALID_ARGUMENT where it is
// a file, RESOURCE_EXHAUSTED past a limit.
absl::StatusOr<std::vector<RuleFile>> ReadRuleFiles(
    absl::string_view root, const RuleFileLimits& limits = {});

// One file, whatever its name. Statuses as above.
absl::StatusOr<std::string> ReadRuleFile(absl::string_view path,
                                         const RuleFileLimits& limits = {});

// Puts `content` in the place of a file that is there, whole or not at all: it
// is written beside it and then takes its name, with the file's permissions.
// UNAVAILABLE where the folder or the disk does not allow it.
absl::Status ReplaceRuleFile(absl::string_view path, absl::string_view content);

// Puts `content` at a path, whole or not at all, whatever is there.
// UNAVAILABLE where the folder or the disk does not allow it.
absl::Status WriteFileWhole(absl::string_view path, absl::string_view content);

// OK where all paths are relative, without empty, `.` or `..` parts,
// backslashes or doubles, and the sizes keep the limits; for files that came
// over the wire. INVALID_ARGUMENT or RESOURCE_EXHAUSTED else.
absl::Status CheckRuleFiles(const std::vector<RuleFile>& files,
                            const RuleFileLimits& limits = {});

// The part of a path before its last `/`, or empty.
absl::string_view FolderOf(absl::string_view path);

// The last part of a path without `.yaml` or `.yml`.
absl::string_view StemOf(absl::string_view path);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_RULE_FILES_H_
