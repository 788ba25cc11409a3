#include "service/engine/cpv.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace klausul::engine {
namespace {

constexpr std::size_t kCodeDigits = 8;
constexpr std::size_t kDivisionDigits = 2;

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}

// Cuts off `-5`.
absl::string_view WithoutCheckDigit(absl::string_view code) {
  if (code.size() > 2 && code[code.size() - 2] == '-' && IsDigit(code.back())) {
    code.remove_suffix(2);
  }
  return code;
}

bool AllDigits(absl::string_view text) {
  // Without a branch for each character: nearly all of them are digits.
  bool all = true;
  for (const char c : text)
    all &= static_cast<unsigned char>(c - '0') < 10;
  return all;
}

}  // namespace

absl::string_view CpvDigits(absl::string_view code) {
  code = WithoutCheckDigit(code);
  return code.size() == kCodeDigits && AllDigits(code) ? code
                                                       : absl::string_view();
}

absl::string_view CpvPrefix(absl::string_view group) {
  group = WithoutCheckDigit(group);
  if (group.size() < kDivisionDigits || group.size() > kCodeDigits ||
      !AllDigits(group)) {
    return {};
  }
  while (group.size() > kDivisionDigits && group.back() == '0') {
    group.remove_suffix(1);
  }
  return group;
}

bool InCpv(absl::string_view code, absl::string_view group) {
  const absl::string_view prefix = CpvPrefix(group);
  return !prefix.empty() && absl::StartsWith(CpvDigits(code), prefix);
}

}  // namespace klausul::engine
