#include "service/syntax/json.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "service/syntax/text_check.h"
#include "service/syntax/tree_builder.h"

namespace klausul::syntax {
namespace {

// Builds the tree from RapidJSON's events. The library calls a handler when it
// stands just behind a scalar, which begins where the last token ended, less
// the blanks and punctuation between them.
class Handler {
 public:
  Handler(absl::string_view text, const rapidjson::MemoryStream& stream,
          TreeBuilder& builder)
      : text_(text), stream_(stream), builder_(builder) {}

  bool Null() { return builder_.Null(Take()); }

  bool Bool(bool value) {
    return builder_.Scalar(Take(), Node::Style::kPlain,
                           value ? "true" : "false");
  }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return builder_.Scalar(Take(), Node::Style::kPlain, {text, size});
  }

  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const TreeBuilder::Range range = Take();
    const absl::string_view value(text, size);
    // Escapes can spell what the text itself could not hold.
    if (FindInvalidUtf8(value) != absl::string_view::npos) {
      builder_.Refuse(range, "invalid-utf8",
                      "the escapes of this text are no valid code points");
      return false;
    }
    if (value.find('\0') != absl::string_view::npos) {
      builder_.Refuse(range, "json-syntax", "a text cannot hold `\\u0000`");
      return false;
    }
    return builder_.Scalar(range, Node::Style::kDoubleQuoted, value);
  }

  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return String(text, size, copy);
  }

  bool StartObject() {
    return builder_.Start(Node::Kind::kMapping, TakeBracket().begin);
  }

  bool EndObject(rapidjson::SizeType /*count*/) {
    builder_.End(TakeBracket().end);
    return true;
  }

  bool StartArray() {
    return builder_.Start(Node::Kind::kSequence, TakeBracket().begin);
  }

  bool EndArray(rapidjson::SizeType /*count*/) {
    builder_.End(TakeBracket().end);
    return true;
  }

  // Numbers come as text; these are never called.
  bool Int(int /*value*/) { return false; }

  bool Uint(unsigned /*value*/) { return false; }

  bool Int64(std::int64_t /*value*/) { return false; }

  bool Uint64(std::uint64_t /*value*/) { return false; }

  bool Double(double /*value*/) { return false; }

 private:
  TreeBuilder::Range Take() {
    std::size_t begin = text_.find_first_not_of(" \t\r\n,:", last_);
    if (begin == absl::string_view::npos) begin = text_.size();
    last_ = stream_.Tell();
    return {begin, last_};
  }

  // For brackets the library stands before them.
  TreeBuilder::Range TakeBracket() {
    const std::size_t begin = stream_.Tell();
    last_ = begin + 1;
    return {begin, last_};
  }

  absl::string_view text_;
  const rapidjson::MemoryStream& stream_;
  TreeBuilder& builder_;
  std::size_t last_ = 0;
};

// What was expected, in our words.
std::string Message(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "the text is empty";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "unexpected text after the end of the document";
    case rapidjson::kParseErrorValueInvalid:
      return "expected a value";
    case rapidjson::kParseErrorObjectMissName:
      return "expected a key in double quotes";
    case rapidjson::kParseErrorObjectMissColon:
      return "expected `:` after the key";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "expected `,` or `}`";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "expected `,` or `]`";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "expected four hex digits after `\\u`";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "half of a surrogate pair alone is no character";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "no such escape";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "the text has no closing quote on its line";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "a text holds what no JSON text may: a raw control character";
    case rapidjson::kParseErrorNumberTooBig:
      return "the number is too large";
    case rapidjson::kParseErrorNumberMissFraction:
      return "expected digits after the decimal point";
    case rapidjson::kParseErrorNumberMissExponent:
      return "expected digits in the exponent";
    default:
      return rapidjson::GetParseError_En(code);
  }
}

}  // namespace

std::shared_ptr<const Tree> ReadJson(std::shared_ptr<const SourceFile> file,
                                     const Limits& limits,
                                     DiagnosticSink& sink) {
  if (!CheckText(file, limits, sink)) return nullptr;
  const absl::string_view text = file->text();
  TreeBuilder builder(file, Tree::Format::kJson, limits, sink);
  rapidjson::MemoryStream stream(text.data(), text.size());
  Handler handler(text, stream, builder);
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, handler);
  if (result.IsError() && result.Code() != rapidjson::kParseErrorTermination) {
    const std::size_t at = std::min(result.Offset(), text.size());
    builder.Refuse(
        {at, std::min(at + 1, text.size())}, "json-syntax",
        absl::StrCat("not well-formed JSON: ", Message(result.Code())));
  }
  return builder.Finish();
}

}  // namespace klausul::syntax
