#ifndef KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_FOLDER_H_
#define KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_FOLDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "service/base/source.h"

namespace klausul::ruleset {

// A folder of rules that has its registers beside it, such as `rules/no`. Its
// rule set and those in its subfolders encode them.
struct RegisterFolder {
  std::string path;
  // The pages of its `register/`, by name.
  std::vector<std::shared_ptr<const SourceFile>> registers;
  // Its COVERAGE.md: the rows that are left to people. Null where it has none.
  std::shared_ptr<const SourceFile> excused;
};

// Every folder at or below `root` that has a `register/` with a page in it, by
// path. NOT_FOUND where there is no such root, INVALID_ARGUMENT where it is a
// file, RESOURCE_EXHAUSTED past the limits of rule files.
absl::StatusOr<std::vector<RegisterFolder>> ReadRegisterFolders(
    absl::string_view root);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_FOLDER_H_
