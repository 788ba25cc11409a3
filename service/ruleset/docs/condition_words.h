#ifndef KLAUSUL_SERVICE_RULESET_DOCS_CONDITION_WORDS_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_CONDITION_WORDS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

#include "service/engine/reason.h"
#include "service/ruleset/docs/page.h"

namespace klausul::ruleset::docs {

// A fact or a parameter as conditions speak of it.
struct NamedThing {
  std::string title;
  // Of its page.
  std::string target;
  bool is_date = false;
};

// What the names of a rule set's expressions stand for.
struct Names {
  // By name, and by id.
  std::map<std::string, NamedThing> facts;
  std::map<std::string, NamedThing> parameters;
};

// A condition in words: sentences in nested lists, for
//
//   part == PART_III && (claimed(procedure.urgent) || days >= 30)
//
// *Alt dette gjelder: del er del III; minst ett av dette gjelder: prosedyre ›
// haster: oppgitt som ja; dager er minst 30.* Fields lead to the page of plan
// fields, facts and parameters to their own. What the words cannot say is
// quoted as it stands. Empty for an empty text.
Blocks ConditionInWords(absl::string_view expression, const Names& names,
                        engine::Language language);

// The same for an expression with another value; a choice between values
// becomes a list of cases.
Blocks ValueInWords(absl::string_view expression, const Names& names,
                    engine::Language language);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_CONDITION_WORDS_H_
