#include "service/intake/read.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/base/edit_distance.h"
#include "service/intake/eforms/eforms.h"
#include "service/intake/plan_file/plan_reader.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/syntax/json.h"
#include "service/syntax/text_check.h"
#include "service/syntax/tree.h"
#include "service/syntax/yaml.h"

namespace klausul::intake {
namespace {

constexpr absl::string_view kBlanks = " \t\r\n";
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The text of a document that was not even tried: enough of it for a place.
ReadResult Refuse(std::string uri, v1::DocumentReport::Kind kind,
                  ReadResult::Status status, Diagnostic diagnostic) {
  ReadResult result;
  result.status = status;
  result.uri = std::move(uri);
  result.kind = kind;
  result.source = diagnostic.file;
  result.source_map = SourceMap(diagnostic.file);
  result.diagnostics.push_back(std::move(diagnostic));
  return result;
}

Diagnostic At(std::shared_ptr<const SourceFile> file, Span span,
              absl::string_view code, absl::string_view message,
              absl::string_view help = {}) {
  Diagnostic diagnostic;
  diagnostic.code = std::string(code);
  diagnostic.message = std::string(message);
  diagnostic.file = std::move(file);
  diagnostic.span = span;
  diagnostic.help = std::string(help);
  return diagnostic;
}

std::shared_ptr<const SourceFile> EmptyFile(absl::string_view uri,
                                            std::int32_t first_line = 1) {
  return std::make_shared<const SourceFile>(std::string(uri), "", first_line);
}

ReadResult TooLarge(absl::string_view uri, std::size_t bytes, std::size_t limit,
                    absl::string_view what, std::int32_t first_line = 1) {
  return Refuse(std::string(uri), v1::DocumentReport::KIND_UNSPECIFIED,
                ReadResult::Status::kUnreadable,
                At(EmptyFile(uri, first_line), {0, 0}, "too-large",
                   absl::StrCat(what, " has ", bytes, " bytes; the limit is ",
                                syntax::FormatBytes(limit))));
}

// Whether a JSON document is OCDS, by the keys that its package and release
// forms always have.
const syntax::Node::Entry* FindOcdsKey(const syntax::Node& root) {
  for (const absl::string_view key : {"ocid", "releases", "records"}) {
    if (const syntax::Node::Entry* entry = root.FindEntry(key)) return entry;
  }
  return nullptr;
}

// Why a tree that is no plan is none.
Diagnostic NoPlan(const syntax::Tree& tree) {
  const syntax::Node& root = tree.root();
  if (!root.is_mapping()) {
    return At(tree.file(), root.span, "not-a-plan",
              absl::StrCat("expected a plan, a mapping with fields such as "
                           "`buyer` and `contract`, got ",
                           Describe(root)));
  }
  if (root.entries.empty()) {
    return At(tree.file(), root.span, "not-a-plan",
              "expected a plan, got an empty mapping");
  }
  const syntax::Node::Entry& first = root.entries.front();
  const std::string closest =
      ClosestMatch(first.key, FieldNames(*v1::ProcurementPlan::descriptor()));
  return At(
      tree.file(), first.key_span, "not-a-plan",
      "this is no plan: none of its keys tells of a procurement",
      closest.empty() ? "" : absl::StrCat("did you mean `", closest, "`?"));
}

ReadResult ReadPlanText(std::string uri,
                        const std::shared_ptr<const SourceFile>& file,
                        syntax::Tree::Format format,
                        const ReadOptions& options) {
  ReadResult result;
  result.uri = std::move(uri);
  result.source = file;
  result.source_map = SourceMap(file);
  DiagnosticSink sink;
  syntax::Limits limits;
  limits.max_bytes = std::min(options.max_plan_file_bytes, kMaxPlanFileBytes);
  const std::shared_ptr<const syntax::Tree> tree =
      format == syntax::Tree::Format::kJson
          ? syntax::ReadJson(file, limits, sink)
          : syntax::ReadYaml(file, limits, sink);
  if (tree == nullptr) {
    result.diagnostics = sink.Sorted();
    return result;
  }
  if (const syntax::Node::Entry* ocds = FindOcdsKey(tree->root());
      ocds != nullptr && !LooksLikePlan(*tree)) {
    result.kind = v1::DocumentReport::OCDS_RELEASE;
    result.diagnostics.push_back(
        At(file, ocds->key_span, "unsupported-format",
           "this is OCDS, which this version does not read",
           "convert it to a plan file"));
    return result;
  }
  if (!LooksLikePlan(*tree)) {
    result.status = ReadResult::Status::kNotADocument;
    result.diagnostics.push_back(NoPlan(*tree));
    return result;
  }
  result.kind = v1::DocumentReport::PLAN;
  const bool ok = ReadPlan(tree, options, result.plan, result.source_map, sink);
  result.status =
      ok ? ReadResult::Status::kRead : ReadResult::Status::kUnreadable;
  result.diagnostics = sink.Sorted();
  return result;
}

// `size` is that of the line, of which a part alone may be here.
ReadResult ReadLine(absl::string_view uri, std::string line, std::size_t size,
                    std::int32_t number, const ReadOptions& options) {
  const std::size_t limit =
      std::min(options.max_plan_file_bytes, kMaxPlanFileBytes);
  std::string line_uri = absl::StrCat(uri, "#/lines/", number);
  if (size > limit) {
    ReadResult result = TooLarge(uri, size, limit, "the line", number);
    result.uri = std::move(line_uri);
    return result;
  }
  if (number == 1 && absl::StartsWith(line, kByteOrderMark)) {
    line.erase(0, kByteOrderMark.size());
  }
  const auto file = std::make_shared<const SourceFile>(std::string(uri),
                                                       std::move(line), number);
  return ReadPlanText(std::move(line_uri), file, syntax::Tree::Format::kJson,
                      options);
}

bool IsBlankLine(absl::string_view line) {
  return line.find_first_not_of(kBlanks) == absl::string_view::npos;
}

// Reads up to a line break. Of a line past `limit` only that much is kept, and
// `size` tells how long it was. False at the end.
bool TakeLine(std::istream& in, std::size_t limit, std::string& line,
              std::size_t& size) {
  line.clear();
  size = 0;
  std::streambuf* buffer = in.rdbuf();
  using Traits = std::istream::traits_type;
  while (true) {
    const Traits::int_type next = buffer->sbumpc();
    if (Traits::eq_int_type(next, Traits::eof())) {
      in.setstate(std::ios::eofbit);
      return size > 0;
    }
    const char c = Traits::to_char_type(next);
    if (c == '\n') return true;
    ++size;
    if (line.size() <= limit) line += c;
  }
}

// JSON Lines without the name: the first line is a whole object, and another
// one follows.
bool LooksLikeJsonLines(absl::string_view text) {
  const std::size_t start = text.find_first_not_of(kBlanks);
  const std::size_t end = text.find('\n', start);
  if (end == absl::string_view::npos) return false;
  const absl::string_view first =
      absl::StripTrailingAsciiWhitespace(text.substr(start, end - start));
  const absl::string_view rest =
      absl::StripLeadingAsciiWhitespace(text.substr(end));
  return first.size() > 1 && first.back() == '}' && absl::StartsWith(rest, "{");
}

}  // namespace

DocumentFormat DetectFormat(absl::string_view uri, absl::string_view bytes) {
  // UTF-16 and UTF-32 by their marks, or by the zero beside a `<`.
  const bool wide =
      absl::StartsWith(bytes, "\xFE\xFF") ||
      absl::StartsWith(bytes, "\xFF\xFE") ||
      (bytes.size() > 1 && (bytes[0] == '\0') != (bytes[1] == '\0'));
  if (wide) {
    const absl::string_view head = bytes.substr(0, 64);
    for (const char c : head) {
      if (c == '<') return DocumentFormat::kXml;
      // Marks, zeros and blanks may stand before it.
      if (c != '\0' && c != '\xFE' && c != '\xFF' &&
          !absl::StrContains(kBlanks, c)) {
        break;
      }
    }
    return DocumentFormat::kWideText;
  }
  absl::string_view text = bytes;
  if (absl::StartsWith(text, kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == absl::string_view::npos) return DocumentFormat::kEmpty;
  if (text[start] == '<') return DocumentFormat::kXml;
  const bool lines_by_name = absl::EndsWithIgnoreCase(uri, ".jsonl") ||
                             absl::EndsWithIgnoreCase(uri, ".ndjson");
  if (lines_by_name) return DocumentFormat::kJsonLines;
  if (text[start] == '{' || text[start] == '[') {
    // `{buyer: ...}` is YAML's own bracket form.
    if (absl::EndsWithIgnoreCase(uri, ".yaml") ||
        absl::EndsWithIgnoreCase(uri, ".yml")) {
      return DocumentFormat::kYaml;
    }
    return LooksLikeJsonLines(text) ? DocumentFormat::kJsonLines
                                    : DocumentFormat::kJson;
  }
  return DocumentFormat::kYaml;
}

namespace {

// Everything but JSON Lines.
ReadResult ReadSingle(Input input, DocumentFormat format,
                      const ReadOptions& options) {
  if (format == DocumentFormat::kXml) {
    return eforms::ReadNotice(std::move(input.uri), std::move(input.bytes),
                              options);
  }
  const std::size_t limit =
      std::min(options.max_plan_file_bytes, kMaxPlanFileBytes);
  if (input.bytes.size() > limit) {
    return TooLarge(input.uri, input.bytes.size(), limit, "the file");
  }
  if (format == DocumentFormat::kEmpty) {
    return Refuse(
        input.uri, v1::DocumentReport::KIND_UNSPECIFIED,
        ReadResult::Status::kUnreadable,
        At(EmptyFile(input.uri), {0, 0}, "empty-file", "the file is empty",
           "expected a plan (YAML, JSON, JSON Lines) or an eForms "
           "notice (XML)"));
  }
  if (format == DocumentFormat::kWideText) {
    return Refuse(input.uri, v1::DocumentReport::KIND_UNSPECIFIED,
                  ReadResult::Status::kUnreadable,
                  At(EmptyFile(input.uri), {0, 0}, "invalid-utf8",
                     "the text is UTF-16 or UTF-32, or no text at all",
                     "save the file as UTF-8"));
  }
  const std::shared_ptr<const SourceFile> file =
      syntax::MakeSourceFile(input.uri, std::move(input.bytes));
  return ReadPlanText(std::move(input.uri), file,
                      format == DocumentFormat::kJson
                          ? syntax::Tree::Format::kJson
                          : syntax::Tree::Format::kYaml,
                      options);
}

}  // namespace

void Read(Input input, const ReadOptions& options,
          absl::FunctionRef<void(ReadResult)> on_result) {
  const DocumentFormat format = DetectFormat(input.uri, input.bytes);
  if (format != DocumentFormat::kJsonLines) {
    on_result(ReadSingle(std::move(input), format, options));
    return;
  }
  absl::string_view rest = input.bytes;
  for (std::int32_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const absl::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (IsBlankLine(line)) continue;
    on_result(
        ReadLine(input.uri, std::string(line), line.size(), number, options));
  }
}

void ReadLines(absl::string_view uri, std::istream& lines,
               const ReadOptions& options,
               absl::FunctionRef<bool(ReadResult)> on_result) {
  const std::size_t limit =
      std::min(options.max_plan_file_bytes, kMaxPlanFileBytes);
  std::string line;
  std::size_t size = 0;
  for (std::int32_t number = 1; TakeLine(lines, limit, line, size); ++number) {
    if (IsBlankLine(line)) continue;
    if (!on_result(ReadLine(uri, std::move(line), size, number, options)))
      return;
  }
}

ReadResult ReadOne(Input input, const ReadOptions& options) {
  const DocumentFormat format = DetectFormat(input.uri, input.bytes);
  if (format != DocumentFormat::kJsonLines) {
    return ReadSingle(std::move(input), format, options);
  }
  absl::string_view text = absl::StripAsciiWhitespace(input.bytes);
  if (!absl::StrContains(text, '\n')) {
    return ReadSingle(std::move(input), DocumentFormat::kJson, options);
  }
  const auto file = syntax::MakeSourceFile(input.uri, std::move(input.bytes));
  return Refuse(input.uri, v1::DocumentReport::PLAN,
                ReadResult::Status::kUnreadable,
                At(file, {0, 0}, "several-plans",
                   "expected one document, got JSON Lines with several"));
}

}  // namespace klausul::intake
