#include "service/ruleset/rule_files.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "service/base/status_macros.h"

namespace klausul::ruleset {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadBytes(const fs::path& path,
                                      std::size_t max_bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return absl::NotFoundError(
        absl::StrCat("cannot open `", path.string(), "`"));
  }
  // Room for a usual file; twice as much each time.
  constexpr std::size_t kFirstBytes = std::size_t{64} << 10;
  std::string bytes;
  // One byte more than allowed is enough to know.
  while (in && bytes.size() <= max_bytes) {
    const std::size_t begin = bytes.size();
    bytes.resize(std::min(max_bytes + 1, begin + std::max(begin, kFirstBytes)));
    in.read(bytes.data() + begin,
            static_cast<std::streamsize>(bytes.size() - begin));
    bytes.resize(begin + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) {
    return absl::UnavailableError(
        absl::StrCat("cannot read `", path.string(), "`"));
  }
  if (bytes.size() > max_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("`", path.string(), "` is larger than ", max_bytes,
                     " bytes, the limit of one rule file"));
  }
  bytes.shrink_to_fit();
  return bytes;
}

bool IsYamlName(absl::string_view name) {
  return absl::EndsWith(name, ".yaml") || absl::EndsWith(name, ".yml");
}

absl::Status CheckCounts(std::size_t files, std::size_t bytes,
                         const RuleFileLimits& limits) {
  if (files > limits.max_files) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "more than ", limits.max_files, " files, the limit of one root"));
  }
  if (bytes > limits.max_total_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("rule files of more than ", limits.max_total_bytes,
                     " bytes, the limit of one root"));
  }
  return absl::OkStatus();
}

absl::Status CheckPath(absl::string_view path) {
  const auto bad = [&](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("file path `", path, "` ", why));
  };
  if (path.empty()) return absl::InvalidArgumentError("a file has no path");
  if (path.front() == '/') return bad("is not relative");
  if (absl::StrContains(path, '\\')) return bad("holds a backslash");
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty()) return bad("has an empty part");
    if (part == "." || part == "..") return bad("leaves its folder");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<RuleFile>> ReadRuleFiles(
    absl::string_view root, const RuleFileLimits& limits) {
  const fs::path base{std::string(root)};
  std::error_code error;
  if (!fs::exists(base, error)) {
    return absl::NotFoundError(
        absl::StrCat("no folder of rules at `", root, "`"));
  }
  if (!fs::is_directory(base, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", root, "` is not a folder of rules"));
  }

  std::vector<fs::path> paths;
  fs::recursive_directory_iterator it(base, error);
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (absl::StartsWith(name, ".")) {
      it.disable_recursion_pending();
      continue;
    }
    std::error_code type_error;
    if (IsYamlName(name) && it->is_regular_file(type_error)) {
      paths.push_back(it->path());
      RETURN_IF_ERROR(CheckCounts(paths.size(), 0, limits));
    }
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot list the folder `", root, "`: ", error.message()));
  }

  std::vector<RuleFile> files;
  std::size_t total = 0;
  for (const fs::path& path : paths) {
    RuleFile file;
    file.path = path.lexically_relative(base).generic_string();
    ASSIGN_OR_RETURN(file.content, ReadBytes(path, limits.max_file_bytes));
    total += file.content.size();
    RETURN_IF_ERROR(CheckCounts(files.size(), total, limits));
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<std::string> ReadRuleFile(absl::string_view path,
                                         const RuleFileLimits& limits) {
  return ReadBytes(fs::path{std::string(path)}, limits.max_file_bytes);
}

absl::Status ReplaceRuleFile(absl::string_view path,
                             absl::string_view content) {
  std::error_code error;
  // Through a symbolic link to the file that it leads to.
  const fs::path file = fs::canonical(fs::path{std::string(path)}, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot write `", path, "`: ", error.message()));
  }
  fs::path beside = file;
  beside.replace_filename(
      absl::StrCat(".", file.filename().string(), ".", ::getpid()));
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) {
    const fs::file_status status = fs::status(file, error);
    if (!error) fs::permissions(beside, status.permissions(), error);
  }
  if (!error) fs::rename(beside, file, error);
  if (!error) return absl::OkStatus();
  std::error_code ignored;
  fs::remove(beside, ignored);
  return absl::UnavailableError(
      absl::StrCat("cannot write `", path, "`: ", error.message()));
}

absl::Status WriteFileWhole(absl::string_view path, absl::string_view content) {
  const fs::path file{std::string(path)};
  fs::path beside = file;
  beside.replace_filename(
      absl::StrCat(".", file.filename().string(), ".", ::getpid()));
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  std::error_code error;
  if (out) fs::rename(beside, file, error);
  if (out && !error) return absl::OkStatus();
  std::error_code ignored;
  fs::remove(beside, ignored);
  return absl::UnavailableError(absl::StrCat("cannot write `", path, "`"));
}

absl::Status CheckRuleFiles(const std::vector<RuleFile>& files,
                            const RuleFileLimits& limits) {
  std::size_t total = 0;
  std::vector<absl::string_view> paths;
  for (const RuleFile& file : files) {
    RETURN_IF_ERROR(CheckPath(file.path));
    if (file.content.size() > limits.max_file_bytes) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "`", file.path, "` is larger than ", limits.max_file_bytes,
          " bytes, the limit of one rule file"));
    }
    total += file.content.size();
    paths.push_back(file.path);
  }
  RETURN_IF_ERROR(CheckCounts(files.size(), total, limits));
  std::sort(paths.begin(), paths.end());
  const auto twice = std::adjacent_find(paths.begin(), paths.end());
  if (twice != paths.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("file path `", *twice, "` is given twice"));
  }
  return absl::OkStatus();
}

absl::string_view FolderOf(absl::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? absl::string_view()
                                          : path.substr(0, slash);
}

absl::string_view StemOf(absl::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash != absl::string_view::npos) path.remove_prefix(slash + 1);
  for (const absl::string_view ending : {".yaml", ".yml"}) {
    if (absl::EndsWith(path, ending)) {
      path.remove_suffix(ending.size());
      break;
    }
  }
  return path;
}

}  // namespace klausul::ruleset
