#ifndef KLAUSUL_SERVICE_REPORT_ADVICE_WORDS_H_
#define KLAUSUL_SERVICE_REPORT_ADVICE_WORDS_H_

#include "absl/strings/string_view.h"

namespace klausul::report {

// The words that the text form puts round advice, in one language. `{0}` and
// `{1}` stand for numbers and texts.
struct AdviceWords {
  absl::string_view title, governs, may_govern, counted_from, procedures,
      verdict, earliest, procedure, allowed, on_conditions, undecided,
      not_allowed, direct_awards, no_direct_awards, open_direct_awards,
      condition, because, open, at_least, sure, advised, reduced, no_fixed,
      depends_on, open_facts, rules, alone, open_procedures, opportunities,
      no_own_time, law_of, rule_sets, note, fact, not_stated, to_be_met;
};

// Words of `nb`, `nn` or `en`; bokmål for any other language.
const AdviceWords& AdviceWordsOf(absl::string_view language);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_ADVICE_WORDS_H_
