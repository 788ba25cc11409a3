#include "service/ruleset/advice_reader.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/edit_distance.h"
#include "service/engine/plan_path.h"
#include "service/ruleset/fields.h"

namespace klausul::ruleset {
namespace {

using v1::AdviceCatalogue;

// In the order of AdviceCatalogue::Group, from PROCEDURE.
constexpr absl::string_view kGroups[] = {"procedure", "technique", "reserved",
                                         "direct-award"};
// In the order of AdviceCatalogue::Step::Kind, from REQUESTS.
constexpr absl::string_view kStepKinds[] = {"requests", "tenders", "standstill",
                                            "contract"};
// What one step may leave to the next.
constexpr std::int64_t kMaxGapDays = 60;

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// Reads one catalogue; places go to the set's source, as `advice.<path>`, for
// what can be checked only later.
class AdviceReader {
 public:
  AdviceReader(absl::string_view file, SetDraft& draft)
      : file_(file), draft_(draft), sink_(draft.sink) {}

  void Read(const NodeRef& node) {
    Fields fields(node, "the advice", sink_);
    if (!fields.is_mapping()) return;
    AdviceCatalogue& advice = *draft_.proto.mutable_advice();
    for (const NodeRef& item : List(fields, "regimes")) {
      ReadRegime(item, *advice.add_regimes());
    }
    for (const NodeRef& item : List(fields, "steps")) {
      ReadStep(item, *advice.add_steps());
    }
    for (const NodeRef& item : List(fields, "candidates")) {
      ReadCandidate(item, *advice.add_candidates());
    }
    for (const NodeRef& item : List(fields, "opportunities")) {
      ReadOpportunity(item, *advice.add_opportunities());
    }
    Words(fields, "choice_rules", "rule", *advice.mutable_choice_rules());
    Words(fields, "condition_rules", "rule", *advice.mutable_condition_rules());
    Words(fields, "opportunity_tags", "", *advice.mutable_opportunity_tags());
    fields.Finish();
  }

 private:
  std::vector<NodeRef> List(Fields& fields, absl::string_view key) {
    return ReadList(fields.Find(key), key, sink_);
  }

  // Remembers where a name is written, for CheckAdvice().
  void Remember(absl::string_view what, absl::string_view name,
                const NodeRef& place) {
    if (what.empty()) return;
    draft_.source.advice[absl::StrCat(what, ":", name)] = place;
  }

  void Words(Fields& fields, absl::string_view key, absl::string_view what,
             Strings& out) {
    for (const NodeRef& item : List(fields, key)) {
      if (auto word = ReadString(item, key, sink_)) {
        Remember(what, *word, item);
        *out.Add() = *std::move(word);
      }
    }
  }

  // A list of names that have to be among `known`.
  void References(Fields& fields, absl::string_view key,
                  const std::vector<std::string>& known, Strings& out) {
    for (const NodeRef& item : List(fields, key)) {
      auto word = ReadString(item, key, sink_);
      if (!word.has_value()) continue;
      if (std::find(known.begin(), known.end(), *word) == known.end()) {
        const std::string near = ClosestMatch(*word, known);
        item.Error("unknown-name",
                   absl::StrCat("`", *word, "` is none of the `", key, "`"),
                   near.empty()
                       ? absl::StrCat("known: ", absl::StrJoin(known, ", "))
                       : absl::StrCat("did you mean `", near, "`?"),
                   sink_);
        continue;
      }
      *out.Add() = *std::move(word);
    }
  }

  std::string Id(Fields& fields, std::vector<std::string>& known) {
    const NodeRef node = fields.Require("id");
    auto id = ReadString(node, "id", sink_);
    if (!id.has_value()) return "";
    if (std::find(known.begin(), known.end(), *id) != known.end()) {
      node.Error("duplicate-id", absl::StrCat("`", *id, "` is there already"),
                 {}, sink_);
    }
    known.push_back(*id);
    return *std::move(id);
  }

  v1::Text Text(const NodeRef& node, absl::string_view key) {
    ElementSource places;
    return ReadText(node, key, RuleLanguages(), places, sink_);
  }

  void Bases(Fields& fields, absl::string_view key,
             google::protobuf::RepeatedPtrField<v1::LegalBasis>& out) {
    for (const NodeRef& item : List(fields, key)) {
      Fields basis(item, "a legal basis", sink_);
      if (!basis.is_mapping()) continue;
      v1::LegalBasis& to = *out.Add();
      to.set_instrument(
          ReadString(basis.Require("instrument"), "instrument", sink_)
              .value_or(""));
      to.set_provision(
          ReadString(basis.Require("provision"), "provision", sink_)
              .value_or(""));
      to.set_url(ReadString(basis.Find("url"), "url", sink_).value_or(""));
      basis.Finish();
    }
  }

  void Condition(Fields& fields, v1::Expression& out) {
    auto read =
        ReadExpression(fields.Require("when", "a condition on the plan"),
                       "when", file_, draft_.source, sink_);
    if (read.has_value()) out = *std::move(read);
  }

  // A value as one line of YAML: quoted where it was, lists in brackets.
  static std::string Flow(const NodeRef& value) {
    if (value.IsSequence()) {
      std::vector<std::string> items;
      for (const NodeRef& item : value.Items())
        items.push_back(Flow(item));
      return absl::StrCat("[", absl::StrJoin(items, ", "), "]");
    }
    if (value.IsPlain()) return std::string(value.text());
    return absl::StrCat("\"", absl::CEscape(value.text()), "\"");
  }

  void Settings(
      const NodeRef& node,
      google::protobuf::RepeatedPtrField<AdviceCatalogue::Setting>& out) {
    if (!node) return;
    if (!node.IsMapping()) {
      node.Error("wrong-type", "`set` has to be a mapping",
                 "such as {\"procedure.kind\": OPEN}", sink_);
      return;
    }
    for (const auto& [path, value] : node.Entries()) {
      if (value.IsMapping()) {
        value.Error("wrong-type", "a setting is a value or a list of values",
                    "name the field itself, such as \"procedure.kind\"", sink_);
        continue;
      }
      Remember("path", path.text(), path);
      AdviceCatalogue::Setting& setting = *out.Add();
      setting.set_path(std::string(path.text()));
      setting.set_value(Flow(value));
    }
  }

  void ReadRegime(const NodeRef& node, AdviceCatalogue::Regime& out) {
    Fields fields(node, "a regime", sink_);
    if (!fields.is_mapping()) return;
    out.set_id(Id(fields, regimes_));
    *out.mutable_title() = Text(fields.Require("title"), "title");
    Condition(fields, *out.mutable_condition());
    Bases(fields, "legal_basis", *out.mutable_legal_basis());
    Words(fields, "register", "", *out.mutable_register_());
    if (const NodeRef closed = fields.Find("closed")) {
      *out.mutable_closed() = Text(closed, "closed");
    }
    Bases(fields, "closed_basis", *out.mutable_closed_basis());
    fields.Finish();
  }

  void ReadStep(const NodeRef& node, AdviceCatalogue::Step& out) {
    Fields fields(node, "a step", sink_);
    if (!fields.is_mapping()) return;
    out.set_id(Id(fields, steps_));
    if (auto kind =
            ReadWord(fields.Require("kind"), "kind", kStepKinds, sink_)) {
      out.set_kind(static_cast<AdviceCatalogue::Step::Kind>(
          *kind + AdviceCatalogue::Step::REQUESTS));
    }
    *out.mutable_title() = Text(fields.Require("title"), "title");
    const auto path = [&](const NodeRef& at, absl::string_view key) {
      auto text = ReadString(at, key, sink_);
      if (text.has_value()) Remember("path", *text, at);
      return text.value_or("");
    };
    out.set_from_path(path(fields.Require("from"), "from"));
    const NodeRef to = fields.Find("to");
    const NodeRef days = fields.Find("days");
    if (!to == !days) {
      fields.place().Error(
          "missing-key", "a step has to have either `to` or `days`",
          "`to` is a date of the plan, `days` a number", sink_);
    }
    out.set_to_path(path(to, "to"));
    out.set_days_path(path(days, "days"));
    Words(fields, "rules", "rule", *out.mutable_rules());
    Words(fields, "advised_rules", "rule", *out.mutable_advised_rules());
    for (const NodeRef& item : List(fields, "reductions")) {
      Fields reduction(item, "a reduction", sink_);
      if (!reduction.is_mapping()) continue;
      AdviceCatalogue::Reduction& to_add = *out.add_reductions();
      to_add.set_id(
          ReadString(reduction.Require("id"), "id", sink_).value_or(""));
      *to_add.mutable_title() = Text(reduction.Require("title"), "title");
      Settings(reduction.Require("set"), *to_add.mutable_settings());
      reduction.Finish();
    }
    const NodeRef gap = fields.Find("gap_days");
    if (auto read = ReadInt(gap, "gap_days", sink_)) {
      if (*read < 0 || *read > kMaxGapDays) {
        gap.Error("unknown-value", absl::StrCat("`gap_days` cannot be ", *read),
                  absl::StrCat("it lies between 0 and ", kMaxGapDays), sink_);
      } else {
        out.set_gap_days(static_cast<std::int32_t>(*read));
      }
    }
    out.set_parallel(
        ReadBool(fields.Find("parallel"), "parallel", sink_).value_or(false));
    fields.Finish();
  }

  void ReadCandidate(const NodeRef& node, AdviceCatalogue::Candidate& out) {
    Fields fields(node, "a candidate", sink_);
    if (!fields.is_mapping()) return;
    out.set_id(Id(fields, candidates_));
    *out.mutable_title() = Text(fields.Require("title"), "title");
    if (auto group =
            ReadWord(fields.Require("group"), "group", kGroups, sink_)) {
      out.set_group(static_cast<AdviceCatalogue::Group>(
          *group + AdviceCatalogue::PROCEDURE));
    }
    References(fields, "regimes", regimes_, *out.mutable_regimes());
    Words(fields, "unset", "path", *out.mutable_unset());
    Settings(fields.Require("set"), *out.mutable_settings());
    Words(fields, "conditions", "path", *out.mutable_conditions());
    References(fields, "steps", steps_, *out.mutable_steps());
    Bases(fields, "legal_basis", *out.mutable_legal_basis());
    Words(fields, "register", "", *out.mutable_register_());
    fields.Finish();
  }

  void ReadOpportunity(const NodeRef& node, AdviceCatalogue::Opportunity& out) {
    Fields fields(node, "an opportunity", sink_);
    if (!fields.is_mapping()) return;
    out.set_id(Id(fields, opportunities_));
    *out.mutable_title() = Text(fields.Require("title"), "title");
    *out.mutable_text() = Text(fields.Require("text"), "text");
    Condition(fields, *out.mutable_condition());
    Bases(fields, "legal_basis", *out.mutable_legal_basis());
    Words(fields, "register", "", *out.mutable_register_());
    fields.Finish();
  }

  const std::string file_;
  SetDraft& draft_;
  DiagnosticSink& sink_;
  std::vector<std::string> regimes_, steps_, candidates_, opportunities_;
};

// A path leads as far as it is right; it is right where it leads to its end.
bool IsPlanPath(absl::string_view path) {
  const auto* field = engine::FindPlanField(path);
  return field != nullptr &&
         (field->is_map() || field->name() == engine::SplitPath(path).back());
}

// A condition has to compile over the plan and to be true or false.
void CheckCondition(const v1::Expression& condition, const SetSource& source,
                    const engine::Program& program, DiagnosticSink& sink) {
  const NodeRef* place = source.FindExpression(condition);
  if (place == nullptr) return;
  DiagnosticSink found;
  engine::EvaluationOptions options;
  // Any day does: what is asked here is whether the expression compiles.
  options.as_of = absl::CivilDay(2026, 1, 1);
  const auto result =
      program.EvaluateExpression(condition.text(), {}, options, found);
  if (!result.ok()) {
    for (const Diagnostic& one : found.Sorted()) {
      place->ErrorAt(one.span, one.code, one.message, one.help, sink);
    }
  } else if (result->type != "bool") {
    place->Error("wrong-type",
                 absl::StrCat("the condition is of type ", result->type),
                 "write an expression that is true or false", sink);
  }
}

}  // namespace

void ReadAdvice(const NodeRef& node, absl::string_view file, SetDraft& draft) {
  if (draft.proto.has_advice()) {
    node.Error("duplicate-id", "the set has `advice` already",
               "keep it in one file", draft.sink);
    return;
  }
  AdviceReader(file, draft).Read(node);
}

void CheckAdvice(const v1::RuleSet& rule_set, const SetSource& source,
                 const engine::Program& program, DiagnosticSink& sink) {
  if (!rule_set.has_advice()) return;
  for (const auto& [name, place] : source.advice) {
    const absl::string_view what = absl::string_view(name).substr(0, 4);
    const absl::string_view id = absl::string_view(name).substr(5);
    if (what == "rule" && program.FindRule(id) == nullptr) {
      place.Error("unknown-rule", absl::StrCat("there is no rule `", id, "`"),
                  "`klausul rules list` shows them all", sink);
    }
    if (what == "path" && !IsPlanPath(id)) {
      place.Error("unknown-field",
                  absl::StrCat("a plan has no field `", id, "`"), {}, sink);
    }
  }
  for (const AdviceCatalogue::Regime& regime : rule_set.advice().regimes()) {
    CheckCondition(regime.condition(), source, program, sink);
  }
  for (const AdviceCatalogue::Opportunity& opportunity :
       rule_set.advice().opportunities()) {
    CheckCondition(opportunity.condition(), source, program, sink);
  }
}

}  // namespace klausul::ruleset
