#include "service/intake/eforms/namespaces.h"

#include <algorithm>

#include "absl/strings/strip.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kUbl[] = "urn:oasis:names:specification:ubl:schema:xsd:";
constexpr char kEforms[] = "http://data.europa.eu/p27/eforms-ubl-extension";

// The longest prefix that its key tells whole.
constexpr std::size_t kKeyBytes = 7;

}  // namespace

absl::string_view PrefixOf(Namespace ns) {
  switch (ns) {
    case Namespace::kCac:
      return "cac";
    case Namespace::kCbc:
      return "cbc";
    case Namespace::kExt:
      return "ext";
    case Namespace::kEfext:
      return "efext";
    case Namespace::kEfac:
      return "efac";
    case Namespace::kEfbc:
      return "efbc";
    case Namespace::kNone:
    case Namespace::kNotice:
    case Namespace::kOther:
      break;
  }
  return {};
}

Namespace NamespaceOf(absl::string_view uri) {
  if (uri.empty()) return Namespace::kNone;
  if (absl::ConsumePrefix(&uri, kUbl)) {
    if (uri == "CommonAggregateComponents-2") return Namespace::kCac;
    if (uri == "CommonBasicComponents-2") return Namespace::kCbc;
    if (uri == "CommonExtensionComponents-2") return Namespace::kExt;
    if (uri == "PriorInformationNotice-2" || uri == "ContractNotice-2" ||
        uri == "ContractAwardNotice-2" ||
        uri == "BusinessRegistrationInformationNotice-2") {
      return Namespace::kNotice;
    }
    return Namespace::kOther;
  }
  if (absl::ConsumePrefix(&uri, kEforms)) {
    if (uri == "s/1") return Namespace::kEfext;
    if (uri == "-aggregate-components/1") return Namespace::kEfac;
    if (uri == "-basic-components/1") return Namespace::kEfbc;
  }
  // The registration notice is of another family.
  if (uri ==
      "http://data.europa.eu/p27/eforms-business-registration-information-"
      "notice/1") {
    return Namespace::kNotice;
  }
  return Namespace::kOther;
}

std::uint64_t NamespaceBindings::KeyOf(absl::string_view prefix) {
  // A long prefix is compared in full anyway.
  std::uint64_t key = std::min<std::size_t>(prefix.size(), kKeyBytes + 1);
  for (std::size_t i = 0; i < prefix.size() && i < kKeyBytes; ++i) {
    key = (key << 8) | static_cast<unsigned char>(prefix[i]);
  }
  return key;
}

void NamespaceBindings::Bind(absl::string_view prefix, Namespace ns) {
  bindings_.push_back({KeyOf(prefix), prefix, ns});
}

bool NamespaceBindings::Find(absl::string_view prefix, Namespace& ns) const {
  const std::uint64_t key = KeyOf(prefix);
  for (std::size_t i = bindings_.size(); i-- > 0;) {
    const Binding& binding = bindings_[i];
    if (binding.key == key &&
        (prefix.size() <= kKeyBytes || binding.prefix == prefix)) {
      ns = binding.ns;
      return true;
    }
  }
  if (!prefix.empty() && prefix != "xml") return false;
  ns = prefix.empty() ? Namespace::kNone : Namespace::kOther;
  return true;
}

}  // namespace klausul::intake::eforms
