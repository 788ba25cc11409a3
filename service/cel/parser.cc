#include "service/cel/parser.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "service/cel/parser_impl.h"

namespace klausul::cel {
namespace {

// Operators of other languages, spelled as words.
struct WordOperator {
  absl::string_view word;
  TokenKind kind = TokenKind::kEnd;
  absl::string_view meant;
};

constexpr std::array<WordOperator, 5> kWordOperators = {{
    {"and", TokenKind::kAnd, "&&"},
    {"or", TokenKind::kOr, "||"},
    {"is", TokenKind::kEquals, "=="},
    {"mod", TokenKind::kPercent, "%"},
    {"div", TokenKind::kSlash, "/"},
}};

}  // namespace

BinaryOperator BinaryOperatorOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kOr:
      return {kOrPrecedence, op::kOr};
    case TokenKind::kAnd:
      return {kAndPrecedence, op::kAnd};
    case TokenKind::kEquals:
      return {3, op::kEquals};
    case TokenKind::kNotEquals:
      return {3, op::kNotEquals};
    case TokenKind::kLess:
      return {3, op::kLess};
    case TokenKind::kLessEquals:
      return {3, op::kLessEquals};
    case TokenKind::kGreater:
      return {3, op::kGreater};
    case TokenKind::kGreaterEquals:
      return {3, op::kGreaterEquals};
    case TokenKind::kIn:
      return {3, op::kIn};
    case TokenKind::kPlus:
      return {4, op::kAdd};
    case TokenKind::kMinus:
      return {4, op::kSubtract};
    case TokenKind::kStar:
      return {5, op::kMultiply};
    case TokenKind::kSlash:
      return {5, op::kDivide};
    case TokenKind::kPercent:
      return {5, op::kModulo};
    default:
      return {};
  }
}

std::shared_ptr<const Ast> Parser::Run() {
  const absl::string_view text = source_->text();
  const std::size_t max_bytes =
      std::min(options_.max_source_bytes, ParseLimits::kMaxSourceBytes);
  if (text.size() > max_bytes) {
    sink_.Error(source_, {0, 0}, "size-limit",
                absl::StrCat("the expression has ", text.size(),
                             " bytes; at most ", max_bytes, " are read"));
    return nullptr;
  }
  const std::size_t invalid = FindInvalidUtf8(text);
  if (invalid != absl::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(invalid);
    sink_.Error(source_, {at, at + 1}, "invalid-utf8",
                "the expression is not valid UTF-8");
    return nullptr;
  }
  Advance();
  if (At(TokenKind::kEnd)) {
    ErrorHere("the expression is empty");
    return nullptr;
  }
  Expr* root = ParseConditional();
  while (!At(TokenKind::kEnd)) {
    if (IsCloser(token_.kind)) {
      ErrorHere(absl::StrCat(TokenText(), " closes nothing"),
                "take it away, or add the opening bracket");
      Advance();
      // That no operand stands before what follows is part of that
      // mistake.
      complained_at_ = token_.span.begin;
      continue;
    }
    ErrorHere(
        absl::StrCat("expected an operator or the end, found ", TokenText()));
    // What follows may have mistakes of its own; this one is told.
    complained_at_ = token_.span.begin;
    if (!StartsOperand(token_.kind)) Advance();
    if (!At(TokenKind::kEnd) && !IsCloser(token_.kind)) ParseConditional();
  }
  if (sink_.error_count() > errors_before_) return nullptr;
  ast_->set_root(root);
  return ast_;
}

Expr* Parser::ParseConditional() {
  const Nesting nesting(*this);
  const std::uint32_t begin = token_.span.begin;
  Expr* condition = ParseBinary(kOrPrecedence);
  if (!At(TokenKind::kQuestion)) return condition;
  const Span sign = token_.span;
  Advance();
  Expr* then = ParseBinary(kOrPrecedence);
  if (At(TokenKind::kQuestion)) {
    ErrorHere("a `?:` in the middle of another needs parentheses",
              "write `a ? (b ? c : d) : e`");
    Advance();
    ParseConditional();
    if (Accept(TokenKind::kColon)) ParseConditional();
  }
  if (!Accept(TokenKind::kColon)) {
    ErrorHere(absl::StrCat("expected `:` and the value of the other case, "
                           "found ",
                           TokenText()),
              "a condition is written `condition ? value : other`");
    return condition;
  }
  Expr* otherwise = ParseConditional();
  return NewCall(op::kConditional, sign, {condition, then, otherwise}, begin);
}

// Words such as `and` after an operand: told, and read as what they mean.
void Parser::AcceptWordOperator() {
  if (!At(TokenKind::kIdent)) return;
  const std::string lower = absl::AsciiStrToLower(token_.text);
  for (const WordOperator& word : kWordOperators) {
    if (lower != word.word) continue;
    if (complained_at_ == token_.span.begin) return;
    Error(token_.span, "unknown-operator",
          absl::StrCat("`", token_.text, "` is not an operator"),
          absl::StrCat("write `", word.meant, "`"));
    if (!gave_up_) token_.kind = word.kind;
    return;
  }
}

Expr* Parser::ParseBinary(int least) {
  const std::uint32_t begin = token_.span.begin;
  Expr* left = ParseUnary();
  for (;;) {
    AcceptWordOperator();
    const BinaryOperator found = BinaryOperatorOf(token_.kind);
    if (found.precedence < least || found.precedence == 0) return left;
    std::vector<Expr*> args = {left};
    const Span sign = token_.span;
    const TokenKind kind = token_.kind;
    do {
      Advance();
      args.push_back(ParseBinary(found.precedence + 1));
      AcceptWordOperator();
      // `&&` and `||` chains are one node; other chains nest to the left.
    } while (found.precedence <= kAndPrecedence && At(kind));
    left = NewCall(found.function, sign, std::move(args), begin);
    if (gave_up_) return left;
  }
}

Expr* Parser::ParseUnary() {
  if (At(TokenKind::kBang)) return ParsePrefix(TokenKind::kBang, op::kNot);
  if (At(TokenKind::kMinus)) return ParsePrefix(TokenKind::kMinus, op::kNegate);
  if (!At(TokenKind::kIdent) || absl::AsciiStrToLower(token_.text) != "not") {
    return ParseMember();
  }
  const Token word = token_;
  Expr* operand = ParseMember();
  if (!StartsOperand(token_.kind)) return operand;
  Error(word.span, "unknown-operator",
        absl::StrCat("`", word.text, "` is not an operator"), "write `!`");
  const Nesting nesting(*this);
  return ParseUnary();
}

Expr* Parser::ParsePrefix(TokenKind kind, absl::string_view function) {
  std::vector<Span> signs;
  while (At(kind)) {
    signs.push_back(token_.span);
    Advance();
  }
  // `-1` is a literal; so is the `-1` of `--1` and of `!-1`.
  bool negative = false;
  std::uint32_t number_begin = token_.span.begin;
  if (kind == TokenKind::kBang && At(TokenKind::kMinus)) {
    number_begin = token_.span.begin;
    const Span minus = token_.span;
    Advance();
    negative = true;
    if (!At(TokenKind::kInt) && !At(TokenKind::kDouble)) {
      Error(minus, "syntax", "`!` and `-` cannot be mixed without parentheses",
            "write `!(-x)`");
      negative = false;
      while (Accept(TokenKind::kMinus) || Accept(TokenKind::kBang)) {
      }
    }
  } else if (kind == TokenKind::kMinus &&
             (At(TokenKind::kInt) || At(TokenKind::kDouble))) {
    negative = true;
    number_begin = signs.back().begin;
    signs.pop_back();
  } else if (kind == TokenKind::kMinus && At(TokenKind::kBang)) {
    Error(token_.span, "syntax",
          "`-` and `!` cannot be mixed without parentheses", "write `-(!x)`");
    while (Accept(TokenKind::kMinus) || Accept(TokenKind::kBang)) {
    }
  }
  Expr* operand = negative ? ParsePostfix(ParseNumber(true, number_begin),
                                          false, number_begin)
                           : ParseMember();
  while (!signs.empty() && !gave_up_) {
    operand = NewCall(function, signs.back(), {operand}, signs.back().begin);
    signs.pop_back();
  }
  return operand;
}

std::shared_ptr<const Ast> Parse(std::shared_ptr<const SourceFile> source,
                                 const ParseOptions& options,
                                 DiagnosticSink& sink) {
  return Parser(std::move(source), options, sink).Run();
}

}  // namespace klausul::cel
