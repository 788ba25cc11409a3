#ifndef KLAUSUL_SERVICE_REPORT_HTML_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_HTML_REPORT_H_

#include <cstddef>
#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The bytes of cards that the page lists; documents that come later are in the
// totals only, and the page says so. About ten thousand findings: no browser
// is good at more.
inline constexpr std::size_t kMaxListedBytes = std::size_t{16} << 20;

// One page, complete in itself: totals, charts by provision, buyer and month
// (inline SVG), the findings by document with the line they are about, filters
// by severity, provision, buyer, month, document and text. Loads nothing, runs
// nothing but its own script, and is whole without it; light, dark and on
// paper.
//
// Written when all is known: it keeps totals and cards, the latter up to
// kMaxListedBytes.
std::unique_ptr<ReportWriter> NewHtmlReport(const ReportOptions& options,
                                            Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_REPORT_H_
