#ifndef KLAUSUL_SERVICE_CLI_CONSOLE_H_
#define KLAUSUL_SERVICE_CLI_CONSOLE_H_

#include "absl/strings/string_view.h"

namespace klausul::cli {

// What the process says to whoever called it.
enum ExitCode : int {
  // Nothing at or above the level that fails.
  kOk = 0,
  // Findings at or above it; problems of `rules lint` and `rules test`.
  kFindings = 1,
  // Bad usage, unreadable input, a broken rule set, a failed evaluation.
  kTrouble = 2,
};

// Results, to standard output. False where it cannot take them (a full disk).
bool Print(absl::string_view text);

// Diagnostics, to standard error.
void Complain(absl::string_view text);

// Writes a piece of the progress line to standard error, at once.
void PrintProgress(absl::string_view text);

// Whether the file descriptor is a terminal.
bool IsTerminal(int descriptor);

// True where colours are welcome on standard output (or on standard error):
// it is a terminal, and the environment has no NO_COLOR.
bool ColorOnOutput();
bool ColorOnError();

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_CONSOLE_H_
