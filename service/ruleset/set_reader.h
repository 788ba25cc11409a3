#ifndef KLAUSUL_SERVICE_RULESET_SET_READER_H_
#define KLAUSUL_SERVICE_RULESET_SET_READER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/ruleset/rule_files.h"
#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {

// One set's files; paths are relative to the set's folder.
struct SetFiles {
  // The set's folder under the root; empty: the root itself.
  std::string folder;
  std::vector<RuleFile> files;
};

// The name of the file that makes a folder a rule set.
inline constexpr absl::string_view kHeaderFile = "rule_set.yaml";

// Parts a root into its sets: a file belongs to the nearest folder at or above
// it that has a `rule_set.yaml`. Sorted by folder. Files that belong to none
// are reported.
std::vector<SetFiles> PartIntoSets(std::vector<RuleFile> files,
                                   absl::string_view display_root,
                                   DiagnosticSink& sink);

// Reads every file of one set into `draft`. `display_root` is put before paths
// in messages, such as `rules/no`.
//
// A file in `plans/` is a plan, one in `register/` is left alone; any other
// holds `rules`, `facts`, `parameters`, `calendar` and `advice`, or is the
// header.
void ReadSet(const SetFiles& files, absl::string_view display_root,
             SetDraft& draft);

// `a/b`, or the other where one of them is empty.
std::string JoinPath(absl::string_view a, absl::string_view b);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_SET_READER_H_
