#ifndef KLAUSUL_SERVICE_RULESET_FIELDS_H_
#define KLAUSUL_SERVICE_RULESET_FIELDS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "klausul/v1/common.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/node_ref.h"
#include "service/ruleset/set_source.h"

// Strict reading of single values out of a YAML tree. Each function reports
// what is wrong, at its place and with help, and returns nullopt; a caller
// goes on, so that the author sees every mistake at once.

namespace klausul::ruleset {

// The keys of one mapping. Keys that nobody asked for are reported by
// Finish(), with the nearest of those that were asked for:
//
//   Fields fields(node, "a rule", sink);
//   const NodeRef id = fields.Require("id");
//   const NodeRef notes = fields.Find("notes");
//   fields.Finish();
class Fields {
 public:
  // `what` names the mapping in messages: "a rule".
  Fields(NodeRef node, absl::string_view what, DiagnosticSink& sink);

  // False where the node is no mapping, which is then reported.
  bool is_mapping() const { return is_mapping_; }

  // The value of a key; empty where it is not there.
  NodeRef Find(absl::string_view key);

  // The same; a missing key is reported.
  NodeRef Require(absl::string_view key, absl::string_view help = {});

  void Finish();

  // Where a message about the whole mapping points: its first key, or its
  // first character.
  NodeRef place() const;

 private:
  NodeRef node_;
  std::string what_;
  DiagnosticSink& sink_;
  bool is_mapping_ = false;
  std::vector<std::pair<NodeRef, NodeRef>> entries_;
  std::vector<std::string> asked_;
};

// `key` names the value in messages. An empty node gives nullopt without a
// message: the missing key has been reported.
absl::optional<std::string> ReadString(const NodeRef& node,
                                       absl::string_view key,
                                       DiagnosticSink& sink);
absl::optional<bool> ReadBool(const NodeRef& node, absl::string_view key,
                              DiagnosticSink& sink);
absl::optional<std::int64_t> ReadInt(const NodeRef& node, absl::string_view key,
                                     DiagnosticSink& sink);
absl::optional<double> ReadDouble(const NodeRef& node, absl::string_view key,
                                  DiagnosticSink& sink);
absl::optional<absl::CivilDay> ReadDate(const NodeRef& node,
                                        absl::string_view key,
                                        DiagnosticSink& sink);
// `NOK 1300000` or `NOK 1300000.50`.
absl::optional<v1::Money> ReadMoney(const NodeRef& node, absl::string_view key,
                                    DiagnosticSink& sink);

// One of a list of words; its place in the list.
absl::optional<int> ReadWord(const NodeRef& node, absl::string_view key,
                             absl::Span<const absl::string_view> words,
                             DiagnosticSink& sink);

// The entries of a list; none, with a message, where it is none.
std::vector<NodeRef> ReadList(const NodeRef& node, absl::string_view key,
                              DiagnosticSink& sink);
std::vector<std::string> ReadStringList(const NodeRef& node,
                                        absl::string_view key,
                                        DiagnosticSink& sink);

// `{from: 2024-01-01, to: 2026-06-30}`, or the same two keys of another
// mapping. `from` is required.
absl::optional<v1::Period> ReadPeriod(const NodeRef& from, const NodeRef& to,
                                      DiagnosticSink& sink);

// A text by language. Languages of `required` that are missing are reported.
// Each text's place goes to `fields` as `<key>.<language>`.
v1::Text ReadText(const NodeRef& node, absl::string_view key,
                  absl::Span<const absl::string_view> required,
                  ElementSource& fields, DiagnosticSink& sink);

// The languages that every rule speaks.
absl::Span<const absl::string_view> RuleLanguages();

// An expression: a block scalar or a quoted one, without ` #`. Its place goes
// to `source`, under `file`.
absl::optional<v1::Expression> ReadExpression(const NodeRef& node,
                                              absl::string_view key,
                                              absl::string_view file,
                                              SetSource& source,
                                              DiagnosticSink& sink);

// Reports periods that overlap, both places shown. `what` says whose:
// "values of `no.climate.min_weight`".
struct PlacedPeriod {
  v1::Period period;
  NodeRef place;
};

void CheckOverlaps(std::vector<PlacedPeriod> periods, absl::string_view what,
                   DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_FIELDS_H_
