#ifndef KLAUSUL_SERVICE_REPORT_TEXT_LAYOUT_H_
#define KLAUSUL_SERVICE_REPORT_TEXT_LAYOUT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include "klausul/v1/rule_set.pb.h"

// How the text forms put words on lines.

namespace klausul::report {

// Breaks a text at spaces into lines of at most 92 code points, each after the
// indent and with its end of line.
std::string WrapText(absl::string_view text, absl::string_view indent);

// The text and as many spaces as make it `width` code points wide.
std::string PadTo(absl::string_view text, std::size_t width);

// `FOA § 8-3, FOA § 9-3`.
std::string ProvisionList(
    const google::protobuf::RepeatedPtrField<v1::LegalBasis>& bases);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_TEXT_LAYOUT_H_
