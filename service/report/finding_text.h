#ifndef KLAUSUL_SERVICE_REPORT_FINDING_TEXT_H_
#define KLAUSUL_SERVICE_REPORT_FINDING_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/report.pb.h"

namespace klausul::report {

// What several forms of report say of a finding in the same way.

// `FOA § 7-9 (2), LOA § 5b (2)`.
std::string ProvisionsOf(const v1::Finding& finding);

// What is wrong, in one piece: the message, else the reason, else the title.
absl::string_view SaidOf(const v1::Finding& finding);

// The XPath or the JSON pointer of a place; empty where it has neither.
absl::string_view AddressOf(const v1::Location& location);

// `2026-12-31, innkjop@fjordvik.example: The framework ends this year.`
std::string WaiverText(const v1::Waiver& waiver);

// The file of a document: its uri without `#/releases/3`.
absl::string_view FileOf(absl::string_view uri);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_FINDING_TEXT_H_
