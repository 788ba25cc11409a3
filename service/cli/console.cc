#include "service/cli/console.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace klausul::cli {
namespace {

bool ColorOn(int descriptor) {
  // https://no-color.org: present and not empty.
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  return IsTerminal(descriptor);
}

}  // namespace

bool Print(absl::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

void Complain(absl::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stderr);
}

void PrintProgress(absl::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

bool IsTerminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

bool ColorOnOutput() {
  return ColorOn(STDOUT_FILENO);
}

bool ColorOnError() {
  return ColorOn(STDERR_FILENO);
}

}  // namespace klausul::cli
