#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_NAMESPACES_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_NAMESPACES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace klausul::intake::eforms {

// The XML namespaces of a notice. Documents choose their own prefixes, so
// elements are known by these alone.
enum class Namespace : std::uint8_t {
  kNone,
  kNotice,  // that of the three UBL roots
  kCac,     // UBL aggregates
  kCbc,     // UBL basic components
  kExt,     // UBL extensions
  kEfext,   // eForms extension
  kEfac,    // eForms aggregates
  kEfbc,    // eForms basic components
  kOther,
};

// The prefix that the eForms SDK writes; empty for the last and the first two.
absl::string_view PrefixOf(Namespace ns);

// The namespace of a URI; empty is none at all.
Namespace NamespaceOf(absl::string_view uri);

// The namespace declarations in force at one place of a document.
class NamespaceBindings {
 public:
  // Declarations at once; each prefix is looked up among them one by one. A
  // notice has about ten.
  static constexpr std::size_t kMax = 128;

  std::size_t size() const { return bindings_.size(); }

  // `prefix` has to stay where it is as long as the bindings.
  void Bind(absl::string_view prefix, Namespace ns);

  // Goes back to the first `size` declarations.
  void Shrink(std::size_t size) { bindings_.resize(size); }

  // Sets `ns` to what was bound last to the prefix; false where nothing was.
  bool Find(absl::string_view prefix, Namespace& ns) const {
    const std::uint64_t key = KeyOf(prefix);
    for (std::size_t i = bindings_.size(); i-- > 0;) {
      if (bindings_[i].key == key && Is(bindings_[i], prefix)) {
        ns = bindings_[i].ns;
        return true;
      }
    }
    return FindUnbound(prefix, ns);
  }

 private:
  // The longest prefix that its key tells whole.
  static constexpr std::size_t kKeyBytes = 7;

  struct Binding {
    // The first bytes of the prefix and its length, compared at once.
    std::uint64_t key = 0;
    absl::string_view prefix;
    Namespace ns = Namespace::kNone;
  };

  static std::uint64_t KeyOf(absl::string_view prefix) {
    // The commonest sizes without a loop. A long prefix is compared in full
    // anyway.
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(prefix[i])};
    };
    if (prefix.size() == 3) {
      return 3 | (byte(0) << 8) | (byte(1) << 16) | (byte(2) << 24);
    }
    if (prefix.size() == 4) {
      return 4 | (byte(0) << 8) | (byte(1) << 16) | (byte(2) << 24) |
             (byte(3) << 32);
    }
    std::uint64_t key =
        prefix.size() <= kKeyBytes ? prefix.size() : kKeyBytes + 1;
    for (std::size_t i = 0; i < prefix.size() && i < kKeyBytes; ++i) {
      key |= byte(i) << (8 * i + 8);
    }
    return key;
  }

  static bool Is(const Binding& binding, absl::string_view prefix) {
    return prefix.size() <= kKeyBytes || binding.prefix == prefix;
  }

  // What a prefix means that nothing declares.
  static bool FindUnbound(absl::string_view prefix, Namespace& ns);

  std::vector<Binding> bindings_;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_NAMESPACES_H_
