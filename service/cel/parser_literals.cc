#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "service/cel/parser_impl.h"

namespace klausul::cel {
namespace {

// Of the least int; the largest is one less.
constexpr std::uint64_t kIntMagnitude = std::uint64_t{1} << 63;

absl::optional<std::uint64_t> ParseDigits(absl::string_view text) {
  std::uint64_t value = 0;
  const bool hex =
      text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (hex) text.remove_prefix(2);
  const std::uint64_t base = hex ? 16 : 10;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(
        c <= '9' ? c - '0' : absl::ascii_tolower(c) - 'a' + 10);
    if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) {
      return absl::nullopt;
    }
    value = value * base + digit;
  }
  return value;
}

// `a.b.C` of a chain of plain names.
std::string QualifiedName(const Expr& expr) {
  std::vector<absl::string_view> parts;
  const Expr* part = &expr;
  for (; part->kind == ExprKind::kSelect; part = part->operand) {
    parts.push_back(part->name);
  }
  std::string name(part->name);
  for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
    absl::StrAppend(&name, ".", *it);
  }
  return name;
}

}  // namespace

Expr* Parser::ParseNumber(bool negative, std::uint32_t begin) {
  const Token number = token_;
  Advance();
  const Span span = {begin, number.span.end};
  const absl::string_view written =
      source_->text().substr(begin, span.end - begin);
  if (number.kind == TokenKind::kDouble) {
    double value = 0;
    if (!absl::SimpleAtod(number.text, &value) || std::isinf(value)) {
      Error(span, "invalid-number",
            absl::StrCat("`", written, "` is too large for a double"));
    }
    return NewConstant(Constant::Double(negative ? -value : value), begin);
  }
  if (number.kind == TokenKind::kUint) {
    const absl::optional<std::uint64_t> value =
        ParseDigits(number.text.substr(0, number.text.size() - 1));
    if (!value.has_value()) {
      Error(span, "invalid-number",
            absl::StrCat("`", written, "` does not fit into a uint"),
            "the largest one is `18446744073709551615u`");
    }
    return NewConstant(Constant::Uint(value.value_or(0)), begin);
  }
  const std::uint64_t value =
      ParseDigits(number.text).value_or(kIntMagnitude + 1);
  if (value > kIntMagnitude || (value == kIntMagnitude && !negative)) {
    Error(span, "invalid-number",
          absl::StrCat("`", written, "` does not fit into an int"),
          "ints go from `-9223372036854775808` to `9223372036854775807`");
    return NewConstant(Constant::Int(0), begin);
  }
  // In unsigned arithmetic, which has room for the least int.
  return NewConstant(
      Constant::Int(static_cast<std::int64_t>(negative ? 0 - value : value)),
      begin);
}

Expr* Parser::ParseList() {
  const std::uint32_t begin = token_.span.begin;
  const Opening opening = Open(TokenKind::kRightBracket);
  std::vector<Expr*> elements;
  std::vector<std::int32_t> optional_indices;
  bool more = !At(opening.closer) && !At(TokenKind::kEnd);
  while (more && !gave_up_) {
    if (AcceptOptionalMark()) {
      optional_indices.push_back(static_cast<std::int32_t>(elements.size()));
    }
    elements.push_back(ParseConditional());
    more = NextElement(opening, true);
  }
  Close(opening);
  Expr* list = New(ExprKind::kList, begin);
  list->args = std::move(elements);
  list->optional_indices = std::move(optional_indices);
  return Finish(list);
}

Expr* Parser::ParseMap() {
  const std::uint32_t begin = token_.span.begin;
  const Opening opening = Open(TokenKind::kRightBrace);
  std::vector<Entry> entries;
  bool more = !At(opening.closer) && !At(TokenKind::kEnd);
  while (more && !gave_up_) {
    Entry entry;
    const std::uint32_t entry_begin = token_.span.begin;
    entry.optional = AcceptOptionalMark();
    entry.key = ParseConditional();
    FinishEntry(entry, entry_begin);
    entries.push_back(entry);
    more = NextElement(opening, true);
  }
  Close(opening);
  Expr* map = New(ExprKind::kMap, begin);
  map->entries = std::move(entries);
  return Finish(map);
}

// The `: value` of an entry whose key or field has been read.
void Parser::FinishEntry(Entry& entry, std::uint32_t begin) {
  if (Accept(TokenKind::kColon)) {
    entry.value = ParseConditional();
  } else {
    entry.value =
        Missing(absl::StrCat("expected `:` and a value, found ", TokenText()));
    SkipToSeparator();
  }
  entry.span = {begin, last_end_};
}

Expr* Parser::ParseStruct(Expr* name_expr, std::uint32_t begin) {
  const Span name_span = {begin, last_end_};
  const Opening opening = Open(TokenKind::kRightBrace);
  std::vector<Entry> entries;
  bool more = !At(opening.closer) && !At(TokenKind::kEnd);
  while (more && !gave_up_) {
    Entry entry;
    const std::uint32_t entry_begin = token_.span.begin;
    entry.optional = AcceptOptionalMark();
    const Token field = token_;
    entry.field_span = field.span;
    if (Accept(TokenKind::kIdent) || Accept(TokenKind::kQuotedIdent)) {
      entry.field = ast_->Intern(field.kind == TokenKind::kIdent
                                     ? field.text
                                     : absl::string_view(field.value));
      FinishEntry(entry, entry_begin);
      entries.push_back(entry);
    } else {
      ErrorHere(absl::StrCat("expected a field name, found ", TokenText()));
      SkipToSeparator();
    }
    more = NextElement(opening, true);
  }
  Close(opening);
  Expr* message = New(ExprKind::kStruct, begin);
  message->name = ast_->Intern(QualifiedName(*name_expr));
  message->name_span = name_span;
  message->entries = std::move(entries);
  return Finish(message);
}

}  // namespace klausul::cel
