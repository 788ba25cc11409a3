#include <utility>

#include "absl/strings/str_cat.h"

#include "service/cel/parser_impl.h"

namespace klausul::cel {
namespace {

absl::string_view ClosingText(TokenKind kind) {
  switch (kind) {
    case TokenKind::kRightParen:
      return ")";
    case TokenKind::kRightBracket:
      return "]";
    default:
      return "}";
  }
}

}  // namespace

bool IsCloser(TokenKind kind) {
  return kind == TokenKind::kRightParen || kind == TokenKind::kRightBracket ||
         kind == TokenKind::kRightBrace;
}

bool IsOpener(TokenKind kind) {
  return kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket ||
         kind == TokenKind::kLeftBrace;
}

bool StartsOperand(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdent:
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNull:
    case TokenKind::kInt:
    case TokenKind::kUint:
    case TokenKind::kDouble:
    case TokenKind::kString:
    case TokenKind::kBytes:
    case TokenKind::kLeftParen:
      return true;
    default:
      return false;
  }
}

void Parser::Advance() {
  last_end_ = token_.span.end;
  if (!gave_up_) token_ = lexer_.Next();
}

bool Parser::Accept(TokenKind kind) {
  if (!At(kind)) return false;
  Advance();
  return true;
}

Parser::Opening Parser::Open(TokenKind closer) {
  Opening opening = {token_.span, token_.text, closer};
  Advance();
  return opening;
}

void Parser::Close(const Opening& opening) {
  if (Accept(opening.closer)) return;
  const absl::string_view closing = ClosingText(opening.closer);
  if (IsCloser(token_.kind)) {
    if (complained_at_ != token_.span.begin && !gave_up_) {
      complained_at_ = token_.span.begin;
      Diagnostic diagnostic;
      diagnostic.code = "unbalanced-bracket";
      diagnostic.message =
          absl::StrCat(TokenText(), " does not close `", opening.text, "`");
      diagnostic.file = source_;
      diagnostic.span = token_.span;
      diagnostic.help = absl::StrCat("write `", closing, "`");
      diagnostic.notes.push_back({source_, opening.span, "opened here"});
      sink_.Add(std::move(diagnostic));
    }
    // Likely meant for this bracket: `f(a]` goes on behind it.
    Advance();
    return;
  }
  if (At(TokenKind::kEnd)) {
    if (gave_up_ || complained_at_ == token_.span.begin) return;
    complained_at_ = token_.span.begin;
    Error(opening.span, "unbalanced-bracket",
          absl::StrCat("`", opening.text, "` is never closed"),
          absl::StrCat("add `", closing, "`"));
    return;
  }
  ErrorHere(absl::StrCat("expected `", closing, "`, found ", TokenText()));
  SkipToSeparator();
  while (Accept(TokenKind::kComma))
    SkipToSeparator();
  Accept(opening.closer);
}

// Skips to a comma or closer of this level, or to the end.
void Parser::SkipToSeparator() {
  std::size_t depth = 0;
  while (!At(TokenKind::kEnd)) {
    if (depth == 0 && (At(TokenKind::kComma) || IsCloser(token_.kind))) return;
    if (IsOpener(token_.kind)) ++depth;
    if (IsCloser(token_.kind)) --depth;
    Advance();
  }
}

// After an element: true where another one follows.
bool Parser::NextElement(const Opening& opening, bool trailing_comma) {
  if (!At(TokenKind::kComma) && !IsCloser(token_.kind) &&
      !At(TokenKind::kEnd)) {
    ErrorHere(absl::StrCat("expected `,` or `", ClosingText(opening.closer),
                           "`, found ", TokenText()));
    SkipToSeparator();
  }
  if (!At(TokenKind::kComma)) return false;
  const Span comma = token_.span;
  Advance();
  if (!At(opening.closer)) return !At(TokenKind::kEnd);
  if (!trailing_comma) {
    Error(comma, "syntax", "a call does not end in a comma", "take it away");
  }
  return false;
}

// --- errors ------------------------------------------------------------------

void Parser::Error(Span span, absl::string_view code, absl::string_view message,
                   absl::string_view help) {
  if (gave_up_) return;
  sink_.Error(source_, span, code, message, help);
  if (sink_.error_count() - errors_before_ < ParseLimits::kMaxErrors) return;
  GiveUp(span, "too-many-errors", "too many errors; the rest is not read", {});
}

void Parser::ErrorHere(absl::string_view message, absl::string_view help) {
  if (complained_at_ == token_.span.begin) return;
  complained_at_ = token_.span.begin;
  Error(token_.span, "syntax", message, help);
}

void Parser::GiveUp(Span span, absl::string_view code,
                    absl::string_view message, absl::string_view help) {
  if (gave_up_) return;
  gave_up_ = true;
  sink_.Error(source_, span, code, message, help);
  const auto end = static_cast<std::uint32_t>(source_->text().size());
  token_ = Token();
  token_.span = {end, end};
}

// Complains about the token and stands in for what is missing.
Expr* Parser::Missing(absl::string_view message, absl::string_view help) {
  ErrorHere(message, help);
  Expr* expr = ast_->NewNode(ExprKind::kIdent, token_.span);
  return expr;
}

std::string Parser::TokenText() const {
  if (At(TokenKind::kEnd)) return "the end of the expression";
  if (At(TokenKind::kString) || At(TokenKind::kBytes)) return "a string";
  if (At(TokenKind::kQuotedIdent)) return std::string(token_.text);
  return absl::StrCat("`", token_.text, "`");
}

}  // namespace klausul::cel
