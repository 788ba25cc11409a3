#include "service/cli/glob_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/base/glob.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

// The folder before the first part with a pattern, with its `/`: `a/b/` of
// `a/b/*.xml`. Empty: the current one.
std::string FixedPart(const std::string& pattern) {
  const std::size_t first = pattern.find_first_of("*?[");
  const std::size_t slash = pattern.rfind('/', first);
  return slash == std::string::npos ? "" : pattern.substr(0, slash + 1);
}

class Walker {
 public:
  explicit Walker(const std::string& pattern)
      : pattern_(pattern),
        any_depth_(absl::StrContains(pattern, "**")),
        hidden_(absl::StartsWith(pattern, ".") ||
                absl::StrContains(pattern, "/.")),
        depth_(std::count(pattern.begin(), pattern.end(), '/')) {}

  // `prefix` is the folder as the pattern writes it.
  void Walk(const std::string& prefix) {
    std::error_code error;
    for (fs::directory_iterator it(prefix.empty() ? "." : prefix, error), end;
         !error && it != end; it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (!hidden_ && absl::StartsWith(name, ".")) continue;
      const std::string path = absl::StrCat(prefix, name);
      if (GlobMatches(pattern_, path)) {
        found_.push_back(path);
        continue;
      }
      std::error_code ignored;
      const bool goes_deeper =
          any_depth_ || std::count(path.begin(), path.end(), '/') < depth_;
      if (goes_deeper && it->is_directory(ignored) &&
          !it->is_symlink(ignored)) {
        Walk(absl::StrCat(path, "/"));
      }
    }
  }

  std::vector<std::string> Take() {
    std::sort(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  const std::string& pattern_;
  const bool any_depth_;
  const bool hidden_;
  // Slashes of the pattern.
  const std::ptrdiff_t depth_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> ExpandGlob(const std::string& pattern) {
  Walker walker(pattern);
  walker.Walk(FixedPart(pattern));
  return walker.Take();
}

}  // namespace klausul::cli
