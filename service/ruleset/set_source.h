#ifndef KLAUSUL_SERVICE_RULESET_SET_SOURCE_H_
#define KLAUSUL_SERVICE_RULESET_SET_SOURCE_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/ruleset/node_ref.h"

// What a rule set's message does not hold: where in the YAML files everything
// stands, and the examples as their authors wrote them.

namespace klausul::ruleset {

// A case of a rule, as written.
struct ExampleSource {
  NodeRef place;
  std::string name;
  // Stem of a file in `plans/`.
  std::string base;
  NodeRef base_place;
  absl::optional<absl::CivilDay> as_of;
  // Path and value, in the order written.
  std::vector<std::pair<NodeRef, NodeRef>> set;
  std::vector<NodeRef> unset;
  v1::Finding::Outcome outcome = v1::Finding::OUTCOME_UNSPECIFIED;
  NodeRef outcome_place;
  absl::optional<std::string> subject;
  // Sorted; nullopt: whatever is missing.
  absl::optional<std::vector<std::string>> missing;
  // The whole message by language; only the languages given are compared.
  std::map<std::string, std::string> message;
};

// Where a parameter, a fact, a rule or the set itself stands.
struct ElementSource {
  // Its id or name.
  NodeRef place;
  // The value of each key, by the words of rule files: `applies`, `expr`,
  // `args.days`, `message.nb`, `refines`, `values`.
  std::map<std::string, NodeRef> fields;
  // Of a rule.
  std::vector<ExampleSource> examples;
};

// A file of `plans/`.
struct PlanSource {
  std::string stem;
  // Its root; empty where the file could not be read.
  NodeRef root;
};

// Of one rule set.
struct SetSource {
  ElementSource header;
  std::map<std::string, ElementSource> parameters;
  std::map<std::string, ElementSource> facts;
  std::map<std::string, ElementSource> rules;
  std::map<std::string, PlanSource> plans;
  // What `advice` names outside itself, as `rule:<id>` and `path:<path>`.
  std::map<std::string, NodeRef> advice;
  // By file, line and column, as `v1::Expression` has them.
  std::map<std::tuple<std::string, std::int32_t, std::int32_t>, NodeRef>
      expressions;

  // Null where there is none.
  const NodeRef* FindExpression(const v1::Expression& expression) const {
    const auto it = expressions.find(
        {expression.file(), expression.line(), expression.column()});
    return it == expressions.end() ? nullptr : &it->second;
  }
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_SET_SOURCE_H_
