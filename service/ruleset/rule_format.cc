#include "service/ruleset/rule_format.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "service/cel/format.h"
#include "service/cel/parser.h"
#include "service/ruleset/node_ref.h"

namespace klausul::ruleset {
namespace {

using syntax::Node;

// Columns of a rule file.
constexpr std::size_t kFileWidth = 80;
// Of an expression that stands far to the right.
constexpr std::size_t kLeastWidth = 40;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Bytes of a file and what stands in their place.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

NodeRef Get(const NodeRef& mapping, absl::string_view key) {
  for (const auto& [name, value] : mapping.Entries()) {
    if (name.text() == key) return value;
  }
  return {};
}

void AddExpression(const NodeRef& node, std::vector<NodeRef>& out) {
  if (!node || node.node() == nullptr || !node.node()->is_scalar()) return;
  if (absl::StripAsciiWhitespace(node.text()).empty()) return;
  out.push_back(node);
}

// The expressions of a file, in the order of the text.
std::vector<NodeRef> FindExpressions(const NodeRef& root) {
  std::vector<NodeRef> out;
  const auto items = [&root](absl::string_view key) {
    const NodeRef list = Get(root, key);
    return list ? list.Items() : std::vector<NodeRef>();
  };
  for (const NodeRef& rule : items("rules")) {
    AddExpression(Get(rule, "applies"), out);
    AddExpression(Get(rule, "requires"), out);
    const NodeRef args = Get(rule, "args");
    if (!args) continue;
    for (const auto& [name, value] : args.Entries())
      AddExpression(value, out);
  }
  for (const NodeRef& fact : items("facts")) {
    AddExpression(Get(fact, "expr"), out);
    const NodeRef versions = Get(fact, "versions");
    if (!versions) continue;
    for (const NodeRef& version : versions.Items())
      AddExpression(Get(version, "expr"), out);
  }
  if (const NodeRef advice = Get(root, "advice")) {
    for (const absl::string_view key : {"regimes", "opportunities"}) {
      const NodeRef list = Get(advice, key);
      if (!list) continue;
      for (const NodeRef& item : list.Items())
        AddExpression(Get(item, "when"), out);
    }
  }
  std::sort(out.begin(), out.end(), [](const NodeRef& a, const NodeRef& b) {
    return a.span().begin < b.span().begin;
  });
  return out;
}

std::shared_ptr<const SourceFile> ExpressionSource(const NodeRef& node) {
  return std::make_shared<SourceFile>(std::string(node.file()->name()),
                                      std::string(node.text()));
}

// What the formatter says of an expression, said of the file.
void Report(const NodeRef& node, const DiagnosticSink& found,
            DiagnosticSink& sink) {
  for (Diagnostic diagnostic : found.diagnostics()) {
    diagnostic.file = node.file();
    diagnostic.span = node.SpanOf(diagnostic.span);
    for (Diagnostic::Note& note : diagnostic.notes) {
      note.file = node.file();
      note.span = node.SpanOf(note.span);
    }
    sink.Add(std::move(diagnostic));
  }
}

void Refuse(const NodeRef& node, DiagnosticSink& sink) {
  node.Error("not-formatted",
             "this expression cannot be laid out in the way it is written",
             "write it as a block: `|`, and the expression, indented, below it",
             sink);
}

// The lines of a block: from behind the line of its `|` to the end of its last
// line that is not blank.
Edit BlockLines(const NodeRef& node) {
  const absl::string_view text = node.file()->text();
  Edit edit;
  edit.begin =
      std::min(text.find('\n', node.span().begin), text.size() - 1) + 1;
  edit.end = std::max<std::size_t>(edit.begin, node.span().end);
  return edit;
}

// How far the lines of a block stand in, and how they end.
struct BlockForm {
  std::size_t indent = 0;
  absl::string_view line_break = "\n";
};

BlockForm FormOf(const NodeRef& node, const Edit& lines) {
  const absl::string_view text = node.file()->text();
  BlockForm form;
  if (lines.begin >= 2 && text[lines.begin - 2] == '\r')
    form.line_break = "\r\n";
  // The value's own leading blanks are not part of the indentation.
  const absl::string_view value = node.text();
  const std::size_t first =
      std::min(value.find_first_not_of(" \t\r\n"), value.size());
  const std::size_t at = node.SpanOf({static_cast<std::uint32_t>(first),
                                      static_cast<std::uint32_t>(first)})
                             .begin;
  const std::size_t line = text.rfind('\n', at) + 1;
  const std::size_t value_line =
      first == 0 ? 0 : value.rfind('\n', first - 1) + 1;
  form.indent = (at - line) - (first - value_line);
  return form;
}

std::string Indented(absl::string_view text, const BlockForm& form) {
  std::string out;
  absl::string_view separator;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::StrAppend(&out, separator);
    const absl::string_view bare = absl::StripSuffix(line, "\r");
    if (!bare.empty())
      absl::StrAppend(&out, std::string(form.indent, ' '), bare);
    separator = form.line_break;
  }
  return out;
}

std::string Quoted(absl::string_view text, Node::Style style) {
  switch (style) {
    case Node::Style::kSingleQuoted:
      return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
    case Node::Style::kDoubleQuoted:
      return absl::StrCat(
          "\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}),
          "\"");
    default:
      return std::string(text);
  }
}

// What to change for one expression; false where it cannot be read or laid
// out, which is then reported.
bool FormatExpression(const NodeRef& node, std::vector<Edit>& edits,
                      DiagnosticSink& sink) {
  const Node& scalar = *node.node();
  const auto source = ExpressionSource(node);
  DiagnosticSink found;
  cel::FormatOptions options;
  Edit edit;
  BlockForm form;
  if (scalar.is_block()) {
    edit = BlockLines(node);
    form = FormOf(node, edit);
    options.width =
        std::max(kFileWidth - std::min(kFileWidth, form.indent), kLeastWidth);
  } else {
    edit.begin = node.span().begin;
    edit.end = node.span().end;
    options.one_line = true;
  }
  const absl::optional<std::string> text = cel::Format(source, options, found);
  if (!text.has_value()) {
    Report(node, found, sink);
    return false;
  }
  // What is quoted may be spelled in more than one way: if it says the right
  // thing, the author's stays.
  if (!scalar.is_block() && *text == source->text()) return true;
  edit.text =
      scalar.is_block() ? Indented(*text, form) : Quoted(*text, scalar.style);
  const absl::string_view before =
      node.file()->text().substr(edit.begin, edit.end - edit.begin);
  if (before != edit.text) edits.push_back(std::move(edit));
  return true;
}

std::shared_ptr<const cel::Ast> ParseOf(const NodeRef& node) {
  cel::ParseOptions options;
  options.macros = nullptr;
  options.optional_syntax = true;
  DiagnosticSink sink;
  return cel::Parse(ExpressionSource(node), options, sink);
}

// The comments of an expression: what the tree does not tell.
std::size_t CommentMarks(absl::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("//"); at != absl::string_view::npos;
       at = text.find("//", at + 2)) {
    ++count;
  }
  return count;
}

// Folding, or a plain text's own rules, may have made something else of what
// was written: the new file is read as the old one was.
bool SaysTheSame(const std::vector<NodeRef>& before, const NodeRef& root,
                 DiagnosticSink& sink) {
  const std::vector<NodeRef> after =
      root ? FindExpressions(root) : std::vector<NodeRef>();
  bool same = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto old_tree = ParseOf(before[i]);
    const auto new_tree = i < after.size() ? ParseOf(after[i]) : nullptr;
    if (new_tree != nullptr && old_tree != nullptr &&
        cel::SameTree(*old_tree->root(), *new_tree->root()) &&
        CommentMarks(before[i].text()) == CommentMarks(after[i].text())) {
      continue;
    }
    Refuse(before[i], sink);
    same = false;
  }
  return same;
}

}  // namespace

absl::optional<std::string> FormatRuleFile(absl::string_view name,
                                           absl::string_view content,
                                           DiagnosticSink& sink) {
  const absl::string_view mark =
      absl::StartsWith(content, kByteOrderMark) ? kByteOrderMark : "";
  content.remove_prefix(mark.size());
  const std::string path(name);
  const NodeRef root = ReadTree(path, std::string(content), sink);
  if (!root) return absl::nullopt;
  const std::vector<NodeRef> expressions = FindExpressions(root);
  std::vector<Edit> edits;
  bool ok = true;
  for (const NodeRef& node : expressions) {
    ok = FormatExpression(node, edits, sink) && ok;
  }
  if (!ok) return absl::nullopt;

  std::string out(mark);
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    absl::StrAppend(&out, content.substr(at, edit.begin - at), edit.text);
    at = edit.end;
  }
  absl::StrAppend(&out, content.substr(at));
  if (edits.empty()) return out;
  DiagnosticSink ignored;
  if (!SaysTheSame(expressions,
                   ReadTree(path, out.substr(mark.size()), ignored), sink)) {
    return absl::nullopt;
  }
  return out;
}

}  // namespace klausul::ruleset
