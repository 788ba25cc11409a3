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
  bool Find(absl::string_view prefix, Namespace& ns) const;

 private:
  struct Binding {
    // The first bytes of the prefix and its length, compared at once.
    std::uint64_t key = 0;
    absl::string_view prefix;
    Namespace ns = Namespace::kNone;
  };

  static std::uint64_t KeyOf(absl::string_view prefix);

  std::vector<Binding> bindings_;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_NAMESPACES_H_
