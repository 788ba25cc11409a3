#include "service/cli/changed_files.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "service/base/status_macros.h"

extern char** environ;

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

// What git said on standard output; its complaint goes to the status. No shell
// is involved: arguments are what they are.
absl::StatusOr<std::string> Git(const std::string& folder,
                                std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"git", "-C", folder});
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);

  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return absl::InternalError(std::strerror(errno));
  }
  const auto close_read = absl::MakeCleanup([&] { ::close(pipe[0]); });
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  const auto destroy =
      absl::MakeCleanup([&] { ::posix_spawn_file_actions_destroy(&actions); });
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
  pid_t child = 0;
  const int failed =
      ::posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environ);
  ::close(pipe[1]);
  if (failed != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("git cannot be run: ", std::strerror(failed)));
  }
  std::string out;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t size = ::read(pipe[0], buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    out.append(buffer.data(), static_cast<std::size_t>(size));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("`git ", arguments[3], "` failed in `", folder, "`"));
  }
  return out;
}

absl::StatusOr<std::string> GitLine(const std::string& folder,
                                    std::vector<std::string> arguments) {
  ASSIGN_OR_RETURN(std::string out, Git(folder, std::move(arguments)));
  absl::StripTrailingAsciiWhitespace(&out);
  return out;
}

}  // namespace

absl::StatusOr<std::set<std::string>> ChangedFiles(const std::string& folder,
                                                   const std::string& base) {
  const auto top = GitLine(folder, {"rev-parse", "--show-toplevel"});
  if (!top.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`", folder, "` is in no git repository that can be read"));
  }
  auto commit =
      GitLine(*top, {"rev-parse", "--verify", "--quiet", "--end-of-options",
                     absl::StrCat(base, "^{commit}")});
  if (!commit.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", base, "` is no commit of `", *top,
                     "`; a shallow clone may have to be fetched first"));
  }
  const auto ancestor = GitLine(*top, {"merge-base", *commit, "HEAD"});
  if (ancestor.ok()) commit = ancestor;
  ASSIGN_OR_RETURN(
      const std::string changed,
      Git(*top, {"diff", "--name-only", "-z", "--no-ext-diff", "--no-renames",
                 "--diff-filter=d", *commit, "--"}));
  ASSIGN_OR_RETURN(
      const std::string untracked,
      Git(*top, {"ls-files", "--others", "--exclude-standard", "-z"}));
  std::set<std::string> files;
  for (const std::string& list : {changed, untracked}) {
    for (const absl::string_view name :
         absl::StrSplit(list, '\0', absl::SkipEmpty())) {
      std::error_code error;
      const fs::path path =
          fs::weakly_canonical(fs::path(*top) / std::string(name), error);
      if (!error) files.insert(path.string());
    }
  }
  return files;
}

}  // namespace klausul::cli
