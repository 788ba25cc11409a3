#ifndef KLAUSUL_SERVICE_RULESET_USAGE_H_
#define KLAUSUL_SERVICE_RULESET_USAGE_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

// Who uses what, and how it is written, read from the words of expressions and
// texts: for lint, which runs over sets whose expressions have been checked.

namespace klausul::ruleset {

struct Words {
  // Identifiers outside string literals, those after a dot left out.
  std::set<std::string> identifiers;
  // The arguments of `parameter("...")` and `threshold("...")`.
  std::set<std::string> parameters;
};

Words WordsOf(absl::string_view expression);

// Of all expressions of a rule.
Words WordsOf(const v1::Rule& rule);

// An expression as it is shown: each run of blanks and line ends as one space.
std::string OnOneLine(absl::string_view expression);

// The names in braces of all of a rule's texts.
std::set<std::string> PlaceholdersOf(const v1::Rule& rule);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_USAGE_H_
