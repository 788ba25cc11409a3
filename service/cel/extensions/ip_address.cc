#include "service/cel/extensions/ip_address.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

#include "service/cel/number_text.h"

namespace klausul::cel {
namespace {

constexpr int kIpv6Groups = 8;

// ::ffff:0:0/96.
bool IsMappedIpv4(const std::array<std::uint8_t, 16>& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         bytes[10] == 0xFF && bytes[11] == 0xFF;
}

// A run of groups that are 0.
struct Run {
  int begin = 0;
  int size = 0;
};

// The first of the longest; one group alone is no run.
Run LongestRunOfZeros(const std::array<int, kIpv6Groups>& groups) {
  Run longest;
  Run current;
  for (int i = 0; i < kIpv6Groups; ++i) {
    if (groups[static_cast<std::size_t>(i)] != 0) {
      current = Run();
      continue;
    }
    if (current.size++ == 0) current.begin = i;
    if (current.size > std::max(longest.size, 1)) longest = current;
  }
  return longest;
}

}  // namespace

// --- IpAddress ---------------------------------------------------------------

absl::optional<IpAddress> IpAddress::Parse(absl::string_view text) {
  // inet_pton() reads up to a NUL, and has no form as long as this.
  constexpr std::size_t kMaxBytes = 45;
  if (text.size() > kMaxBytes || text.find('\0') != absl::string_view::npos) {
    return absl::nullopt;
  }
  const std::string terminated(text);
  IpAddress address;
  const bool is_ipv6 = text.find(':') != absl::string_view::npos;
  address.size_ = is_ipv6 ? 16 : 4;
  if (inet_pton(is_ipv6 ? AF_INET6 : AF_INET, terminated.c_str(),
                address.bytes_.data()) != 1) {
    return absl::nullopt;
  }
  if (is_ipv6 && IsMappedIpv4(address.bytes_)) return absl::nullopt;
  return address;
}

bool IpAddress::IsUnspecified() const {
  return std::all_of(bytes_.begin(), bytes_.end(),
                     [](std::uint8_t byte) { return byte == 0; });
}

bool IpAddress::IsLoopback() const {
  if (family() == 4) return bytes_[0] == 127;
  return bytes_[15] == 1 && Masked(127).IsUnspecified();
}

bool IpAddress::IsMulticast() const {
  if (family() == 4) return (bytes_[0] & 0xF0) == 0xE0;
  return bytes_[0] == 0xFF;
}

bool IpAddress::IsLinkLocalMulticast() const {
  if (family() == 4) {
    return bytes_[0] == 224 && bytes_[1] == 0 && bytes_[2] == 0;
  }
  return bytes_[0] == 0xFF && (bytes_[1] & 0x0F) == 0x02;
}

bool IpAddress::IsLinkLocalUnicast() const {
  if (family() == 4) return bytes_[0] == 169 && bytes_[1] == 254;
  return bytes_[0] == 0xFE && (bytes_[1] & 0xC0) == 0x80;
}

bool IpAddress::IsGlobalUnicast() const {
  const bool is_broadcast =
      family() == 4 && std::all_of(bytes_.begin(), bytes_.begin() + 4,
                                   [](std::uint8_t b) { return b == 0xFF; });
  return !is_broadcast && !IsUnspecified() && !IsLoopback() && !IsMulticast() &&
         !IsLinkLocalUnicast();
}

IpAddress IpAddress::Masked(int prefix_length) const {
  IpAddress masked = *this;
  for (int i = 0; i < size_; ++i) {
    const int kept = std::clamp(prefix_length - i * 8, 0, 8);
    masked.bytes_[static_cast<std::size_t>(i)] &=
        static_cast<std::uint8_t>(0xFF00 >> kept);
  }
  return masked;
}

std::string IpAddress::ToString() const {
  if (family() == 4) {
    return absl::StrCat(bytes_[0], ".", bytes_[1], ".", bytes_[2], ".",
                        bytes_[3]);
  }
  std::array<int, kIpv6Groups> groups;
  for (std::size_t i = 0; i < groups.size(); ++i)
    groups[i] = bytes_[2 * i] << 8 | bytes_[2 * i + 1];
  const Run zeros = LongestRunOfZeros(groups);
  std::string text;
  for (int i = 0; i < kIpv6Groups; ++i) {
    if (zeros.size > 0 && i == zeros.begin) {
      text += "::";
      i += zeros.size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ":";
    absl::StrAppend(&text, absl::Hex(groups[static_cast<std::size_t>(i)]));
  }
  return text;
}

// --- IpBlock -----------------------------------------------------------------

absl::optional<IpBlock> IpBlock::Parse(absl::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return absl::nullopt;
  const absl::optional<IpAddress> address =
      IpAddress::Parse(text.substr(0, slash));
  const absl::string_view digits = text.substr(slash + 1);
  // Digits only, and no `024`.
  if (!address.has_value() || digits.empty() ||
      (digits.front() == '0' && digits.size() > 1)) {
    return absl::nullopt;
  }
  const absl::optional<std::uint64_t> length = ParseUint(digits);
  if (!length.has_value() ||
      *length > static_cast<std::uint64_t>(address->bit_count())) {
    return absl::nullopt;
  }
  return IpBlock(*address, static_cast<int>(*length));
}

IpBlock IpBlock::Masked() const {
  return IpBlock(address_.Masked(prefix_length_), prefix_length_);
}

bool IpBlock::Contains(const IpAddress& address) const {
  return address.family() == address_.family() &&
         address.Masked(prefix_length_) == address_.Masked(prefix_length_);
}

bool IpBlock::Contains(const IpBlock& block) const {
  return block.prefix_length_ >= prefix_length_ && Contains(block.address_);
}

std::string IpBlock::ToString() const {
  return absl::StrCat(address_.ToString(), "/", prefix_length_);
}

}  // namespace klausul::cel
