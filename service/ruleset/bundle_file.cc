#include "service/ruleset/bundle_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/ed25519.h"
#include "service/base/sha256.h"
#include "service/base/status_macros.h"

namespace klausul::ruleset {
namespace {

constexpr char kFormat[] = "klausul-bundle-1";

std::string DigestOf(absl::string_view bytes) {
  Sha256 sha;
  sha.Update(bytes);
  return absl::StrCat("sha256:", sha.HexDigest());
}

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("no bundle, or a damaged one: ", what));
}

}  // namespace

std::string BundleDigest(std::vector<RuleFile> files) {
  std::sort(files.begin(), files.end());
  Sha256 sha;
  for (const RuleFile& file : files) {
    sha.UpdateField(file.path);
    sha.UpdateField(file.content);
  }
  return absl::StrCat("sha256:", sha.HexDigest());
}

absl::StatusOr<std::string> MakeBundle(std::vector<RuleFile> files,
                                       const RuleSetRepository& repository,
                                       absl::string_view private_key_pem) {
  std::sort(files.begin(), files.end());
  v1::BundleManifest manifest;
  for (const RuleSetRepository::Entry* entry : repository.entries()) {
    v1::RuleSetStamp& stamp = *manifest.add_rule_sets();
    stamp.set_id(entry->rule_set->id());
    stamp.set_version(entry->rule_set->version());
    stamp.set_digest(entry->rule_set->digest());
  }
  v1::RuleBundle bundle;
  bundle.set_format(kFormat);
  for (RuleFile& file : files) {
    v1::BundleManifest::File& listed = *manifest.add_files();
    listed.set_path(file.path);
    listed.set_digest(DigestOf(file.content));
    v1::BundledFile& bundled = *bundle.add_files();
    bundled.set_path(std::move(file.path));
    bundled.set_content(std::move(file.content));
  }
  bundle.set_manifest(manifest.SerializeAsString());
  if (!private_key_pem.empty()) {
    ASSIGN_OR_RETURN(*bundle.mutable_signature(),
                     SignEd25519(private_key_pem, bundle.manifest()));
  }
  return bundle.SerializeAsString();
}

absl::StatusOr<OpenedBundle> OpenBundle(absl::string_view bytes,
                                        absl::string_view public_key_pem) {
  if (bytes.size() > kMaxBundleBytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the bundle has ", bytes.size(), " bytes; at most ",
                     kMaxBundleBytes, " are read"));
  }
  v1::RuleBundle bundle;
  if (!bundle.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      bundle.format() != kFormat) {
    return Damaged(absl::StrCat("it does not say `", kFormat, "`"));
  }
  OpenedBundle opened;
  opened.is_signed = !bundle.signature().empty();
  // Nothing of what is inside is looked at before its author is known.
  if (!public_key_pem.empty()) {
    if (!opened.is_signed) {
      return absl::PermissionDeniedError("the bundle is not signed");
    }
    RETURN_IF_ERROR(
        VerifyEd25519(public_key_pem, bundle.manifest(), bundle.signature()));
  }
  if (!opened.manifest.ParseFromString(bundle.manifest()) ||
      opened.manifest.files_size() != bundle.files_size()) {
    return Damaged("its manifest lists other files than it holds");
  }
  for (int i = 0; i < bundle.files_size(); ++i) {
    v1::BundledFile& file = *bundle.mutable_files(i);
    const v1::BundleManifest::File& listed = opened.manifest.files(i);
    if (file.path() != listed.path() ||
        DigestOf(file.content()) != listed.digest()) {
      return Damaged(absl::StrCat("`", listed.path(),
                                  "` is not the file of the manifest"));
    }
    opened.files.push_back(
        {std::move(*file.mutable_path()), std::move(*file.mutable_content())});
  }
  RETURN_IF_ERROR(CheckRuleFiles(opened.files));
  return opened;
}

}  // namespace klausul::ruleset
