#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SENTENCES_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SENTENCES_H_

#include "absl/strings/string_view.h"

#include "service/engine/reason.h"
#include "service/ruleset/docs/page.h"

namespace klausul::ruleset::docs {

// How a language says what expressions say. `{a}`, `{b}` and `{c}` are the
// operands.
struct Sentences {
  absl::string_view all;
  absl::string_view any;
  absl::string_view not_all;
  absl::string_view none;
  absl::string_view not_so;
  absl::string_view if_so;
  absl::string_view then;
  absl::string_view otherwise;
  absl::string_view always;

  absl::string_view and_word;
  absl::string_view or_word;
  absl::string_view yes;
  absl::string_view no;
  absl::string_view is_true;
  absl::string_view is_false;
  absl::string_view claimed;
  absl::string_view not_claimed;
  absl::string_view has;
  absl::string_view has_not;
  absl::string_view stated;
  absl::string_view not_stated;

  absl::string_view equals;
  absl::string_view differs;
  absl::string_view less;
  absl::string_view at_most;
  absl::string_view more;
  absl::string_view at_least;
  absl::string_view before;
  absl::string_view no_later;
  absl::string_view after;
  absl::string_view no_earlier;
  absl::string_view in;
  absl::string_view not_in;
  absl::string_view is_not_so;

  // `{a}` a variable, `{b}` what it runs through.
  absl::string_view for_all;
  absl::string_view not_for_all;
  absl::string_view exists;
  absl::string_view exists_not;
  absl::string_view exists_one;
  absl::string_view not_exactly_one;
  absl::string_view has_entries;
  absl::string_view no_entries;
  // `{c}` a condition or a value.
  absl::string_view filter;
  absl::string_view map;
  absl::string_view conditional;

  absl::string_view first;
  absl::string_view count;
  absl::string_view sum;
  absl::string_view days_between;
  absl::string_view working_days_between;
  absl::string_view plus_days;
  absl::string_view plus_months;
  absl::string_view months;
  absl::string_view days;
  absl::string_view in_cpv;
  absl::string_view matches;
  absl::string_view contains;
  absl::string_view starts_with;

  absl::string_view date_of_law;
  absl::string_view lot;
  absl::string_view plan;
};

const Sentences& SentencesOf(engine::Language language);

// A sentence with its operands. Those that it does not have are left out.
Inlines Say(absl::string_view sentence, const Inlines& a, const Inlines& b = {},
            const Inlines& c = {});

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SENTENCES_H_
