#include "service/cel/lexer.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace klausul::cel {
namespace {

constexpr char32_t kMaxCodePoint = 0x10FFFF;
constexpr char32_t kFirstSurrogate = 0xD800;
constexpr char32_t kLastSurrogate = 0xDFFF;

bool IsWordStart(char c) {
  return absl::ascii_isalpha(c) || c == '_';
}

bool IsWord(char c) {
  return absl::ascii_isalnum(c) || c == '_';
}

bool IsContinuationByte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return absl::ascii_tolower(c) - 'a' + 10;
}

// `code_point` is a Unicode scalar value.
void AppendUtf8(char32_t code_point, std::string& out) {
  const auto byte = [&out](char32_t bits) {
    out.push_back(static_cast<char>(bits));
  };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

// What word processors make of the signs that an expression is made of.
struct Lookalike {
  absl::string_view text;
  absl::string_view meant;
};

constexpr std::array<Lookalike, 13> kLookalikes = {{
    {"\u201C", "\""},
    {"\u201D", "\""},
    {"\u00AB", "\""},
    {"\u00BB", "\""},
    {"\u2018", "'"},
    {"\u2019", "'"},
    {"\u2013", "-"},
    {"\u2212", "-"},
    {"\u00D7", "*"},
    {"\u2264", "<="},
    {"\u2265", ">="},
    {"\u2260", "!="},
    {"\u00A0", "a plain space"},
}};

}  // namespace

bool IsReservedWord(absl::string_view text) {
  static constexpr std::array<absl::string_view, 17> kWords = {
      "as",       "break",  "const",  "continue", "else", "for",
      "function", "if",     "import", "let",      "loop", "namespace",
      "package",  "return", "var",    "void",     "while"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

bool IsSelector(absl::string_view text) {
  return !text.empty() && IsWordStart(text[0]) &&
         std::all_of(text.begin(), text.end(), IsWord) && text != "true" &&
         text != "false" && text != "null" && text != "in";
}

bool IsQuotable(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsWord(c) || c == '.' || c == '-' || c == '/' || c == ' ';
  });
}

void Lexer::Error(Span span, absl::string_view code, absl::string_view message,
                  absl::string_view help) {
  sink_.Error(source_, span, code, message, help);
}

Token Lexer::Make(TokenKind kind, std::size_t begin) const {
  Token token;
  token.kind = kind;
  token.span = {static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(at_)};
  token.text = text_.substr(begin, at_ - begin);
  return token;
}

bool Lexer::Consume(absl::string_view expected) {
  if (!absl::StartsWith(text_.substr(at_), expected)) return false;
  at_ += expected.size();
  return true;
}

void Lexer::SkipBlank() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at_;
    } else if (c == '/' && Peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      return;
    }
  }
}

Token Lexer::Next() {
  for (;;) {
    SkipBlank();
    if (at_ >= text_.size()) return Make(TokenKind::kEnd, at_);
    const char c = Peek();
    if (AtStringStart()) return LexString();
    if (IsWordStart(c)) return LexWord();
    if (absl::ascii_isdigit(c) || (c == '.' && absl::ascii_isdigit(Peek(1)))) {
      return LexNumber();
    }
    if (c == '`') return LexQuotedIdent();
    Token token;
    if (LexMendedSign(token) || LexSign(token)) return token;
    SkipUnknown();
  }
}

Token Lexer::LexWord() {
  const std::size_t begin = at_;
  while (IsWord(Peek()))
    ++at_;
  Token token = Make(TokenKind::kIdent, begin);
  if (token.text == "true") token.kind = TokenKind::kTrue;
  if (token.text == "false") token.kind = TokenKind::kFalse;
  if (token.text == "null") token.kind = TokenKind::kNull;
  if (token.text == "in") token.kind = TokenKind::kIn;
  return token;
}

Token Lexer::LexNumber() {
  const std::size_t begin = at_;
  TokenKind kind = TokenKind::kInt;
  if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X') &&
      absl::ascii_isxdigit(Peek(2))) {
    at_ += 2;
    while (absl::ascii_isxdigit(Peek()))
      ++at_;
  } else {
    while (absl::ascii_isdigit(Peek()))
      ++at_;
    if (Peek() == '.' && absl::ascii_isdigit(Peek(1))) {
      kind = TokenKind::kDouble;
      ++at_;
      while (absl::ascii_isdigit(Peek()))
        ++at_;
    }
    const std::size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 2 : 1;
    if ((Peek() == 'e' || Peek() == 'E') && absl::ascii_isdigit(Peek(sign))) {
      kind = TokenKind::kDouble;
      at_ += sign;
      while (absl::ascii_isdigit(Peek()))
        ++at_;
    }
  }
  if (kind == TokenKind::kInt && (Peek() == 'u' || Peek() == 'U')) {
    kind = TokenKind::kUint;
    ++at_;
  }
  if (!IsWord(Peek())) return Make(kind, begin);

  while (IsWord(Peek()))
    ++at_;
  Token token = Make(TokenKind::kInt, begin);
  Error(token.span, "invalid-number",
        absl::StrCat("`", token.text, "` is not a number"),
        absl::StrContains(token.text, '_')
            ? "write the digits without `_` between them"
            : "");
  // Any number will do: the expression is refused.
  token.text = "0";
  return token;
}

Token Lexer::LexQuotedIdent() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && Peek() != '`' && Peek() != '\n')
    ++at_;
  const std::string inside(text_.substr(begin + 1, at_ - begin - 1));
  const bool closed = Consume("`");
  Token token = Make(TokenKind::kQuotedIdent, begin);
  token.value = inside;
  if (!closed) {
    Error(token.span, "unterminated-name", "a closing backtick is missing");
  } else if (!IsQuotable(inside)) {
    Error(token.span, "invalid-name",
          absl::StrCat(token.text, " cannot be a name"),
          "between backticks stand letters, digits, spaces and `_ . - /`");
  }
  return token;
}

bool Lexer::AtStringStart() const {
  std::size_t prefix = 0;
  if (Peek() == 'b' || Peek() == 'B') ++prefix;
  if (Peek(prefix) == 'r' || Peek(prefix) == 'R') ++prefix;
  return Peek(prefix) == '"' || Peek(prefix) == '\'';
}

Token Lexer::LexString() {
  const std::size_t begin = at_;
  const bool bytes = Peek() == 'b' || Peek() == 'B';
  if (bytes) ++at_;
  const bool raw = Peek() == 'r' || Peek() == 'R';
  if (raw) ++at_;
  absl::string_view quote = text_.substr(at_, 1);
  if (Peek(1) == quote[0] && Peek(2) == quote[0]) quote = text_.substr(at_, 3);
  at_ += quote.size();

  std::string value;
  const bool closed = LexStringBody(quote, raw, bytes, value);
  Token token = Make(bytes ? TokenKind::kBytes : TokenKind::kString, begin);
  token.value = std::move(value);
  if (!closed) {
    const auto opened =
        static_cast<std::uint32_t>(quote.data() - text_.data() + quote.size());
    Error({token.span.begin, opened}, "unterminated-string",
          "the string is not closed",
          quote.size() == 1
              ? absl::StrCat("add `", quote,
                             "` on the same line; a text over several lines "
                             "stands between triple quotes")
              : absl::StrCat("add `", quote, "` at its end"));
  }
  return token;
}

bool Lexer::LexStringBody(absl::string_view quote, bool raw, bool bytes,
                          std::string& value) {
  while (at_ < text_.size()) {
    if (Consume(quote)) return true;
    const char c = Peek();
    if (c == '\n' || c == '\r') {
      if (quote.size() == 1) return false;
      // Line ends are the same on every machine, as in other implementations.
      at_ += c == '\r' && Peek(1) == '\n' ? 2 : 1;
      value.push_back('\n');
    } else if (c == '\\' && !raw) {
      LexEscape(bytes, value);
    } else {
      value.push_back(c);
      ++at_;
    }
  }
  return false;
}

void Lexer::LexEscape(bool bytes, std::string& value) {
  static constexpr absl::string_view kLetters = "abfnrtv\\?\"'`";
  static constexpr absl::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
  const std::size_t begin = at_++;
  const char c = Peek();
  if (at_ < text_.size() && kLetters.find(c) != absl::string_view::npos) {
    value.push_back(kMeanings[kLetters.find(c)]);
    ++at_;
    return;
  }
  switch (c) {
    case 'x':
    case 'X':
      return LexHexEscape(begin, 2, bytes, value);
    case 'u':
      return LexHexEscape(begin, 4, bytes, value);
    case 'U':
      return LexHexEscape(begin, 8, bytes, value);
    case '0':
    case '1':
    case '2':
    case '3':
      return LexOctalEscape(begin, bytes, value);
    default:
      break;
  }
  if (at_ < text_.size() && c != '\n' && c != '\r') {
    ++at_;
    while (at_ < text_.size() && IsContinuationByte(Peek()))
      ++at_;
  }
  const Span span = {static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(at_)};
  Error(span, "invalid-escape",
        absl::StrCat("`", text_.substr(begin, at_ - begin),
                     "` is not an escape sequence"),
        "write `\\\\` for a backslash, or put `r` before the quote");
}

void Lexer::LexHexEscape(std::size_t begin, int digits, bool bytes,
                         std::string& value) {
  const char letter = Peek();
  ++at_;
  char32_t code = 0;
  int seen = 0;
  for (; seen < digits && absl::ascii_isxdigit(Peek()); ++seen, ++at_) {
    code = code * 16 + static_cast<char32_t>(HexDigit(Peek()));
  }
  const Span span = {static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(at_)};
  const absl::string_view text = text_.substr(begin, at_ - begin);
  if (seen < digits) {
    Error(span, "invalid-escape",
          absl::StrCat("`", text, "` is too short: `\\",
                       absl::string_view(&letter, 1), "` takes ", digits,
                       " hexadecimal digits"));
  } else if (bytes && digits > 2) {
    Error(span, "invalid-escape",
          absl::StrCat("`", text, "` cannot stand in bytes"),
          "write the bytes of its UTF-8 form, each as `\\x` and two digits");
  } else if (bytes) {
    value.push_back(static_cast<char>(code));
  } else if (code > kMaxCodePoint ||
             (code >= kFirstSurrogate && code <= kLastSurrogate)) {
    Error(span, "invalid-escape",
          absl::StrCat("`", text, "` is not a Unicode code point"),
          code > kMaxCodePoint
              ? "the last one is `\\U0010FFFF`"
              : "surrogates do not stand alone or in pairs; write the code "
                "point itself with `\\U`");
  } else {
    AppendUtf8(code, value);
  }
}

void Lexer::LexOctalEscape(std::size_t begin, bool bytes, std::string& value) {
  char32_t code = 0;
  int seen = 0;
  for (; seen < 3 && Peek() >= '0' && Peek() <= '7'; ++seen, ++at_) {
    code = code * 8 + static_cast<char32_t>(Peek() - '0');
  }
  if (seen < 3) {
    Error({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
          "invalid-escape",
          absl::StrCat("`", text_.substr(begin, at_ - begin),
                       "` is too short: a code in octal takes three digits"));
  } else if (bytes) {
    value.push_back(static_cast<char>(code));
  } else {
    AppendUtf8(code, value);
  }
}

bool Lexer::LexMendedSign(Token& token) {
  struct Mended {
    absl::string_view text;
    TokenKind kind = TokenKind::kEnd;
    absl::string_view meant;
  };

  // Longest first.
  static constexpr std::array<Mended, 8> kMended = {{
      {"===", TokenKind::kEquals, "=="},
      {"!==", TokenKind::kNotEquals, "!="},
      {"=<", TokenKind::kLessEquals, "<="},
      {"=>", TokenKind::kGreaterEquals, ">="},
      {"<>", TokenKind::kNotEquals, "!="},
      {"=", TokenKind::kEquals, "=="},
      {"&", TokenKind::kAnd, "&&"},
      {"|", TokenKind::kOr, "||"},
  }};
  if (absl::StartsWith(text_.substr(at_), "==") && Peek(2) != '=') return false;
  if (absl::StartsWith(text_.substr(at_), "&&") ||
      absl::StartsWith(text_.substr(at_), "||")) {
    return false;
  }
  const std::size_t begin = at_;
  for (const Mended& mended : kMended) {
    if (!Consume(mended.text)) continue;
    token = Make(mended.kind, begin);
    Error(token.span, "unknown-operator",
          absl::StrCat("`", mended.text, "` is not an operator"),
          absl::StrCat("did you mean `", mended.meant, "`?"));
    return true;
  }
  return false;
}

bool Lexer::LexSign(Token& token) {
  struct Sign {
    absl::string_view text;
    TokenKind kind = TokenKind::kEnd;
  };

  // Longest first.
  static constexpr std::array<Sign, 24> kSigns = {{
      {"&&", TokenKind::kAnd},        {"||", TokenKind::kOr},
      {"==", TokenKind::kEquals},     {"!=", TokenKind::kNotEquals},
      {"<=", TokenKind::kLessEquals}, {">=", TokenKind::kGreaterEquals},
      {"<", TokenKind::kLess},        {">", TokenKind::kGreater},
      {"(", TokenKind::kLeftParen},   {")", TokenKind::kRightParen},
      {"[", TokenKind::kLeftBracket}, {"]", TokenKind::kRightBracket},
      {"{", TokenKind::kLeftBrace},   {"}", TokenKind::kRightBrace},
      {",", TokenKind::kComma},       {".", TokenKind::kDot},
      {"?", TokenKind::kQuestion},    {":", TokenKind::kColon},
      {"+", TokenKind::kPlus},        {"-", TokenKind::kMinus},
      {"*", TokenKind::kStar},        {"/", TokenKind::kSlash},
      {"%", TokenKind::kPercent},     {"!", TokenKind::kBang},
  }};
  const std::size_t begin = at_;
  for (const Sign& sign : kSigns) {
    if (!Consume(sign.text)) continue;
    token = Make(sign.kind, begin);
    return true;
  }
  return false;
}

void Lexer::SkipUnknown() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && IsContinuationByte(Peek()))
    ++at_;
  const absl::string_view character = text_.substr(begin, at_ - begin);
  const Span span = {static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(at_)};
  for (const Lookalike& lookalike : kLookalikes) {
    if (character != lookalike.text) continue;
    Error(span, "unknown-character",
          absl::StrCat("`", character, "` cannot stand here"),
          absl::StrCat("did you mean `", lookalike.meant, "`?"));
    return;
  }
  if (absl::ascii_iscntrl(character[0])) {
    Error(span, "unknown-character",
          absl::StrCat("a control character (U+",
                       absl::Hex(character[0], absl::kZeroPad4),
                       ") cannot stand here"));
    return;
  }
  Error(span, "unknown-character",
        absl::StrCat("`", character, "` cannot stand here"));
}

}  // namespace klausul::cel
