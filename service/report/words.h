#ifndef KLAUSUL_SERVICE_REPORT_WORDS_H_
#define KLAUSUL_SERVICE_REPORT_WORDS_H_

#include "absl/strings/string_view.h"

namespace klausul::report {

// The words that reports put round the findings, in one language.
struct Words {
  absl::string_view error, warning, advice, undecided, failed, waived,
      satisfied, not_applicable;
  absl::string_view remedy, consequence, missing, reason, lot, facts, note;
  absl::string_view law_of, rules, unreadable, no_findings;
  absl::string_view requested, started, planned, today;
  absl::string_view unverified;
  // The last line: words for the counts.
  absl::string_view documents, errors, warnings, opportunities, undecided_rules,
      unreadable_files, skipped_files, failed_rules, waived_findings;
};

// Words of `nb`, `nn` or `en`; bokmål for any other language.
const Words& WordsOf(absl::string_view language);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_WORDS_H_
