#ifndef KLAUSUL_SERVICE_REPORT_WORDS_H_
#define KLAUSUL_SERVICE_REPORT_WORDS_H_

#include "absl/strings/string_view.h"

#include "klausul/v1/finding.pb.h"

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
      unreadable_files, skipped_files, failed_rules, waived_findings,
      known_findings;
  // A breach that stands in the baseline; the case of having been read; what
  // stands before the fields that would decide most; before a waiver.
  absl::string_view known, document_is_read, deciding, waived_until;
};

// Words of `nb`, `nn` or `en`; bokmål for any other language.
const Words& WordsOf(absl::string_view language);

// The word for what a finding is: `BREACH`, `RISK`, `UNDECIDED`, ...
absl::string_view LabelOf(const Words& words, const v1::Finding& finding);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_WORDS_H_
