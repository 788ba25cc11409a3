#include "service/engine/legal_link.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace klausul::engine {
namespace {

// `7-9` of `§ 7-9 (2)`: what stands behind the first word, where it begins
// with a digit and consists of digits, small letters, `-` and `.`.
absl::string_view NumberOf(absl::string_view provision) {
  const std::size_t blank = provision.find(' ');
  if (blank == absl::string_view::npos) return {};
  absl::string_view number = provision.substr(blank + 1);
  number = number.substr(0, number.find(' '));
  if (number.empty() || !absl::ascii_isdigit(number[0])) return {};
  for (const char c : number) {
    if (!absl::ascii_isdigit(c) && !absl::ascii_islower(c) && c != '-' &&
        c != '.') {
      return {};
    }
  }
  return number;
}

}  // namespace

std::string ProvisionUrl(const v1::Instrument& instrument,
                         absl::string_view provision) {
  const absl::string_view number = NumberOf(provision);
  if (instrument.provision_url().empty() || number.empty()) {
    return instrument.url();
  }
  return absl::StrReplaceAll(instrument.provision_url(),
                             {{kProvisionNumber, number}});
}

}  // namespace klausul::engine
