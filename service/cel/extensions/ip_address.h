#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_IP_ADDRESS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_IP_ADDRESS_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

// Addresses of IPv4 and IPv6, and blocks of them, as values: no resolving, no
// interfaces, nothing of the machine.

namespace klausul::cel {

class IpAddress {
 public:
  // `192.0.2.1`, `2001:db8::1`, `64:ff9b::192.0.2.1`. Refused are octets with
  // leading zeros, zones (`fe80::1%eth0`) and IPv4 within IPv6
  // (`::ffff:192.0.2.1`), which would be two addresses for one host.
  static absl::optional<IpAddress> Parse(absl::string_view text);

  // 4 or 6.
  int family() const { return size_ == 4 ? 4 : 6; }

  // 32 or 128.
  int bit_count() const { return size_ * 8; }

  // `0.0.0.0`, `::`.
  bool IsUnspecified() const;
  // 127.0.0.0/8, `::1`.
  bool IsLoopback() const;
  // 224.0.0.0/4, ff00::/8.
  bool IsMulticast() const;
  // 224.0.0.0/24, ff02::/16 (whatever its flags).
  bool IsLinkLocalMulticast() const;
  // 169.254.0.0/16, fe80::/10.
  bool IsLinkLocalUnicast() const;
  // None of the above, nor `255.255.255.255`. Private networks are global.
  bool IsGlobalUnicast() const;

  // With the bits behind the first `prefix_length` set to 0.
  IpAddress Masked(int prefix_length) const;

  // The one form that RFC 5952 names: `2001:db8::1`.
  std::string ToString() const;

  friend bool operator==(const IpAddress& a, const IpAddress& b) {
    return a.size_ == b.size_ && a.bytes_ == b.bytes_;
  }

 private:
  // Those of IPv4 are the first four, with zeros behind.
  std::array<std::uint8_t, 16> bytes_ = {};
  int size_ = 4;
};

// An address and how many of its leading bits are the network's.
class IpBlock {
 public:
  // `192.0.2.0/24`. The bits behind the prefix need not be 0. Refused is what
  // IpAddress refuses, and a length with a sign or leading zeros.
  static absl::optional<IpBlock> Parse(absl::string_view text);

  const IpAddress& address() const { return address_; }

  int prefix_length() const { return prefix_length_; }

  // The bits behind the prefix set to 0.
  IpBlock Masked() const;

  // False for the other family.
  bool Contains(const IpAddress& address) const;
  bool Contains(const IpBlock& block) const;

  std::string ToString() const;

  // `192.0.2.1/24` and `192.0.2.0/24` are two.
  friend bool operator==(const IpBlock& a, const IpBlock& b) {
    return a.address_ == b.address_ && a.prefix_length_ == b.prefix_length_;
  }

 private:
  IpBlock(const IpAddress& address, int prefix_length)
      : address_(address), prefix_length_(prefix_length) {}

  IpAddress address_;
  int prefix_length_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_IP_ADDRESS_H_
