#include "service/report/markup_text.h"

#include "absl/strings/match.h"

#include "service/base/source.h"

namespace klausul::report {

std::string MarkupText(absl::string_view text) {
  constexpr absl::string_view kReplacement = "\uFFFD";
  std::string out;
  out.reserve(text.size());
  // Where the text stops being well-formed, counted from the start.
  std::size_t invalid = FindInvalidUtf8(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == invalid) {
      out.append(kReplacement.data(), kReplacement.size());
      const std::size_t next = FindInvalidUtf8(text.substr(i + 1));
      invalid = next == absl::string_view::npos ? next : i + 1 + next;
      continue;
    }
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
            byte == 0x7F) {
          out.append(kReplacement.data(), kReplacement.size());
        } else if (absl::StartsWith(text.substr(i), "\uFFFE") ||
                   absl::StartsWith(text.substr(i), "\uFFFF")) {
          out.append(kReplacement.data(), kReplacement.size());
          i += 2;
        } else {
          out += c;
        }
    }
  }
  return out;
}

}  // namespace klausul::report
