#include "service/ruleset/rule_archive.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/base/status_macros.h"
#include "service/ruleset/bundle_file.h"

namespace klausul::ruleset {
namespace {

constexpr std::size_t kHexDigits = 64;

}  // namespace

RuleArchive::RuleArchive(std::string folder) : folder_(std::move(folder)) {}

absl::StatusOr<std::string> RuleArchive::PathOf(
    absl::string_view digest) const {
  absl::string_view hex = digest;
  if (!absl::ConsumePrefix(&hex, "sha256:") || hex.size() != kHexDigits ||
      !std::all_of(hex.begin(), hex.end(), absl::ascii_isxdigit)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", digest, "` is no digest of a bundle"));
  }
  return absl::StrCat(folder_, "/", hex, ".klausul-bundle");
}

absl::Status RuleArchive::Store(const std::vector<RuleFile>& files,
                                const RuleSetRepository& repository) const {
  ASSIGN_OR_RETURN(const std::string path, PathOf(BundleDigest(files)));
  std::error_code error;
  if (std::filesystem::exists(path, error)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string bytes, MakeBundle(files, repository, ""));
  std::filesystem::create_directories(folder_, error);
  return WriteFileWhole(path, bytes);
}

absl::StatusOr<std::vector<RuleFile>> RuleArchive::Load(
    absl::string_view digest) const {
  ASSIGN_OR_RETURN(const std::string path, PathOf(digest));
  RuleFileLimits limits;
  limits.max_file_bytes = kMaxBundleBytes;
  ASSIGN_OR_RETURN(const std::string bytes, ReadRuleFile(path, limits));
  ASSIGN_OR_RETURN(OpenedBundle opened, OpenBundle(bytes, ""));
  if (BundleDigest(opened.files) != digest) {
    return absl::DataLossError(
        absl::StrCat("`", path, "` holds other rules than its name says"));
  }
  return std::move(opened.files);
}

}  // namespace klausul::ruleset
