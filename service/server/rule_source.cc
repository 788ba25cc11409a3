#include "service/server/rule_source.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/status_macros.h"
#include "service/ruleset/bundle_file.h"

namespace klausul::server {
namespace {

namespace fs = std::filesystem;

// What changes when a file is written, or another takes its name.
std::string StampOf(const std::string& path) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) return "";
  return absl::StrCat(path, "|", status.st_ino, "|", status.st_size, "|",
                      status.st_mtim.tv_sec, ".", status.st_mtim.tv_nsec, "|",
                      status.st_ctim.tv_sec, ".", status.st_ctim.tv_nsec, "\n");
}

class FolderSource final : public RuleSource {
 public:
  explicit FolderSource(std::string folder) : folder_(std::move(folder)) {}

  // The same files that ReadRuleFiles() takes.
  std::string Fingerprint() const override {
    std::vector<std::string> stamps;
    std::error_code error;
    fs::recursive_directory_iterator it(folder_, error);
    for (; !error && it != fs::recursive_directory_iterator();
         it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (absl::StartsWith(name, ".")) {
        it.disable_recursion_pending();
      } else if (absl::EndsWith(name, ".yaml") ||
                 absl::EndsWith(name, ".yml")) {
        stamps.push_back(StampOf(it->path().string()));
      }
    }
    std::sort(stamps.begin(), stamps.end());
    return absl::StrJoin(stamps, "");
  }

  absl::StatusOr<std::vector<ruleset::RuleFile>> Read() const override {
    return ruleset::ReadRuleFiles(folder_);
  }

  const std::string& name() const override { return folder_; }

 private:
  std::string folder_;
};

class BundleSource final : public RuleSource {
 public:
  BundleSource(std::string path, std::string public_key_pem)
      : path_(std::move(path)), public_key_pem_(std::move(public_key_pem)) {}

  std::string Fingerprint() const override { return StampOf(path_); }

  absl::StatusOr<std::vector<ruleset::RuleFile>> Read() const override {
    ruleset::RuleFileLimits limits;
    limits.max_file_bytes = ruleset::kMaxBundleBytes;
    ASSIGN_OR_RETURN(const std::string bytes,
                     ruleset::ReadRuleFile(path_, limits));
    auto opened = ruleset::OpenBundle(bytes, public_key_pem_);
    if (!opened.ok()) {
      return absl::Status(
          opened.status().code(),
          absl::StrCat("`", path_, "`: ", opened.status().message()));
    }
    return std::move(opened->files);
  }

  const std::string& name() const override { return path_; }

 private:
  std::string path_;
  std::string public_key_pem_;
};

}  // namespace

std::unique_ptr<RuleSource> MakeFolderSource(std::string folder) {
  return std::make_unique<FolderSource>(std::move(folder));
}

std::unique_ptr<RuleSource> MakeBundleSource(std::string path,
                                             std::string public_key_pem) {
  return std::make_unique<BundleSource>(std::move(path),
                                        std::move(public_key_pem));
}

}  // namespace klausul::server
