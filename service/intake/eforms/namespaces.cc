#include "service/intake/eforms/namespaces.h"

#include "absl/strings/strip.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kUbl[] = "urn:oasis:names:specification:ubl:schema:xsd:";
constexpr char kEforms[] = "http://data.europa.eu/p27/eforms-ubl-extension";

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

void NamespaceBindings::Bind(absl::string_view prefix, Namespace ns) {
  bindings_.push_back({KeyOf(prefix), prefix, ns});
}

bool NamespaceBindings::FindUnbound(absl::string_view prefix, Namespace& ns) {
  if (!prefix.empty() && prefix != "xml") return false;
  ns = prefix.empty() ? Namespace::kNone : Namespace::kOther;
  return true;
}

}  // namespace klausul::intake::eforms
