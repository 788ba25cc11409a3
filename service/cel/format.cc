#include "service/cel/format.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "service/cel/ast.h"
#include "service/cel/comments.h"
#include "service/cel/layout.h"
#include "service/cel/lexer.h"
#include "service/cel/parser.h"
#include "service/cel/precedence.h"

namespace klausul::cel {
namespace {

using Piece = Sheet::Piece;

constexpr Sheet::BlockStyle kChain = {.indent = 0};
constexpr Sheet::BlockStyle kSum = {.indent = 2};
constexpr Sheet::BlockStyle kOperands = {.indent = 2, .joins = true};
constexpr Sheet::BlockStyle kCases = {.indent = 2, .one_a_line = true};
constexpr Sheet::BlockStyle kRung = {.indent = 0, .one_a_line = true};
constexpr Sheet::BlockStyle kCalls = {.indent = 2, .blank = false};
constexpr Sheet::BlockStyle kBracketed = {.may_hang = true};
// `all(x, condition)`: the variables stay where they are.
constexpr Sheet::BlockStyle kFold = {.last_may_hang = true};

// A list that stands one element a line is meant so from this size on; two
// lines may also have come of the width.
constexpr std::size_t kLeastOneALine = 3;

// How often what comes out is laid out anew, until it stays as it is.
constexpr int kMaxRounds = 20;

// Turns a tree without macros into pieces of a sheet. It goes through the tree
// in the order of the text and hands out each comment where it comes by.
class Formatter {
 public:
  // Without `keep_breaks` no line break of the author's counts.
  Formatter(const SourceFile& source, std::vector<Comment> comments,
            bool keep_breaks)
      : text_(source.text()),
        comments_(std::move(comments)),
        keep_breaks_(keep_breaks) {}

  const Piece* Whole(const Expr& root) {
    std::vector<const Piece*> parts = TakeRemarks(root.span.begin);
    parts.push_back(Print(root, Precedence::kConditional));
    Append(parts, TakeRemarks(text_.size()));
    return sheet_.Row(std::move(parts));
  }

 private:
  using Items = std::vector<Sheet::Item>;

  const Piece* Print(const Expr& expr, Precedence least);
  const Piece* PrintBare(const Expr& expr);
  const Piece* PrintConstant(const Expr& expr);
  const Piece* PrintCall(const Expr& expr);
  const Piece* PrintCalls(const Expr& expr);
  const Piece* PrintArguments(const Expr& expr);
  const Piece* PrintChain(const BinaryForm& form, const Expr& expr);
  const Piece* PrintOperands(const BinaryForm& form, const Expr& expr);
  const Piece* PrintCases(const Expr& expr);
  const Piece* PrintPrefix(absl::string_view sign, const Expr& expr);
  const Piece* PrintIndex(const Expr& expr);
  const Piece* PrintList(const Expr& expr);
  const Piece* PrintEntries(const Expr& expr, absl::string_view open);
  const Piece* Bracketed(absl::string_view open, Items items,
                         absl::string_view close, std::size_t end,
                         const Sheet::BlockStyle& style = kBracketed);

  void AddItem(Items& items, absl::string_view prefix, std::size_t begin);
  std::vector<const Piece*> TakeRemarks(std::size_t before);

  bool HasComment(std::size_t before) const {
    return next_ < comments_.size() && comments_[next_].span.begin < before;
  }

  // True where the author put a line break between two things, before any
  // bracket that belongs to the second.
  bool IsBroken(std::size_t end, std::size_t begin) const {
    if (!keep_breaks_) return false;
    const absl::string_view gap =
        text_.substr(end, begin > end ? begin - end : 0);
    return absl::StrContains(gap.substr(0, gap.find('(')), '\n');
  }

  std::string CommentText(const Comment& comment) const {
    return std::string(absl::StripTrailingAsciiWhitespace(text_.substr(
        comment.span.begin, comment.span.end - comment.span.begin)));
  }

  static std::string FieldText(absl::string_view name) {
    return IsSelector(name) ? std::string(name) : absl::StrCat("`", name, "`");
  }

  static void Append(std::vector<const Piece*>& parts,
                     const std::vector<const Piece*>& more) {
    parts.insert(parts.end(), more.begin(), more.end());
  }

  absl::string_view text_;
  std::vector<Comment> comments_;
  const bool keep_breaks_;
  // Comments before this one stand on the sheet.
  std::size_t next_ = 0;
  Sheet sheet_;
};

std::vector<const Piece*> Formatter::TakeRemarks(std::size_t before) {
  std::vector<const Piece*> remarks;
  for (; HasComment(before); ++next_) {
    const Comment& comment = comments_[next_];
    remarks.push_back(sheet_.Remark(CommentText(comment), comment.own_line));
  }
  return remarks;
}

// Begins an item with the comments before what stands at `begin`.
void Formatter::AddItem(Items& items, absl::string_view prefix,
                        std::size_t begin) {
  Sheet::Item item;
  item.prefix = std::string(prefix);
  for (; HasComment(begin); ++next_) {
    const Comment& comment = comments_[next_];
    if (!comment.own_line && !items.empty() && items.back().remark.empty() &&
        item.remarks.empty()) {
      items.back().remark = CommentText(comment);
    } else {
      item.remarks.push_back(CommentText(comment));
    }
  }
  items.push_back(std::move(item));
}

const Piece* Formatter::Print(const Expr& expr, Precedence least) {
  if (PrecedenceOf(expr) >= least) return PrintBare(expr);
  return sheet_.Row({sheet_.Text("("), PrintBare(expr), sheet_.Text(")")});
}

const Piece* Formatter::PrintBare(const Expr& expr) {
  if (HasComment(expr.span.begin)) {
    std::vector<const Piece*> parts = TakeRemarks(expr.span.begin);
    parts.push_back(PrintBare(expr));
    return sheet_.Row(std::move(parts));
  }
  switch (expr.kind) {
    case ExprKind::kConstant:
      return PrintConstant(expr);
    case ExprKind::kIdent:
      return sheet_.Text(expr.name);
    case ExprKind::kSelect:
      return sheet_.Row({Print(*expr.operand, Precedence::kMember),
                         sheet_.Text(absl::StrCat(expr.optional ? ".?" : ".",
                                                  FieldText(expr.name)))});
    case ExprKind::kList:
      return PrintList(expr);
    case ExprKind::kMap:
      return PrintEntries(expr, "{");
    case ExprKind::kStruct:
      return PrintEntries(expr, absl::StrCat(expr.name, "{"));
    default:
      // Folds and lets come of macros, and there are none.
      return PrintCall(expr);
  }
}

// As its author spelled it: `0xFF`, `r"\d"`, `1e6`.
const Piece* Formatter::PrintConstant(const Expr& expr) {
  absl::string_view written =
      text_.substr(expr.span.begin, expr.span.end - expr.span.begin);
  if (!absl::StartsWith(written, "-")) return sheet_.Text(written);
  written.remove_prefix(1);
  return sheet_.Text(
      absl::StrCat("-", absl::StripLeadingAsciiWhitespace(written)));
}

const Piece* Formatter::PrintCall(const Expr& expr) {
  if (const BinaryForm* form = FindBinaryForm(expr)) {
    return form->precedence <= Precedence::kAnd ? PrintChain(*form, expr)
                                                : PrintOperands(*form, expr);
  }
  if (expr.IsCall(op::kConditional)) return PrintCases(expr);
  if (expr.IsCall(op::kNot)) return PrintPrefix("!", expr);
  if (expr.IsCall(op::kNegate)) return PrintPrefix("-", expr);
  if (expr.IsCall(op::kIndex) || expr.IsCall(op::kOptionalIndex)) {
    return PrintIndex(expr);
  }
  return expr.operand == nullptr ? PrintArguments(expr) : PrintCalls(expr);
}

bool IsMethodCall(const Expr& expr) {
  return expr.kind == ExprKind::kCall && expr.operand != nullptr;
}

// `a.b.f(x).g(y)`: lines may break before each call but the first.
const Piece* Formatter::PrintCalls(const Expr& expr) {
  std::vector<const Expr*> calls;
  const Expr* first = &expr;
  for (; IsMethodCall(*first); first = first->operand)
    calls.push_back(first);
  const Piece* receiver = Print(*first, Precedence::kMember);
  Items items;
  for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
    const Piece* arguments = PrintArguments(**call);
    items.emplace_back();
    items.back().piece =
        items.size() > 1 ? arguments : sheet_.Row({receiver, arguments});
  }
  if (items.size() == 1) return items.front().piece;
  return sheet_.Block(std::move(items), kCalls);
}

// The name of a call and what stands in its brackets.
const Piece* Formatter::PrintArguments(const Expr& expr) {
  const bool method = expr.operand != nullptr;
  // Variables of a fold, or what looks like them.
  std::size_t variables = 0;
  while (method && variables + 1 < expr.args.size() &&
         expr.args[variables]->kind == ExprKind::kIdent)
    ++variables;
  const bool fold = variables > 0 && variables + 1 == expr.args.size();
  Items items;
  std::size_t end = 0;
  for (const Expr* arg : expr.args) {
    AddItem(items, "", arg->span.begin);
    items.back().stays = fold;
    items.back().starts_line = fold && items.size() == expr.args.size() &&
                               IsBroken(end, arg->span.begin);
    items.back().piece = Print(*arg, Precedence::kConditional);
    end = arg->span.end;
  }
  return Bracketed(absl::StrCat(method ? "." : "", expr.name, "("),
                   std::move(items), ")", expr.span.end,
                   fold ? kFold : kBracketed);
}

const Piece* Formatter::PrintChain(const BinaryForm& form, const Expr& expr) {
  // Within `||` an `&&` gets parentheses, too: not every reader knows which of
  // the two binds more tightly.
  const Precedence least = Precedence::kRelation;
  Items items;
  std::size_t end = 0;
  for (const Expr* arg : expr.args) {
    const bool first = items.empty();
    AddItem(items, first ? "" : absl::StrCat(form.text, " "), arg->span.begin);
    items.back().starts_line = !first && IsBroken(end, arg->span.begin);
    items.back().piece = Print(*arg, least);
    end = arg->span.end;
  }
  return sheet_.Block(std::move(items), kChain);
}

bool EndsInBracket(const Expr& expr) {
  return expr.kind == ExprKind::kList || expr.kind == ExprKind::kMap ||
         expr.kind == ExprKind::kStruct;
}

// Sums, products and comparisons, which nest to the left: one block for all
// that are of one level.
const Piece* Formatter::PrintOperands(const BinaryForm& form,
                                      const Expr& expr) {
  std::vector<const Expr*> links;
  const Expr* first = &expr;
  for (const BinaryForm* link = &form;
       link != nullptr && link->precedence == form.precedence;
       link = FindBinaryForm(*first)) {
    links.push_back(first);
    first = first->args[0];
  }
  if (links.size() == 1 && EndsInBracket(*expr.args[1])) {
    const Piece* left = Print(*first, form.precedence);
    return sheet_.Row({left, sheet_.Text(absl::StrCat(" ", form.text, " ")),
                       Print(*expr.args[1], Tighter(form.precedence))});
  }
  Items items;
  AddItem(items, "", first->span.begin);
  items.back().piece = Print(*first, form.precedence);
  for (auto link = links.rbegin(); link != links.rend(); ++link) {
    const Expr& operand = *(*link)->args[1];
    AddItem(items, absl::StrCat(FindBinaryForm(**link)->text, " "),
            operand.span.begin);
    // `a >= b` and below it `+ c`, rather than `>=` on the next line.
    items.back().stays = form.precedence == Precedence::kProduct ||
                         FindBinaryForm(operand) != nullptr;
    items.back().piece = Print(operand, Tighter(form.precedence));
  }
  return sheet_.Block(std::move(items),
                      form.precedence == Precedence::kSum ? kSum : kOperands);
}

// `a ? b : c ? d : e` is a ladder: each rung, `c ? d`, on one line if it fits.
const Piece* Formatter::PrintCases(const Expr& expr) {
  const bool ladder = expr.args[2]->IsCall(op::kConditional);
  Items items;
  std::size_t end = 0;
  const auto add = [&](Items& to, absl::string_view prefix, const Expr& part,
                       Precedence least) {
    AddItem(to, prefix, part.span.begin);
    to.back().starts_line = end > 0 && IsBroken(end, part.span.begin);
    to.back().piece = Print(part, least);
    end = part.span.end;
  };
  if (!ladder) {
    add(items, "", *expr.args[0], Precedence::kOr);
    add(items, "? ", *expr.args[1], Precedence::kOr);
    add(items, ": ", *expr.args[2], Precedence::kConditional);
    return sheet_.Block(std::move(items), kCases);
  }
  const Expr* link = &expr;
  absl::string_view prefix;
  for (; link->IsCall(op::kConditional); link = link->args[2]) {
    const Expr& condition = *link->args[0];
    AddItem(items, prefix, condition.span.begin);
    items.back().starts_line = end > 0 && IsBroken(end, condition.span.begin);
    end = 0;
    Items rung;
    add(rung, "", condition, Precedence::kOr);
    add(rung, "? ", *link->args[1], Precedence::kOr);
    items.back().piece =
        sheet_.Block(std::move(rung), prefix.empty() ? kCases : kRung);
    prefix = ": ";
  }
  add(items, prefix, *link, Precedence::kConditional);
  return sheet_.Block(std::move(items), kCases);
}

const Piece* Formatter::PrintPrefix(absl::string_view sign, const Expr& expr) {
  const Expr& operand = *expr.args[0];
  const Precedence least =
      operand.IsCall(expr.name) ? Precedence::kPrefix : Precedence::kMember;
  return sheet_.Row({sheet_.Text(sign), Print(operand, least)});
}

const Piece* Formatter::PrintIndex(const Expr& expr) {
  const Piece* operand = Print(*expr.args[0], Precedence::kMember);
  Items items;
  AddItem(items, "", expr.args[1]->span.begin);
  items.back().piece = Print(*expr.args[1], Precedence::kConditional);
  return sheet_.Row({operand, Bracketed(expr.name == op::kIndex ? "[" : "[?",
                                        std::move(items), "]", expr.span.end)});
}

const Piece* Formatter::PrintList(const Expr& expr) {
  Items items;
  bool one_a_line = expr.args.size() >= kLeastOneALine;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    const bool optional = std::binary_search(expr.optional_indices.begin(),
                                             expr.optional_indices.end(),
                                             static_cast<std::int32_t>(i));
    const Expr& element = *expr.args[i];
    AddItem(items, optional ? "?" : "", element.span.begin);
    items.back().piece = Print(element, Precedence::kConditional);
    one_a_line = one_a_line && (i == 0 || IsBroken(expr.args[i - 1]->span.end,
                                                   element.span.begin));
  }
  for (std::size_t i = 1; one_a_line && i < items.size(); ++i)
    items[i].starts_line = true;
  return Bracketed("[", std::move(items), "]", expr.span.end);
}

const Piece* Formatter::PrintEntries(const Expr& expr, absl::string_view open) {
  Items items;
  bool one_a_line = expr.entries.size() >= kLeastOneALine;
  for (std::size_t i = 0; i < expr.entries.size(); ++i) {
    const Entry& entry = expr.entries[i];
    AddItem(items, entry.optional ? "?" : "", entry.span.begin);
    const Piece* key = entry.key != nullptr
                           ? Print(*entry.key, Precedence::kConditional)
                           : sheet_.Text(FieldText(entry.field));
    items.back().piece =
        sheet_.Row({key, sheet_.Text(": "),
                    Print(*entry.value, Precedence::kConditional)});
    one_a_line = one_a_line && (i == 0 || IsBroken(expr.entries[i - 1].span.end,
                                                   entry.span.begin));
  }
  for (std::size_t i = 1; one_a_line && i < items.size(); ++i)
    items[i].starts_line = true;
  return Bracketed(open, std::move(items), "}", expr.span.end);
}

// What stands in brackets, separated by commas; `end` is behind the bracket
// that closes.
const Piece* Formatter::Bracketed(absl::string_view open, Items items,
                                  absl::string_view close, std::size_t end,
                                  const Sheet::BlockStyle& style) {
  for (std::size_t i = 0; i + 1 < items.size(); ++i)
    items[i].suffix = ",";
  std::vector<const Piece*> parts = {sheet_.Text(open)};
  std::vector<const Piece*> last = TakeRemarks(end);
  if (!items.empty()) parts.push_back(sheet_.Block(std::move(items), style));
  Append(parts, last);
  parts.push_back(sheet_.Text(close));
  return sheet_.Row(std::move(parts));
}

void Refuse(const std::shared_ptr<const SourceFile>& source, Span span,
            absl::string_view message, DiagnosticSink& sink) {
  sink.Error(source, span, "not-formatted", message,
             "write the expression as a block: `|`, and the expression, "
             "indented, below it");
}

// One time through; see Format().
absl::optional<std::string> FormatOnce(
    const std::shared_ptr<const SourceFile>& source,
    const FormatOptions& options, DiagnosticSink& sink) {
  ParseOptions parse_options;
  parse_options.macros = nullptr;
  parse_options.optional_syntax = true;
  const auto ast = Parse(source, parse_options, sink);
  if (ast == nullptr) return absl::nullopt;
  std::vector<Comment> comments = FindComments(source);
  if (options.one_line && !comments.empty()) {
    Refuse(source, comments.front().span,
           "a comment cannot stand in an expression of one line", sink);
    return absl::nullopt;
  }
  Formatter formatter(*source, std::move(comments), !options.one_line);
  const Piece* whole = formatter.Whole(*ast->root());
  std::string text = Sheet::Print(
      *whole, options.one_line ? std::numeric_limits<std::size_t>::max()
                               : options.width);
  // Only a text of the author's has line breaks then.
  if (options.one_line && absl::StrContains(text, '\n')) {
    Refuse(source, ast->root()->span,
           "a text over several lines cannot stand in an expression of one "
           "line",
           sink);
    return absl::nullopt;
  }
  return text;
}

}  // namespace

absl::optional<std::string> Format(
    const std::shared_ptr<const SourceFile>& source,
    const FormatOptions& options, DiagnosticSink& sink) {
  absl::optional<std::string> text = FormatOnce(source, options, sink);
  // A break that was put in may be one that stays from then on, and may make
  // for another one further out. There are only so many places for breaks, so
  // this ends; nearly always at once.
  for (int i = 0; text.has_value() && i < kMaxRounds; ++i) {
    DiagnosticSink ignored;
    absl::optional<std::string> again = FormatOnce(
        std::make_shared<SourceFile>(std::string(source->name()), *text),
        options, ignored);
    if (!again.has_value() || *again == *text) break;
    text = std::move(again);
  }
  return text;
}

}  // namespace klausul::cel
