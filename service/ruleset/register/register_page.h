#ifndef KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_PAGE_H_
#define KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_PAGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/base/source.h"

// The pages of law that rules are written from, in Markdown: registers, whose
// tables have one fact of law a row, and the page of rows that are left to
// people.

namespace klausul::ruleset {

// A row of a table whose first cell is an id, such as `NO-T-001`.
struct RegisterRow {
  std::string id;
  // The cells after it, without the blanks around.
  std::vector<std::string> cells;
  std::shared_ptr<const SourceFile> file;
  // Of the id.
  Span span;
};

// The rows of a page, in order; a row whose first cell is no id is passed over.
// An id is capitals and hyphens with a number at the end: `NO-T-001`,
// `NO-SOC-B-OSL-01`, `NO-SOC-C-U02`, `D-07`.
std::vector<RegisterRow> ReadRegisterRows(
    const std::shared_ptr<const SourceFile>& page);

// Whether a row says something that a rule set has to answer for. Those do that
// start with a country (`NO-`), but for the bookkeeping of the registers
// (references, freshness, changes, open points, data: `REF`, `FRESH`, `CHG`,
// `OPEN`, `DATA`), and the decision procedures `D-01` and so on.
bool IsRowOfLaw(absl::string_view id);

// The reasons that a page of excused rows allows: the first cells of its table
// headed `reason`.
std::vector<std::string> ReadReasons(
    const std::shared_ptr<const SourceFile>& page);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_PAGE_H_
