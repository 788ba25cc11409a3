#ifndef KLAUSUL_SERVICE_REPORT_HTML_FINDING_H_
#define KLAUSUL_SERVICE_REPORT_HTML_FINDING_H_

#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/report.pb.h"

#include "service/report/finding_groups.h"
#include "service/report/html_words.h"
#include "service/report/words.h"

namespace klausul::report {

// The card of a finding, or of one that several lots share: an `<article>`.
// `provisions` are the numbers that the page's filter knows its provisions by.
// Everything from the document is escaped.
std::string FindingCard(const v1::DocumentReport& document,
                        const FindingGroup& group, absl::string_view provisions,
                        const Words& words, const HtmlWords& html);

// The undecided rules of a document, a line each, folded away; empty for none.
std::string UndecidedList(const std::vector<FindingGroup>& groups,
                          const Words& words, const HtmlWords& html);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_FINDING_H_
