#include "service/ruleset/register/register_folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/ruleset/rule_files.h"

namespace klausul::ruleset {
namespace {

namespace fs = std::filesystem;

constexpr char kRegister[] = "register";
constexpr char kExcused[] = "COVERAGE.md";

absl::StatusOr<std::shared_ptr<const SourceFile>> ReadPage(
    const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, ReadRuleFile(path));
  return std::make_shared<const SourceFile>(path, std::move(text));
}

// The pages of a folder, by name.
std::vector<std::string> PagesIn(const fs::path& folder) {
  std::vector<std::string> pages;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() == ".md") pages.push_back(it->path().string());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

absl::StatusOr<std::vector<RegisterFolder>> ReadRegisterFolders(
    absl::string_view root) {
  // A slash at the end is none of the names in it.
  while (root.size() > 1 && root.back() == '/')
    root.remove_suffix(1);
  const fs::path start{std::string(root)};
  std::error_code error;
  if (!fs::exists(start, error)) {
    return absl::NotFoundError(absl::StrCat("there is no folder `", root, "`"));
  }
  if (!fs::is_directory(start, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", root, "` is a file; name a folder of rules"));
  }
  std::vector<fs::path> folders{start};
  for (fs::recursive_directory_iterator it(start, error), end;
       !error && it != end; it.increment(error)) {
    if (it->is_directory(error)) folders.push_back(it->path());
  }
  std::sort(folders.begin(), folders.end());

  std::vector<RegisterFolder> found;
  for (const fs::path& folder : folders) {
    const std::vector<std::string> pages = PagesIn(folder / kRegister);
    if (pages.empty()) continue;
    RegisterFolder& entry = found.emplace_back();
    entry.path = folder.string();
    for (const std::string& page : pages) {
      ASSIGN_OR_RETURN(auto file, ReadPage(page));
      entry.registers.push_back(std::move(file));
    }
    const fs::path excused = folder / kExcused;
    if (fs::exists(excused, error)) {
      ASSIGN_OR_RETURN(entry.excused, ReadPage(excused.string()));
    }
  }
  return found;
}

}  // namespace klausul::ruleset
