#include "service/cel/extensions/encoders.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

// RFC 4648, tables 1 and 2.
constexpr absl::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr absl::string_view kForUrls =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Padded to a multiple of four.
std::string Encode(absl::string_view bytes, absl::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const absl::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits <<= 8;
      if (k < group.size()) bits |= static_cast<unsigned char>(group[k]);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t digit = (bits >> (18 - 6 * k)) & 63;
      text += k <= group.size() ? alphabet[digit] : '=';
    }
  }
  return text;
}

// The padding may be left out, but not in part. Bits of the last digit that
// stand for nothing are ignored. nullopt for what is not Base64.
absl::optional<std::string> Decode(absl::string_view text,
                                   absl::string_view alphabet) {
  if (text.size() % 4 == 0 && absl::ConsumeSuffix(&text, "=")) {
    absl::ConsumeSuffix(&text, "=");
  }
  if (text.size() % 4 == 1) return absl::nullopt;
  // The digit of each byte; none for those that are no digit.
  constexpr std::uint8_t kNone = 64;
  std::array<std::uint8_t, 256> digits;
  digits.fill(kNone);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    digits[static_cast<unsigned char>(alphabet[i])] =
        static_cast<std::uint8_t>(i);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::uint8_t digit = digits[static_cast<unsigned char>(c)];
    if (digit == kNone) return absl::nullopt;
    bits = (bits << 6) | digit;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xFF);
  }
  return bytes;
}

Value EncodeWith(absl::string_view bytes, absl::string_view alphabet,
                 EvalContext& context) {
  if ((bytes.size() + 2) / 3 * 4 > Value::kMaxTextBytes) {
    return context.Error(
        ErrorCode::kLimit,
        absl::StrCat("a text of more than ", Value::kMaxTextBytes, " bytes"));
  }
  // What is read and what is written.
  if (!context.ChargeBytes(bytes.size() * 3)) return context.LimitError();
  return Value::String(Encode(bytes, alphabet), context.arena());
}

Value DecodeWith(absl::string_view text, absl::string_view alphabet,
                 absl::string_view name, EvalContext& context) {
  if (!context.ChargeBytes(text.size() * 2)) return context.LimitError();
  const absl::optional<std::string> bytes = Decode(text, alphabet);
  if (!bytes.has_value()) {
    return context.Error(ErrorCode::kInvalidArgument,
                         absl::StrCat("the text is not ", name));
  }
  return Value::Bytes(*bytes, context.arena());
}

Value EncodeStandard(Args args, EvalContext& context) {
  return EncodeWith(args[0].text(), kStandard, context);
}

Value DecodeStandard(Args args, EvalContext& context) {
  return DecodeWith(args[0].text(), kStandard, "Base64", context);
}

Value EncodeForUrls(Args args, EvalContext& context) {
  return EncodeWith(args[0].text(), kForUrls, context);
}

Value DecodeForUrls(Args args, EvalContext& context) {
  return DecodeWith(args[0].text(), kForUrls, "Base64 for URLs", context);
}

}  // namespace

void AddEncoders(EnvironmentBuilder& builder) {
  const Type s = Type::String();
  const Type b = Type::Bytes();
  AddRows(
      builder, CallStyle::kGlobal,
      {
          {"base64.encode", "base64_encode_bytes", {b}, s, EncodeStandard},
          {"base64.decode", "base64_decode_string", {s}, b, DecodeStandard},
          {"base64.encodeUrl", "base64_encodeUrl_bytes", {b}, s, EncodeForUrls},
          {"base64.decodeUrl",
           "base64_decodeUrl_string",
           {s},
           b,
           DecodeForUrls},
      });
}

}  // namespace klausul::cel
