#ifndef KLAUSUL_SERVICE_CLI_PROJECT_FILES_H_
#define KLAUSUL_SERVICE_CLI_PROJECT_FILES_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/cli/input_files.h"
#include "service/review/project_config.h"

namespace klausul::cli {

// A `.klausul.yaml` that was found.
struct FoundConfig {
  // Absolute path of its folder.
  std::string folder;
  review::ProjectConfig config;
};

// The configurations of the folders that documents stand in: each document is
// under the nearest `.klausul.yaml` of its folder and those above, up to the
// root of a git repository. Safe to share between threads once made.
class ProjectFiles {
 public:
  // Looks for those of all files. Mistakes in them go to `sink`.
  static ProjectFiles Find(const std::vector<InputFile>& files,
                           DiagnosticSink& sink);

  // That of a document, by its uri (`a.jsonl#/lines/3`), which is one of the
  // files given to Find(); standard input is in the current folder. Null where
  // there is none.
  const FoundConfig* ConfigOf(absl::string_view uri) const;

  // Each once, by folder.
  std::vector<const FoundConfig*> all() const;

  // The files without those that a walk found and their configuration leaves
  // out.
  std::vector<InputFile> Wanted(std::vector<InputFile> files) const;

 private:
  std::shared_ptr<const FoundConfig> Load(const std::string& folder,
                                          DiagnosticSink& sink);

  // Absolute folder -> its configuration or null.
  std::map<std::string, std::shared_ptr<const FoundConfig>, std::less<>>
      configs_;
};

// The path of a document as patterns of a file in `folder` (absolute) see it:
// `plans/a.yaml`, `../other/b.xml`.
std::string PathFrom(absl::string_view folder, absl::string_view uri);

// Reads a whole file that the user wrote; null, with a mistake in `sink`, where
// it cannot be read.
std::shared_ptr<const SourceFile> ReadProjectFile(const std::string& path,
                                                  DiagnosticSink& sink);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_PROJECT_FILES_H_
