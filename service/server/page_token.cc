#include "service/server/page_token.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "service/base/sha256.h"

namespace klausul::server {
namespace {

// Hex digits of the check: enough to tell two lists apart.
constexpr std::size_t kCheckDigits = 16;

std::string CheckOf(absl::string_view list, absl::string_view last_id) {
  Sha256 hash;
  hash.UpdateField("klausul page token 1");
  hash.UpdateField(list);
  hash.UpdateField(last_id);
  return hash.HexDigest().substr(0, kCheckDigits);
}

}  // namespace

std::string MakePageToken(absl::string_view list, absl::string_view last_id) {
  return absl::WebSafeBase64Escape(
      absl::StrCat(CheckOf(list, last_id), last_id));
}

absl::optional<std::string> ReadPageToken(absl::string_view list,
                                          absl::string_view token) {
  if (token.empty()) return std::string();
  std::string decoded;
  if (!absl::WebSafeBase64Unescape(token, &decoded) ||
      decoded.size() < kCheckDigits) {
    return absl::nullopt;
  }
  std::string last_id = decoded.substr(kCheckDigits);
  if (decoded.substr(0, kCheckDigits) != CheckOf(list, last_id)) {
    return absl::nullopt;
  }
  return last_id;
}

}  // namespace klausul::server
