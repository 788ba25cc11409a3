#include "service/syntax/text_check.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace klausul::syntax {
namespace {

// The first control character, or npos. YAML's library takes U+0004 for the
// end of the text, so none may pass.
std::size_t FindControl(absl::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
      return i;
    }
  }
  return absl::string_view::npos;
}

Span OneByte(std::size_t at) {
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)};
}

}  // namespace

std::string FormatBytes(std::size_t bytes) {
  constexpr std::size_t kMebibyte = std::size_t{1} << 20;
  constexpr std::size_t kKibibyte = std::size_t{1} << 10;
  if (bytes >= kMebibyte && bytes % kMebibyte == 0) {
    return absl::StrCat(bytes / kMebibyte, " MiB");
  }
  if (bytes >= kKibibyte && bytes % kKibibyte == 0) {
    return absl::StrCat(bytes / kKibibyte, " KiB");
  }
  return absl::StrCat(bytes, " bytes");
}

bool CheckText(const std::shared_ptr<const SourceFile>& file,
               const Limits& limits, DiagnosticSink& sink) {
  const absl::string_view text = file->text();
  if (text.size() > limits.max_bytes) {
    sink.Error(
        file, {0, 0}, "too-large",
        absl::StrCat("the text has ", text.size(), " bytes; the limit is ",
                     FormatBytes(limits.max_bytes)));
    return false;
  }
  const std::size_t invalid = FindInvalidUtf8(text);
  if (invalid != absl::string_view::npos) {
    sink.Error(file, OneByte(invalid), "invalid-utf8",
               absl::StrFormat("byte 0x%02X is not valid UTF-8 here",
                               static_cast<unsigned char>(text[invalid])),
               "save the file as UTF-8");
    return false;
  }
  const std::size_t control = FindControl(text);
  if (control != absl::string_view::npos) {
    sink.Error(file, OneByte(control), "control-character",
               absl::StrFormat("control character U+%04X",
                               static_cast<unsigned char>(text[control])),
               "take it out, or write it as an escape in quotes");
    return false;
  }
  return true;
}

}  // namespace klausul::syntax
