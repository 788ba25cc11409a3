#ifndef KLAUSUL_SERVICE_RULESET_BUNDLE_FILE_H_
#define KLAUSUL_SERVICE_RULESET_BUNDLE_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/bundle.pb.h"

#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

// Rule sets as one file: their YAML files, a manifest with the digest of each,
// and a signature over the manifest. See klausul/v1/bundle.proto.

namespace klausul::ruleset {

// Of a bundle file: the files of the limits, and what stands around them.
inline constexpr std::size_t kMaxBundleBytes = std::size_t{80} << 20;

// `sha256:` and 64 hex digits over the paths and bytes of the files, whatever
// their order.
std::string BundleDigest(std::vector<RuleFile> files);

// The bytes of a bundle. `repository` was loaded from `files`. The same files
// and key give the same bytes. INVALID_ARGUMENT for a key that is no private
// Ed25519 key in PEM; empty: the bundle is not signed.
absl::StatusOr<std::string> MakeBundle(std::vector<RuleFile> files,
                                       const RuleSetRepository& repository,
                                       absl::string_view private_key_pem);

struct OpenedBundle {
  v1::BundleManifest manifest;
  // By path.
  std::vector<RuleFile> files;
  bool is_signed = false;
};

// Reads a bundle; no file is returned that its manifest does not vouch for.
// With a public key, the signature has to be that key's: PERMISSION_DENIED
// where there is none or it is another's, INVALID_ARGUMENT for a key that is
// none. Without, it is not looked at. DATA_LOSS for bytes that are no bundle
// or were changed, RESOURCE_EXHAUSTED past the limits.
absl::StatusOr<OpenedBundle> OpenBundle(absl::string_view bytes,
                                        absl::string_view public_key_pem);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_BUNDLE_FILE_H_
