#include "service/base/diagnostic.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace klausul {
namespace {

// A line longer than this is cut round the caret: generated files have lines
// of megabytes.
constexpr std::size_t kMaxShownLine = 200;

struct Palette {
  absl::string_view error, warning, frame, bold, off;
};

Palette PaletteFor(bool color) {
  if (!color) return {};
  return {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};
}

// Tabs and control characters take one column each, so that the caret stands
// where it should.
std::string Printable(absl::string_view line) {
  std::string out(line);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  // Reports are UTF-8 even where the text is not. A stray continuation byte
  // has no column, so it leaves none behind.
  for (std::size_t at = FindInvalidUtf8(out); at != std::string::npos;
       at = FindInvalidUtf8(out)) {
    const bool continuation =
        (static_cast<unsigned char>(out[at]) & 0xC0U) == 0x80U;
    out.replace(at, 1, continuation ? "" : "\xEF\xBF\xBD");
  }
  return out;
}

void AppendExcerpt(const SourceFile& file, Span span, const Palette& palette,
                   absl::string_view label, std::string& out) {
  const LineColumn from = file.Locate(span.begin);
  const LineColumn to = file.Locate(std::max(span.begin, span.end));
  absl::string_view line = file.Line(from.line);

  std::size_t caret = static_cast<std::size_t>(from.column) - 1;
  std::size_t line_points = CodePointCount(line);
  std::size_t width = 1;
  if (to.line == from.line) {
    width = static_cast<std::size_t>(std::max(1, to.column - from.column));
  } else if (line_points > caret) {
    width = line_points - caret;
  }
  std::string prefix;
  if (line.size() > kMaxShownLine) {
    const std::size_t line_start = file.OffsetOf({from.line, 1});
    const std::size_t in_line = span.begin - line_start;
    std::size_t begin = in_line > 60 ? in_line - 60 : 0;
    while (begin > 0 &&
           (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U) {
      --begin;
    }
    std::size_t end = std::min(line.size(), begin + 160);
    while (end < line.size() &&
           (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
      ++end;
    }
    caret = CodePointCount(
        line.substr(begin, std::min(in_line, line.size()) - begin));
    line = line.substr(begin, end - begin);
    line_points = CodePointCount(line);
    if (begin > 0) {
      prefix = "...";
      caret += 3;
    }
  }
  width = std::max<std::size_t>(
      1, std::min(width, line_points + prefix.size() > caret
                             ? line_points + prefix.size() - caret
                             : 1));

  const std::string number = absl::StrCat(from.line);
  const std::string gutter(number.size(), ' ');
  absl::StrAppend(&out, gutter, palette.frame, " --> ", palette.off,
                  file.name(), ":", from.line, ":", from.column, "\n");
  absl::StrAppend(&out, gutter, palette.frame, "  |", palette.off, "\n");
  absl::StrAppend(&out, palette.frame, number, "  |", palette.off, " ", prefix,
                  Printable(line), "\n");
  absl::StrAppend(&out, gutter, palette.frame, "  | ", palette.off,
                  std::string(caret, ' '), palette.error,
                  std::string(width, '^'), palette.off);
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
