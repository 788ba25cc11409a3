#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/cel/parser_impl.h"

namespace klausul::cel {

Expr* Parser::ParseMember() {
  const std::uint32_t begin = token_.span.begin;
  // A chain of plain names may turn out to name a message.
  bool is_name = false;
  Expr* expr = ParsePrimary(is_name);
  return ParsePostfix(expr, is_name, begin);
}

// The selections, calls, indexes and `{...}` after a primary expression, which
// begins at `begin`.
Expr* Parser::ParsePostfix(Expr* expr, bool is_name, std::uint32_t begin) {
  while (!gave_up_) {
    if (At(TokenKind::kDot)) {
      expr = ParseSelection(expr, is_name, begin);
    } else if (At(TokenKind::kLeftBracket)) {
      expr = ParseIndex(expr, begin);
      is_name = false;
    } else if (At(TokenKind::kLeftBrace)) {
      if (!is_name) {
        ErrorHere("only a plain name can stand before `{`",
                  "a message is written `package.Message{field: value}`");
      }
      expr = ParseStruct(expr, begin);
      is_name = false;
    } else {
      return expr;
    }
  }
  return expr;
}

Expr* Parser::ParsePrimary(bool& is_name) {
  const std::uint32_t begin = token_.span.begin;
  switch (token_.kind) {
    case TokenKind::kLeftParen:
      return ParseParenthesis();
    case TokenKind::kLeftBracket:
      return ParseList();
    case TokenKind::kLeftBrace:
      return ParseMap();
    case TokenKind::kInt:
    case TokenKind::kUint:
    case TokenKind::kDouble:
      return ParseNumber(false, begin);
    case TokenKind::kTrue:
    case TokenKind::kFalse: {
      const bool value = At(TokenKind::kTrue);
      Advance();
      return NewConstant(Constant::Bool(value), begin);
    }
    case TokenKind::kNull:
      Advance();
      return NewConstant(Constant::Null(), begin);
    case TokenKind::kString:
    case TokenKind::kBytes: {
      const absl::string_view text = ast_->Intern(token_.value);
      const bool is_string = At(TokenKind::kString);
      Advance();
      return NewConstant(
          is_string ? Constant::String(text) : Constant::Bytes(text), begin);
    }
    case TokenKind::kDot:
      Advance();
      if (!At(TokenKind::kIdent)) {
        return Missing(absl::StrCat("expected a name, found ", TokenText()));
      }
      return ParseName(true, begin, is_name);
    case TokenKind::kIdent:
      return ParseName(false, begin, is_name);
    case TokenKind::kQuotedIdent: {
      Expr* expr =
          Missing(absl::StrCat(token_.text, " cannot stand on its own"),
                  "backticks quote a field, after a dot");
      Advance();
      return expr;
    }
    default:
      break;
  }
  Expr* expr =
      Missing(absl::StrCat("expected an expression, found ", TokenText()));
  // A sign without its left operand, `* 2`: what follows can still be read.
  if (BinaryOperatorOf(token_.kind).precedence > 0 && !gave_up_) {
    Advance();
    if (StartsOperand(token_.kind)) {
      const Nesting nesting(*this);
      ParseUnary();
    }
  }
  return expr;
}

Expr* Parser::ParseParenthesis() {
  const Opening opening = Open(TokenKind::kRightParen);
  Expr* expr = ParseConditional();
  if (At(TokenKind::kComma)) {
    ErrorHere("`,` cannot stand in parentheses", "a list is written `[a, b]`");
    while (Accept(TokenKind::kComma))
      SkipToSeparator();
  }
  Close(opening);
  return expr;
}

// An identifier or the call of a global function.
Expr* Parser::ParseName(bool absolute, std::uint32_t begin, bool& is_name) {
  const Token name = token_;
  Advance();
  if (!absolute && IsReservedWord(name.text)) {
    Error(name.span, "reserved-word",
          absl::StrCat("`", name.text, "` is a reserved word"),
          "it can be a field or a method, but no name of its own");
  }
  const absl::string_view full =
      absolute ? ast_->Intern(absl::StrCat(".", name.text))
               : ast_->Intern(name.text);
  if (At(TokenKind::kLeftParen)) {
    std::vector<Expr*> args = ParseArguments();
    Expr* call = New(ExprKind::kCall, begin);
    call->name = full;
    call->name_span = {begin, name.span.end};
    call->args = std::move(args);
    return FinishCall(call);
  }
  Expr* ident = New(ExprKind::kIdent, begin);
  ident->span.end = name.span.end;
  ident->name = full;
  ident->name_span = ident->span;
  is_name = true;
  return ident;
}

Expr* Parser::ParseSelection(Expr* operand, bool& is_name,
                             std::uint32_t begin) {
  Advance();
  bool optional = false;
  if (At(TokenKind::kQuestion)) {
    optional = AcceptOptionalMark();
    is_name = false;
  }
  const Token name = token_;
  if (name.kind != TokenKind::kIdent && name.kind != TokenKind::kQuotedIdent) {
    const bool keyword =
        name.kind == TokenKind::kIn || name.kind == TokenKind::kTrue ||
        name.kind == TokenKind::kFalse || name.kind == TokenKind::kNull;
    ErrorHere(absl::StrCat("expected a field name, found ", TokenText()),
              keyword
                  ? absl::StrCat("write `", name.text, "` between backticks")
                  : "");
    // `a.in b` is rather `a.` `in b`: leave what can go on.
    if (keyword) Advance();
    is_name = false;
    return operand;
  }
  Advance();
  const bool quoted = name.kind == TokenKind::kQuotedIdent;
  if (quoted) is_name = false;
  const absl::string_view text =
      ast_->Intern(quoted ? absl::string_view(name.value) : name.text);
  if (At(TokenKind::kLeftParen)) {
    if (quoted || optional) {
      Error(name.span, "syntax", absl::StrCat(name.text, " cannot be called"),
            quoted ? "backticks quote fields only"
                   : "`.?` selects a field; call a method with `.`");
    }
    is_name = false;
    std::vector<Expr*> args = ParseArguments();
    Expr* call = New(ExprKind::kCall, begin);
    call->name = text;
    call->name_span = name.span;
    call->operand = operand;
    call->args = std::move(args);
    return FinishCall(call);
  }
  Expr* select = New(ExprKind::kSelect, begin);
  select->name = text;
  select->name_span = name.span;
  select->operand = operand;
  select->optional = optional;
  return Finish(select);
}

Expr* Parser::ParseIndex(Expr* operand, std::uint32_t begin) {
  const Opening opening = Open(TokenKind::kRightBracket);
  const bool optional = AcceptOptionalMark();
  Expr* index = ParseConditional();
  if (At(TokenKind::kComma)) {
    ErrorHere("an index is one expression");
    while (Accept(TokenKind::kComma))
      SkipToSeparator();
  }
  Close(opening);
  return NewCall(optional ? op::kOptionalIndex : op::kIndex,
                 {opening.span.begin, last_end_}, {operand, index}, begin);
}

// The `?` of `[?e]`, `{?k: v}`, `e.?f`, `e[?i]`.
bool Parser::AcceptOptionalMark() {
  if (!At(TokenKind::kQuestion)) return false;
  if (!options_.optional_syntax) {
    ErrorHere("`?` cannot stand here", "optional values are not switched on");
  }
  Advance();
  return true;
}

std::vector<Expr*> Parser::ParseArguments() {
  const Opening opening = Open(TokenKind::kRightParen);
  std::vector<Expr*> args;
  bool more = !At(opening.closer) && !At(TokenKind::kEnd);
  while (more && !gave_up_) {
    args.push_back(ParseConditional());
    more = NextElement(opening, false);
  }
  Close(opening);
  return args;
}

}  // namespace klausul::cel
