#include "service/intake/eforms/xml_reference.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/strip.h"

#include "service/intake/eforms/xml_encoding.h"

namespace klausul::intake::eforms {
namespace {

// The longest name between `&` and `;`, in bytes.
constexpr std::size_t kMaxReference = 40;

bool IsXmlCharacter(std::uint32_t point) {
  return point == '\t' || point == '\n' || point == '\r' ||
         (point >= 0x20 && point < 0xD800) ||
         (point >= 0xE000 && point <= 0xFFFD) ||
         (point >= 0x10000 && point <= 0x10FFFF);
}

// Value of a hexadecimal digit; 16 for another character.
std::uint32_t DigitOf(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return 16;
}

// The character that a reference names; zero, which XML does not have, where it
// names none.
std::uint32_t CharacterOf(absl::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "apos") return '\'';
  if (name == "quot") return '"';
  if (!absl::ConsumePrefix(&name, "#")) return 0;
  const std::uint32_t base = absl::ConsumePrefix(&name, "x") ? 16 : 10;
  std::uint32_t point = 0;
  for (const char c : name) {
    const std::uint32_t digit = DigitOf(c);
    if (digit >= base) return 0;
    point = point * base + digit;
    if (point > 0x10FFFF) return 0;
  }
  return IsXmlCharacter(point) ? point : 0;
}

}  // namespace

bool AppendXmlText(absl::string_view text, XmlTextKind kind, std::string& out) {
  const absl::string_view stops = kind == XmlTextKind::kCharacters ? "&\r"
                                  : kind == XmlTextKind::kCdata    ? "\r"
                                                                   : "&\r\n\t";
  while (true) {
    const std::size_t plain = text.find_first_of(stops);
    out.append(text.data(), plain < text.size() ? plain : text.size());
    if (plain == absl::string_view::npos) return true;
    const char stop = text[plain];
    text.remove_prefix(plain + 1);
    if (stop == '&') {
      const std::size_t end = text.substr(0, kMaxReference + 1).find(';');
      if (end == absl::string_view::npos) return false;
      const std::uint32_t point = CharacterOf(text.substr(0, end));
      if (point == 0) return false;
      AppendUtf8(point, out);
      text.remove_prefix(end + 1);
      continue;
    }
    if (stop == '\r') absl::ConsumePrefix(&text, "\n");
    out.push_back(kind == XmlTextKind::kValue ? ' ' : '\n');
  }
}

}  // namespace klausul::intake::eforms
