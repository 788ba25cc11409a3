#include "service/base/diagnostic.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

#include "service/base/excerpt.h"

namespace klausul {
namespace {

struct Palette {
  absl::string_view error, warning, frame, bold, off;
};

Palette PaletteFor(bool color) {
  if (!color) return {};
  return {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};
}

void AppendExcerpt(const SourceFile& file, Span span, const Palette& palette,
                   absl::string_view label, std::string& out) {
  const Excerpt excerpt = MakeExcerpt(file, span);
  const std::string number = absl::StrCat(excerpt.place.line);
  const std::string gutter(number.size(), ' ');
  absl::StrAppend(&out, gutter, palette.frame, " --> ", palette.off,
                  file.name(), ":", excerpt.place.line, ":",
                  excerpt.place.column, "\n");
  absl::StrAppend(&out, gutter, palette.frame, "  |", palette.off, "\n");
  absl::StrAppend(&out, palette.frame, number, "  |", palette.off, " ",
                  excerpt.text, "\n");
  absl::StrAppend(&out, gutter, palette.frame, "  | ", palette.off,
                  std::string(excerpt.caret, ' '), palette.error,
                  std::string(excerpt.width, '^'), palette.off);
  if (!label.empty()) absl::StrAppend(&out, " ", label);
  absl::StrAppend(&out, "\n");
}

auto SortKey(const Diagnostic& d) {
  return std::make_tuple(
      d.file == nullptr ? absl::string_view() : d.file->name(), d.span.begin,
      d.span.end);
}

}  // namespace

std::string Render(const Diagnostic& diagnostic, const RenderOptions& options) {
  const Palette palette = PaletteFor(options.color);
  std::string out;
  const bool is_error = diagnostic.level == Diagnostic::Level::kError;
  absl::StrAppend(&out, is_error ? palette.error : palette.warning,
                  is_error ? "error" : "warning");
  if (!diagnostic.code.empty())
    absl::StrAppend(&out, "[", diagnostic.code, "]");
  absl::StrAppend(&out, palette.off, palette.bold, ": ", diagnostic.message,
                  palette.off, "\n");
  std::string gutter = " ";
  if (diagnostic.file != nullptr) {
    AppendExcerpt(*diagnostic.file, diagnostic.span, palette, {}, out);
    gutter = std::string(
        absl::StrCat(diagnostic.file->Locate(diagnostic.span.begin).line)
            .size(),
        ' ');
  }
  for (const Diagnostic::Note& note : diagnostic.notes) {
    if (note.file == nullptr) {
      absl::StrAppend(&out, gutter, palette.frame, "  = ", palette.off,
                      "note: ", note.message, "\n");
    } else {
      AppendExcerpt(*note.file, note.span, palette, note.message, out);
    }
  }
  if (!diagnostic.help.empty()) {
    absl::StrAppend(&out, gutter, palette.frame, "  = ", palette.off,
                    "help: ", diagnostic.help, "\n");
  }
  return out;
}

void DiagnosticSink::Add(Diagnostic diagnostic) {
  if (diagnostic.level == Diagnostic::Level::kError) {
    ++error_count_;
  } else {
    ++warning_count_;
  }
  if (diagnostics_.size() < kMaxKept) {
    diagnostics_.push_back(std::move(diagnostic));
  }
}

void DiagnosticSink::Error(std::shared_ptr<const SourceFile> file, Span span,
                           absl::string_view code, absl::string_view message,
                           absl::string_view help) {
  Add({Diagnostic::Level::kError,
       std::string(code),
       std::string(message),
       std::move(file),
       span,
       std::string(help),
       {}});
}

void DiagnosticSink::Warning(std::shared_ptr<const SourceFile> file, Span span,
                             absl::string_view code, absl::string_view message,
                             absl::string_view help) {
  Add({Diagnostic::Level::kWarning,
       std::string(code),
       std::string(message),
       std::move(file),
       span,
       std::string(help),
       {}});
}

std::vector<Diagnostic> DiagnosticSink::Sorted() const {
  std::vector<Diagnostic> sorted = diagnostics_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return SortKey(a) < SortKey(b);
                   });
  return sorted;
}

std::string DiagnosticSink::RenderAll(const RenderOptions& options) const {
  std::string out;
  for (const Diagnostic& diagnostic : Sorted()) {
    if (!out.empty()) out += '\n';
    out += Render(diagnostic, options);
  }
  const std::size_t all = error_count_ + warning_count_;
  if (all > diagnostics_.size()) {
    absl::StrAppend(&out, "\n... and ", all - diagnostics_.size(), " more\n");
  }
  return out;
}

}  // namespace klausul
