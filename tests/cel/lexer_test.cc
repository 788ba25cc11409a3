#include "service/cel/lexer.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Token> Lex(absl::string_view text, DiagnosticSink& sink) {
  // Tokens point into the source, which has to outlive them.
  static std::vector<std::shared_ptr<const SourceFile>> sources;
  sources.push_back(Source(text));
  Lexer lexer(sources.back(), sink);
  std::vector<Token> tokens;
  do {
    tokens.push_back(lexer.Next());
  } while (tokens.back().kind != TokenKind::kEnd);
  tokens.pop_back();
  return tokens;
}

std::vector<TokenKind> Kinds(absl::string_view text) {
  DiagnosticSink sink;
  std::vector<TokenKind> kinds;
  for (const Token& token : Lex(text, sink))
    kinds.push_back(token.kind);
  EXPECT_THAT(Describe(sink), IsEmpty());
  return kinds;
}

TEST(LexerTest, TellsKindsApart) {
  EXPECT_THAT(
      Kinds("a.b(1, 2u) in {x: [0x1F]}"),
      ElementsAre(TokenKind::kIdent, TokenKind::kDot, TokenKind::kIdent,
                  TokenKind::kLeftParen, TokenKind::kInt, TokenKind::kComma,
                  TokenKind::kUint, TokenKind::kRightParen, TokenKind::kIn,
                  TokenKind::kLeftBrace, TokenKind::kIdent, TokenKind::kColon,
                  TokenKind::kLeftBracket, TokenKind::kInt,
                  TokenKind::kRightBracket, TokenKind::kRightBrace));
}

TEST(LexerTest, ReadsEveryOperator) {
  EXPECT_THAT(Kinds("&& || == != < <= > >= ! + - * / % ? :"),
              ElementsAre(TokenKind::kAnd, TokenKind::kOr, TokenKind::kEquals,
                          TokenKind::kNotEquals, TokenKind::kLess,
                          TokenKind::kLessEquals, TokenKind::kGreater,
                          TokenKind::kGreaterEquals, TokenKind::kBang,
                          TokenKind::kPlus, TokenKind::kMinus, TokenKind::kStar,
                          TokenKind::kSlash, TokenKind::kPercent,
                          TokenKind::kQuestion, TokenKind::kColon));
}

TEST(LexerTest, SkipsBlanksAndComments) {
  EXPECT_THAT(Kinds(" \t\r\n\f a // b && c\n // to the end"),
              ElementsAre(TokenKind::kIdent));
}

TEST(LexerTest, ADoubleNeedsADigitAfterItsDotOrAnExponent) {
  EXPECT_THAT(
      Kinds("1.5 .5 1e3 1.5e-3 1E+2 1.f"),
      ElementsAre(TokenKind::kDouble, TokenKind::kDouble, TokenKind::kDouble,
                  TokenKind::kDouble, TokenKind::kDouble, TokenKind::kInt,
                  TokenKind::kDot, TokenKind::kIdent));
}

TEST(LexerTest, SpansAreBytes) {
  DiagnosticSink sink;
  const std::vector<Token> tokens = Lex("'\u00E6' + x", sink);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[0].span, (Span{0, 4}));
  EXPECT_EQ(tokens[1].span, (Span{5, 6}));
  EXPECT_EQ(tokens[2].span, (Span{7, 8}));
}

TEST(LexerTest, ReadsAQuotedName) {
  DiagnosticSink sink;
  const std::vector<Token> tokens = Lex("`a/b c-d.e`", sink);
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].kind, TokenKind::kQuotedIdent);
  EXPECT_EQ(tokens[0].value, "a/b c-d.e");
}

struct TextCase {
  std::string name;
  std::string source;
  std::string want;
  TokenKind kind = TokenKind::kString;
};

std::ostream& operator<<(std::ostream& out, const TextCase& test) {
  return out << test.name;
}

class LexerTextTest : public testing::TestWithParam<TextCase> {};

TEST_P(LexerTextTest, Decodes) {
  DiagnosticSink sink;
  const std::vector<Token> tokens = Lex(GetParam().source, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].kind, GetParam().kind);
  EXPECT_EQ(tokens[0].value, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, LexerTextTest,
    testing::ValuesIn(std::vector<TextCase>{
        {"Single", "'a\"b'", "a\"b"},
        {"Double", "\"a'b\"", "a'b"},
        {"Empty", "''", ""},
        {"Triple", "'''a'b''c'''", "a'b''c"},
        {"TripleKeepsLines", "\"\"\"a\nb\"\"\"", "a\nb"},
        {"TripleReadsCrLfAsLf", "'''a\r\nb'''", "a\nb"},
        {"Raw", "r'a\\n'", "a\\n"},
        {"RawEndsAfterABackslash", "R\"\\\"", "\\"},
        {"Escapes", R"('\a\b\f\n\r\t\v\\\?\"\'\`')", "\a\b\f\n\r\t\v\\?\"'`"},
        {"HexIsACodePoint", R"('\x41\XE6')", "A\u00E6"},
        {"OctalIsACodePoint", R"('\101\377')", "A\u00FF"},
        {"ShortUnicode", R"('\u2160')", "\u2160"},
        {"LongUnicode", R"('\U0001F431')", "\U0001F431"},
        {"LastCodePoint", R"('\U0010FFFF')", "\U0010FFFF"},
        {"Bytes", "b'a'", "a", TokenKind::kBytes},
        {"BytesTextIsUtf8", "b'\u00FF'", "\xC3\xBF", TokenKind::kBytes},
        {"BytesHexIsAByte", R"(B"\xFF\377")", "\xFF\xFF", TokenKind::kBytes},
        {"RawBytes", R"(bR'\xFF')", "\\xFF", TokenKind::kBytes},
    }),
    [](const auto& test) { return test.param.name; });

struct ErrorCase {
  std::string name;
  std::string source;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const ErrorCase& test) {
  return out << test.name;
}

class LexerErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(LexerErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  Lex(GetParam().source, sink);
  EXPECT_THAT(Describe(sink), ElementsAre(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Errors, LexerErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"SingleEquals", "a = b",
         "unknown-operator: `=` is not an operator «=» help: did you mean "
         "`==`?"},
        {"SingleAmpersand", "a & b",
         "unknown-operator: `&` is not an operator «&» help: did you mean "
         "`&&`?"},
        {"SingleBar", "a | b",
         "unknown-operator: `|` is not an operator «|» help: did you mean "
         "`||`?"},
        {"SqlUnequal", "a <> b",
         "unknown-operator: `<>` is not an operator «<>» help: did you mean "
         "`!=`?"},
        {"TripleEquals", "a === b",
         "unknown-operator: `===` is not an operator «===» help: did you mean "
         "`==`?"},
        {"TypographicQuote", "\u201Ca",
         "unknown-character: `\u201C` cannot stand here «\u201C» help: did "
         "you mean `\"`?"},
        {"LessOrEqualSign", "a \u2264 b",
         "unknown-character: `\u2264` cannot stand here «\u2264» help: did "
         "you mean `<=`?"},
        {"Hash", "a # b", "unknown-character: `#` cannot stand here «#»"},
        {"Control", "a \x01",
         "unknown-character: a control character (U+0001) cannot stand here "
         "«\x01»"},
        {"UnterminatedString", "'abc",
         "unterminated-string: the string is not closed «'» help: add `'` on "
         "the same line; a text over several lines stands between triple "
         "quotes"},
        {"UnterminatedTriple", "r'''abc'",
         "unterminated-string: the string is not closed «r'''» help: add "
         "`'''` at its end"},
        {"UnknownEscape", R"('a\sb')",
         R"(invalid-escape: `\s` is not an escape sequence «\s» help: write )"
         R"(`\\` for a backslash, or put `r` before the quote)"},
        {"ShortHex", R"('\x1g')",
         R"(invalid-escape: `\x1` is too short: `\x` takes 2 hexadecimal )"
         R"(digits «\x1»)"},
        {"ShortOctal", R"('\18')",
         R"(invalid-escape: `\1` is too short: a code in octal takes three )"
         R"(digits «\1»)"},
        {"Surrogate", R"('\uD83D')",
         R"(invalid-escape: `\uD83D` is not a Unicode code point «\uD83D» )"
         R"(help: surrogates do not stand alone or in pairs; write the code )"
         R"(point itself with `\U`)"},
        {"BeyondUnicode", R"('\U00110000')",
         R"(invalid-escape: `\U00110000` is not a Unicode code point )"
         R"(«\U00110000» help: the last one is `\U0010FFFF`)"},
        {"UnicodeInBytes", R"(b'\u00FF')",
         R"(invalid-escape: `\u00FF` cannot stand in bytes «\u00FF» help: )"
         R"(write the bytes of its UTF-8 form, each as `\x` and two digits)"},
        {"NumberRunsOn", "12ab",
         "invalid-number: `12ab` is not a number «12ab»"},
        {"DigitGroups", "1_300_000",
         "invalid-number: `1_300_000` is not a number «1_300_000» help: write "
         "the digits without `_` between them"},
        {"BadQuotedName", "`a+b`",
         "invalid-name: `a+b` cannot be a name «`a+b`» help: between "
         "backticks stand letters, digits, spaces and `_ . - /`"},
        {"UnterminatedName", "`ab",
         "unterminated-name: a closing backtick is missing «`ab»"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(LexerTest, KnowsWhatCanBeAField) {
  EXPECT_TRUE(IsSelector("package"));
  EXPECT_TRUE(IsSelector("_a1"));
  EXPECT_FALSE(IsSelector("in"));
  EXPECT_FALSE(IsSelector("1a"));
  EXPECT_FALSE(IsSelector("a-b"));
  EXPECT_FALSE(IsSelector(""));
  EXPECT_TRUE(IsReservedWord("package"));
  EXPECT_FALSE(IsReservedWord("packages"));
}

}  // namespace
}  // namespace klausul::cel
