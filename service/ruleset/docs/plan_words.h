#ifndef KLAUSUL_SERVICE_RULESET_DOCS_PLAN_WORDS_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_PLAN_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

#include "service/engine/reason.h"

// What the fields and values of a plan are called in plain words.

namespace klausul::ruleset::docs {

// Of one step of a path, such as `estimated_value`: *anslått verdi*, *estimated
// value*. English says what the plan says; a name without a Norwegian word is
// said in English. A key that a rule set made up, such as `no.oslo.site_marked`
// of `extra`, stays as it is.
std::string FieldWord(absl::string_view name, engine::Language language);

// Of a whole path: `contract.estimated_value` -> *kontrakt › anslått verdi*.
std::string PathWords(absl::string_view path, engine::Language language);

// Of the value of an enum, by its short name: *åpen anbudskonkurranse*, *open*.
std::string ValueWord(absl::string_view name, engine::Language language);

// False where the Norwegian words above are only the English ones.
bool HasFieldWord(absl::string_view name);
bool HasValueWord(absl::string_view name);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_PLAN_WORDS_H_
