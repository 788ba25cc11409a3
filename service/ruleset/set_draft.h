#ifndef KLAUSUL_SERVICE_RULESET_SET_DRAFT_H_
#define KLAUSUL_SERVICE_RULESET_SET_DRAFT_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/node_ref.h"
#include "service/ruleset/set_source.h"

namespace klausul::ruleset {

// A rule set while its files are read: what the readers of its parts fill.
struct SetDraft {
  explicit SetDraft(DiagnosticSink& sink_in) : sink(sink_in) {}

  v1::RuleSet proto;
  SetSource source;
  // Names of parameters, facts and rules with mistakes of their own. They stay
  // in `proto` as far as they go, so that what refers to them is not reported
  // on top.
  std::set<std::string> broken;
  // A file could not be read at all, or an element has no name: what is not
  // there cannot be told from what is not declared.
  bool incomplete = false;
  DiagnosticSink& sink;
};

// Reports a name that is taken, both places shown, and returns false; else
// puts the element into `table`.
bool Declare(absl::string_view what, const std::string& name,
             const NodeRef& place, std::map<std::string, ElementSource>& table,
             DiagnosticSink& sink);

// Words of rule files for enums, weakest first.
absl::Span<const absl::string_view> SeverityWords();
absl::Span<const absl::string_view> ConfidenceWords();

// The readers of the parts. `file` is the path inside the set's folder.

// The top level of `rule_set.yaml`.
void ReadHeader(const NodeRef& root, SetDraft& draft);

// One jurisdiction's public holidays: the value of `calendar`.
void ReadCalendar(const NodeRef& node, SetDraft& draft);

// The entries of `parameters` and `facts`.
void ReadParameter(const NodeRef& node, SetDraft& draft);
void ReadFact(const NodeRef& node, absl::string_view file, SetDraft& draft);

// An entry of `rules`, and one of its `examples`.
void ReadRule(const NodeRef& node, absl::string_view file, SetDraft& draft);
void ReadExample(const NodeRef& node, ElementSource& rule,
                 DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_SET_DRAFT_H_
