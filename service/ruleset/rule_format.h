#ifndef KLAUSUL_SERVICE_RULESET_RULE_FORMAT_H_
#define KLAUSUL_SERVICE_RULESET_RULE_FORMAT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/base/diagnostic.h"

namespace klausul::ruleset {

// The text of a rule file with its expressions laid out by cel::Format():
// `applies`, `requires` and `args` of rules, `expr` of facts and of their
// versions. Every byte outside of expressions stays as it is, and so does the
// way in which each is written: a block stays a block, in its indentation and
// up to column 80, and a quoted one stays on one line, in its quotes.
//
// Only YAML and the syntax of the expressions are looked at, so that a set
// whose rules do not load yet can be formatted. `name` is for messages.
// nullopt where something cannot be read or laid out (a comment in a folded
// block, for one); why is in `sink`.
absl::optional<std::string> FormatRuleFile(absl::string_view name,
                                           absl::string_view content,
                                           DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_RULE_FORMAT_H_
