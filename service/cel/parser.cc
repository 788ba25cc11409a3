#include "service/cel/parser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/lexer.h"

namespace klausul::cel {
namespace {

// How tightly binary operators bind; 0 is no binary operator.
constexpr int kOrPrecedence = 1;
constexpr int kAndPrecedence = 2;

// Of the least int; the largest is one less.
constexpr std::uint64_t kIntMagnitude = std::uint64_t{1} << 63;

struct BinaryOperator {
  int precedence = 0;
  absl::string_view function;
};

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

class Parser {
 public:
  Parser(std::shared_ptr<const SourceFile> source, const ParseOptions& options,
         DiagnosticSink& sink)
      : source_(std::move(source)),
        options_(options),
        sink_(sink),
        errors_before_(sink.error_count()),
        ast_(std::make_shared<Ast>(source_)),
        lexer_(source_, sink) {
    if (options.macros == nullptr) return;
    for (const Macro& macro : *options.macros) {
      macros_[macro.name].push_back(&macro);
    }
  }

  std::shared_ptr<const Ast> Run();

 private:
  // Counts the nesting of what is being parsed.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      ++parser_.nesting_;
      if (parser_.nesting_ <= parser_.max_nesting()) return;
      parser_.GiveUp(parser_.token_.span, "nesting-limit",
                     absl::StrCat("the expression is nested more than ",
                                  parser_.max_nesting(), " levels deep"),
                     "name a part of it on its own, as a fact or a variable");
    }

    ~Nesting() { --parser_.nesting_; }

    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  // An opening bracket, for the diagnostic that it is not closed.
  struct Opening {
    Span span;
    absl::string_view text;
    TokenKind closer;
  };

  std::int32_t max_nesting() const {
    return std::min(options_.max_nesting, ParseLimits::kMaxNesting);
  }

  // --- tokens ---
  void Advance();

  bool At(TokenKind kind) const { return token_.kind == kind; }

  bool Accept(TokenKind kind);
  Opening Open(TokenKind closer);
  void Close(const Opening& opening);
  void SkipToSeparator();
  bool NextElement(const Opening& opening, bool trailing_comma);

  // --- errors ---
  void Error(Span span, absl::string_view code, absl::string_view message,
             absl::string_view help = {});
  void ErrorHere(absl::string_view message, absl::string_view help = {});
  void GiveUp(Span span, absl::string_view code, absl::string_view message,
              absl::string_view help);
  Expr* Missing(absl::string_view message, absl::string_view help = {});
  std::string TokenText() const;

  // --- grammar ---
  Expr* ParseConditional();
  Expr* ParseBinary(int least);
  void AcceptWordOperator();
  Expr* ParseUnary();
  Expr* ParsePrefix(TokenKind kind, absl::string_view function);
  Expr* ParseMember();
  Expr* ParsePostfix(Expr* expr, bool is_name, std::uint32_t begin);
  Expr* ParsePrimary(bool& is_name);
  Expr* ParseParenthesis();
  Expr* ParseName(bool absolute, std::uint32_t begin, bool& is_name);
  Expr* ParseNumber(bool negative, std::uint32_t begin);
  Expr* ParseSelection(Expr* operand, bool& is_name, std::uint32_t begin);
  Expr* ParseIndex(Expr* operand, std::uint32_t begin);
  Expr* ParseList();
  Expr* ParseMap();
  Expr* ParseStruct(Expr* name_expr, std::uint32_t begin);
  void FinishEntry(Entry& entry, std::uint32_t begin);
  bool AcceptOptionalMark();
  std::vector<Expr*> ParseArguments();

  // --- nodes ---
  Expr* New(ExprKind kind, std::uint32_t begin) {
    return ast_->NewNode(kind, {begin, last_end_});
  }

  Expr* NewConstant(const Constant& constant, std::uint32_t begin);
  Expr* NewCall(absl::string_view function, Span name_span,
                std::vector<Expr*> args, std::uint32_t begin);
  Expr* Finish(Expr* expr);
  Expr* FinishCall(Expr* call);

  std::shared_ptr<const SourceFile> source_;
  const ParseOptions& options_;
  DiagnosticSink& sink_;
  const std::size_t errors_before_;
  std::shared_ptr<Ast> ast_;
  Lexer lexer_;
  absl::flat_hash_map<absl::string_view, std::vector<const Macro*>> macros_;
  Token token_;
  // The end of the token before `token_`.
  std::uint32_t last_end_ = 0;
  // How many constructs are around the one being parsed.
  std::int32_t nesting_ = -1;
  // A limit was passed; every token is kEnd from then on.
  bool gave_up_ = false;
  // Where the parser last complained: one mistake, one message.
  absl::optional<std::uint32_t> complained_at_;
};

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
      // That no operand stands before what follows is part of that mistake.
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

// --- tokens ------------------------------------------------------------------

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

// --- grammar -----------------------------------------------------------------

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

// --- nodes -------------------------------------------------------------------

Expr* Parser::NewConstant(const Constant& constant, std::uint32_t begin) {
  Expr* expr = New(ExprKind::kConstant, begin);
  expr->constant = constant;
  return expr;
}

Expr* Parser::NewCall(absl::string_view function, Span name_span,
                      std::vector<Expr*> args, std::uint32_t begin) {
  Expr* call = New(ExprKind::kCall, begin);
  call->name = function;
  call->name_span = name_span;
  call->args = std::move(args);
  return Finish(call);
}

Expr* Parser::Finish(Expr* expr) {
  UpdateDepth(*expr);
  if (expr->depth > ParseLimits::kMaxTreeDepth) {
    GiveUp(expr->name_span, "nesting-limit",
           absl::StrCat("more than ", ParseLimits::kMaxTreeDepth,
                        " operations follow one another"),
           "name a part of it on its own, as a fact or a variable");
  }
  return expr;
}

// Expands the call where it is one of a macro.
Expr* Parser::FinishCall(Expr* call) {
  Finish(call);
  const auto found = macros_.find(call->name);
  if (found == macros_.end() || gave_up_) return call;
  for (const Macro* macro : found->second) {
    if (macro->receiver_style != call->has_receiver()) continue;
    if (macro->arg_count != Macro::kAnyArgCount &&
        static_cast<std::size_t>(macro->arg_count) != call->args.size()) {
      continue;
    }
    MacroContext context(*ast_, *call, sink_);
    Expr* expanded = macro->expand(context, *call);
    if (context.has_error()) return call;
    if (expanded == nullptr) continue;
    // Only a node that the macro made stands for the call; an argument that
    // it hands back stands for itself.
    if (expanded->id > call->id) {
      expanded->span = call->span;
      expanded->macro_call = call;
    }
    return Finish(expanded);
  }
  return call;
}

}  // namespace

std::shared_ptr<const Ast> Parse(std::shared_ptr<const SourceFile> source,
                                 const ParseOptions& options,
                                 DiagnosticSink& sink) {
  return Parser(std::move(source), options, sink).Run();
}

}  // namespace klausul::cel
