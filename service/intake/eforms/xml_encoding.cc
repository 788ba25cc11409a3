#include "service/intake/eforms/xml_encoding.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

#include "service/base/source.h"
#include "service/intake/eforms/xml_text.h"

namespace klausul::intake::eforms {
namespace {

// The XML declaration stands within this many bytes, or there is none.
constexpr std::size_t kDeclarationBytes = 512;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr char kSupported[] =
    "UTF-8, UTF-16 with a byte order mark, ISO-8859-1, ISO-8859-15 and "
    "windows-1252 are read";

// Code points of windows-1252 from 0x80 to 0x9F; zero where there is none.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class SingleByte { kLatin1, kLatin9, kWindows };

// The code point of a byte; zero where the encoding has none.
std::uint32_t CodePoint(SingleByte encoding, unsigned char byte) {
  if (encoding == SingleByte::kWindows && byte >= 0x80 && byte < 0xA0) {
    return kWindows1252[byte - 0x80];
  }
  if (encoding == SingleByte::kLatin9) {
    switch (byte) {
      case 0xA4:
        return 0x20AC;
      case 0xA6:
        return 0x0160;
      case 0xA8:
        return 0x0161;
      case 0xB4:
        return 0x017D;
      case 0xB8:
        return 0x017E;
      case 0xBC:
        return 0x0152;
      case 0xBD:
        return 0x0153;
      case 0xBE:
        return 0x0178;
      default:
        break;
    }
  }
  return byte;
}

// A fault at the end of what has been decoded.
XmlFault AtEnd(const std::string& text, std::string message, std::string help) {
  const auto end = static_cast<std::uint32_t>(text.size());
  return {{end, end}, "xml-encoding", std::move(message), std::move(help)};
}

// Encodings whose bytes are UTF-8 as they stand.
bool IsUtf8Name(absl::string_view name) {
  return name.empty() || name == "utf-8" || name == "utf8" ||
         name == "us-ascii" || name == "ascii";
}

absl::optional<XmlFault> DecodeUtf8(absl::string_view bytes,
                                    absl::string_view declared,
                                    std::string& text) {
  const std::size_t bad = FindInvalidUtf8(bytes);
  if (bad == std::string::npos) {
    text.assign(bytes.data(), bytes.size());
    return absl::nullopt;
  }
  text.assign(bytes.data(), bad);
  const auto byte = static_cast<unsigned char>(bytes[bad]);
  return AtEnd(
      text, absl::StrFormat("byte 0x%02X is not valid UTF-8", byte),
      declared.empty()
          ? "the file names no encoding; if it is windows-1252, say so in the "
            "XML declaration"
          : "save the file in the encoding that it declares");
}

absl::optional<XmlFault> DecodeSingleByte(SingleByte encoding,
                                          absl::string_view name,
                                          absl::string_view bytes,
                                          std::string& text) {
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint32_t point = CodePoint(encoding, byte);
    if (point == 0 && byte != 0) {
      return AtEnd(
          text, absl::StrFormat("byte 0x%02X has no meaning in %s", byte, name),
          "save the file in the encoding that it declares");
    }
    AppendUtf8(point, text);
  }
  return absl::nullopt;
}

absl::optional<XmlFault> DecodeUtf16(bool big_endian, absl::string_view bytes,
                                     std::string& text) {
  text.reserve(bytes.size());
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? (a << 8) | b : (b << 8) | a;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    if (i + 1 == bytes.size()) {
      return AtEnd(text, "UTF-16 text ends in the middle of a character", "");
    }
    std::uint32_t point = unit(i);
    if (point >= 0xD800 && point < 0xE000) {
      const std::uint32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (point >= 0xDC00 || low < 0xDC00 || low >= 0xE000) {
        return AtEnd(text,
                     absl::StrFormat("0x%04X is half of a UTF-16 pair", point),
                     "");
      }
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    AppendUtf8(point, text);
  }
  return absl::nullopt;
}

// The value of `encoding` in the XML declaration; empty where there is none.
absl::string_view DeclaredEncoding(absl::string_view bytes) {
  const absl::string_view head = bytes.substr(0, kDeclarationBytes);
  if (!absl::StartsWith(head, "<?xml")) return {};
  const absl::string_view declaration = head.substr(0, head.find("?>"));
  const std::size_t name = declaration.find("encoding");
  if (name == absl::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("'\"", name);
  if (open == absl::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == absl::string_view::npos) return {};
  return declaration.substr(open + 1, close - open - 1);
}

}  // namespace

void AppendUtf8(std::uint32_t point, std::string& text) {
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text.push_back(static_cast<char>(0xC0 | (point >> 6)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else if (point < 0x10000) {
    text.push_back(static_cast<char>(0xE0 | (point >> 12)));
    text.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else {
    text.push_back(static_cast<char>(0xF0 | (point >> 18)));
    text.push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3F)));
    text.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

absl::optional<XmlFault> DecodeXml(absl::string_view bytes, std::string& text) {
  text.clear();
  absl::ConsumePrefix(&bytes, kByteOrderMark);
  const bool little = absl::StartsWith(bytes, "\xFF\xFE");
  const bool big = absl::StartsWith(bytes, "\xFE\xFF");
  if (little || big) {
    return DecodeUtf16(big, bytes.substr(2), text);
  }
  const std::size_t zero = bytes.substr(0, 4).find('\0');
  if (zero != absl::string_view::npos) {
    return AtEnd(text,
                 "the file is not text, or UTF-16 or UTF-32 without a "
                 "byte order mark",
                 kSupported);
  }
  const absl::string_view declared = DeclaredEncoding(bytes);
  const std::string name = absl::AsciiStrToLower(declared);
  if (IsUtf8Name(name)) return DecodeUtf8(bytes, declared, text);
  if (name == "iso-8859-1" || name == "latin1") {
    return DecodeSingleByte(SingleByte::kLatin1, declared, bytes, text);
  }
  if (name == "iso-8859-15" || name == "latin-9") {
    return DecodeSingleByte(SingleByte::kLatin9, declared, bytes, text);
  }
  if (name == "windows-1252" || name == "cp1252") {
    return DecodeSingleByte(SingleByte::kWindows, declared, bytes, text);
  }
  // The declaration itself is ASCII, so it can be shown.
  const std::size_t at =
      static_cast<std::size_t>(declared.data() - bytes.data());
  text.assign(bytes.data(), std::min(bytes.size(), at + declared.size()));
  const std::size_t bad = FindInvalidUtf8(text);
  if (bad != std::string::npos) text.resize(bad);
  const auto end = static_cast<std::uint32_t>(text.size());
  return XmlFault{
      {std::min(static_cast<std::uint32_t>(at), end), end},
      "xml-encoding",
      absl::StrCat("encoding `", text.substr(std::min(at, text.size())),
                   "` is not read"),
      kSupported};
}

absl::optional<XmlFault> DecodeOwnXml(std::string bytes, std::string& text,
                                      bool& is_xml_text) {
  // Neither a byte order mark of UTF-16 nor a zero passes the second check.
  is_xml_text = IsUtf8Name(absl::AsciiStrToLower(DeclaredEncoding(
                    absl::StripPrefix(bytes, kByteOrderMark)))) &&
                IsXmlText(bytes);
  if (!is_xml_text) return DecodeXml(bytes, text);
  if (absl::StartsWith(bytes, kByteOrderMark)) {
    bytes.erase(0, kByteOrderMark.size());
  }
  text = std::move(bytes);
  return absl::nullopt;
}

}  // namespace klausul::intake::eforms
