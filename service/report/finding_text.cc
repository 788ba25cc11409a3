#include "service/report/finding_text.h"

#include "absl/strings/str_cat.h"

#include "service/report/text_layout.h"

namespace klausul::report {

std::string ProvisionsOf(const v1::Finding& finding) {
  return ProvisionList(finding.legal_basis());
}

absl::string_view SaidOf(const v1::Finding& finding) {
  if (!finding.message().empty()) return finding.message();
  if (!finding.reason().empty()) return finding.reason();
  return finding.title();
}

absl::string_view AddressOf(const v1::Location& location) {
  return location.xpath().empty() ? location.pointer() : location.xpath();
}

std::string WaiverText(const v1::Waiver& waiver) {
  return absl::StrCat(waiver.until(), ", ", waiver.owner(), ": ",
                      waiver.reason());
}

absl::string_view FileOf(absl::string_view uri) {
  return uri.substr(0, uri.find("#/"));
}

}  // namespace klausul::report
