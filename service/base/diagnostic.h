#ifndef KLAUSUL_SERVICE_BASE_DIAGNOSTIC_H_
#define KLAUSUL_SERVICE_BASE_DIAGNOSTIC_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/base/source.h"

namespace klausul {

// What is wrong in a text that somebody wrote, and where. It looks like this:
//
//   error[unknown-field]: `dates` has no field `tender_deadlin`
//     --> rules/no/foa-time-limits.yaml:12:45
//      |
//   12 |       days_between(dates.notice_sent, dates.tender_deadlin)
//      |                                             ^^^^^^^^^^^^^^
//      = help: did you mean `tender_deadline`?
//
// The message is one line: lower case, no full stop, backticks round what the
// author wrote. Codes are stable; docs/diagnostics.md lists them.
struct Diagnostic {
  enum class Level { kError, kWarning };

  // A second place, shown where two conflict.
  struct Note {
    std::shared_ptr<const SourceFile> file;
    Span span;
    std::string message;
  };

  Level level = Level::kError;
  std::string code;
  std::string message;
  // Null where the trouble has no place in a text (a missing file).
  std::shared_ptr<const SourceFile> file;
  Span span;
  std::string help;
  std::vector<Note> notes;
};

struct RenderOptions {
  // ANSI colours; nothing is told by colour alone.
  bool color = false;
};

// The form shown above, ending in a line break.
std::string Render(const Diagnostic& diagnostic,
                   const RenderOptions& options = {});

// Collects diagnostics. Authors want every mistake at once, so a reader keeps
// going after an error and asks `has_errors()` at the end. Not thread-safe.
class DiagnosticSink {
 public:
  // The most that are kept; later ones are only counted, so that a hostile
  // file cannot fill the memory.
  static constexpr std::size_t kMaxKept = 1000;

  void Add(Diagnostic diagnostic);

  void Error(std::shared_ptr<const SourceFile> file, Span span,
             absl::string_view code, absl::string_view message,
             absl::string_view help = {});
  void Warning(std::shared_ptr<const SourceFile> file, Span span,
               absl::string_view code, absl::string_view message,
               absl::string_view help = {});

  bool has_errors() const { return error_count_ > 0; }

  std::size_t error_count() const { return error_count_; }

  std::size_t warning_count() const { return warning_count_; }

  // In the order of their coming.
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

  // By file name and place; for showing.
  std::vector<Diagnostic> Sorted() const;

  // All of them, rendered in sorted order, a blank line between two.
  std::string RenderAll(const RenderOptions& options = {}) const;

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t error_count_ = 0;
  std::size_t warning_count_ = 0;
};

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_DIAGNOSTIC_H_
