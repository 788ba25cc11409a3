#ifndef KLAUSUL_SERVICE_CEL_LEXER_H_
#define KLAUSUL_SERVICE_CEL_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"

namespace klausul::cel {

enum class TokenKind : std::uint8_t {
  kEnd,
  kIdent,        // also reserved words; text
  kQuotedIdent,  // `a-b`; value is what stands between the backticks
  kTrue,
  kFalse,
  kNull,
  kIn,
  kInt,     // text, without sign
  kUint,    // text, with its `u`
  kDouble,  // text, without sign
  kString,  // value
  kBytes,   // value
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kDot,
  kQuestion,
  kColon,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kBang,
  kAnd,
  kOr,
  kEquals,
  kNotEquals,
  kLess,
  kLessEquals,
  kGreater,
  kGreaterEquals,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span;
  // What the author wrote; points into the source.
  absl::string_view text;
  // The decoded text of a string, bytes or quoted identifier.
  std::string value;
};

// Cuts an expression into tokens. What is no token is reported and either
// mended (`=` is read as `==`, `&` as `&&`) or left out, so that the parser
// can go on. The text must be well-formed UTF-8.
class Lexer {
 public:
  // Both must outlive the lexer.
  Lexer(const std::shared_ptr<const SourceFile>& source, DiagnosticSink& sink)
      : source_(source), text_(source->text()), sink_(sink) {}

  Lexer(const Lexer&) = delete;
  Lexer& operator=(const Lexer&) = delete;

  // The next token; kEnd again and again at the end of the text.
  Token Next();

 private:
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool Consume(absl::string_view expected);
  void SkipBlank();
  Token Make(TokenKind kind, std::size_t begin) const;
  void Error(Span span, absl::string_view code, absl::string_view message,
             absl::string_view help = {});

  bool AtStringStart() const;
  Token LexNumber();
  Token LexWord();
  Token LexQuotedIdent();
  Token LexString();
  bool LexStringBody(absl::string_view quote, bool raw, bool bytes,
                     std::string& value);
  void LexEscape(bool bytes, std::string& value);
  void LexHexEscape(std::size_t begin, int digits, bool bytes,
                    std::string& value);
  void LexOctalEscape(std::size_t begin, bool bytes, std::string& value);
  bool LexSign(Token& token);
  bool LexMendedSign(Token& token);
  void SkipUnknown();

  const std::shared_ptr<const SourceFile>& source_;
  absl::string_view text_;
  DiagnosticSink& sink_;
  std::size_t at_ = 0;
};

// True for `[A-Za-z_][A-Za-z0-9_]*` that is no keyword (`true`, `false`,
// `null`, `in`): what may stand as a field without backticks.
bool IsSelector(absl::string_view text);

// True for words that cannot be identifiers or global functions, though they
// can be fields and methods: `package`, `for`, ...
bool IsReservedWord(absl::string_view text);

// True for text that may stand between backticks.
bool IsQuotable(absl::string_view text);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_LEXER_H_
