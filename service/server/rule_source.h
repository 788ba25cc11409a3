#ifndef KLAUSUL_SERVICE_SERVER_RULE_SOURCE_H_
#define KLAUSUL_SERVICE_SERVER_RULE_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "service/ruleset/rule_files.h"

namespace klausul::server {

// Where a server's rule sets come from, again and again.
class RuleSource {
 public:
  virtual ~RuleSource() = default;

  // Another text when files were changed, added or taken away. Looks at names,
  // sizes and times, not at bytes. Empty where there is nothing to look at.
  virtual std::string Fingerprint() const = 0;

  // The files, paths relative to `name()`.
  virtual absl::StatusOr<std::vector<ruleset::RuleFile>> Read() const = 0;

  // The folder or file, as messages name it.
  virtual const std::string& name() const = 0;
};

// The YAML files below a folder.
std::unique_ptr<RuleSource> MakeFolderSource(std::string folder);

// A bundle (ruleset/bundle_file.h). With a public key, in PEM, it has to be
// signed by that key.
std::unique_ptr<RuleSource> MakeBundleSource(std::string path,
                                             std::string public_key_pem);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_SOURCE_H_
