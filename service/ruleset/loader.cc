#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"

#include "service/base/edit_distance.h"
#include "service/base/sha256.h"
#include "service/base/status_macros.h"
#include "service/engine/calendar.h"
#include "service/ruleset/advice_reader.h"
#include "service/ruleset/example_plans.h"
#include "service/ruleset/program_diagnostics.h"
#include "service/ruleset/repository.h"
#include "service/ruleset/set_reader.h"

namespace klausul::ruleset {

// Loads one root: reads every set, then looks at how they build on one
// another, then compiles each with what it extends.
class Loader {
 public:
  Loader(const LoadOptions& options, DiagnosticSink& sink)
      : options_(options), sink_(sink) {}

  absl::StatusOr<std::shared_ptr<const RuleSetRepository>> Run(
      std::vector<RuleFile> files);

 private:
  struct Set {
    SetFiles files;
    std::unique_ptr<SetDraft> draft;
    // Of what it extends; `incomplete` of one spoils the next.
    bool bases_are_whole = true;
    SharedRuleSet rule_set;
    std::shared_ptr<const SetSource> source;
    std::shared_ptr<const engine::Program> program;
  };

  void Read(std::vector<SetFiles> parts);
  void ResolveExtends();
  bool Visit(Set& set, std::vector<std::string>& path);
  std::vector<SharedRuleSet> Bases(const Set& set) const;
  void CollectBases(absl::string_view id, std::set<std::string>& seen,
                    std::vector<SharedRuleSet>& out) const;
  void CheckIds(const Set& set) const;
  void CheckOverlay(const Set& set) const;
  void FillExamples(Set& set) const;
  void SetDigest(Set& set) const;
  void Compile(Set& set) const;

  const LoadOptions& options_;
  DiagnosticSink& sink_;
  std::vector<Set> sets_;
  std::map<std::string, Set*> by_id_;
  std::map<std::string, SharedRuleSet> known_;
  // Extended sets before those that extend them.
  std::vector<Set*> order_;
  std::set<std::string> visited_;
};

namespace {

bool IsOverlayOf(const v1::RuleSet& set, const v1::RuleSet& base) {
  return set.jurisdiction() == base.jurisdiction();
}

template <typename Table>
void CheckPrefix(absl::string_view what, absl::string_view prefix,
                 const Table& table, DiagnosticSink& sink) {
  for (const auto& [id, element] : table) {
    if (absl::StartsWith(id, prefix)) continue;
    element.place.Error(
        "foreign-id",
        absl::StrCat(what, " `", id, "` is not under the id of its set"),
        absl::StrCat("start it with `", prefix, "`"), sink);
  }
}

}  // namespace

void Loader::Read(std::vector<SetFiles> parts) {
  for (SetFiles& files : parts) {
    Set set;
    set.draft = std::make_unique<SetDraft>(sink_);
    ReadSet(files, JoinPath(options_.display_root, files.folder), *set.draft);
    set.files = std::move(files);
    sets_.push_back(std::move(set));
  }
  for (const SharedRuleSet& known : options_.known) {
    known_[known->id()] = known;
  }
  for (Set& set : sets_) {
    const std::string& id = set.draft->proto.id();
    // Without an id it cannot be built upon; that has been reported.
    if (id.empty()) continue;
    // A set sent along takes the place of the one in service.
    known_.erase(id);
    const auto [it, added] = by_id_.emplace(id, &set);
    if (added) continue;
    const NodeRef& first = it->second->draft->source.header.place;
    const NodeRef& place = set.draft->source.header.place;
    Diagnostic twice = place.MakeError(
        "duplicate-id", absl::StrCat("rule set `", id, "` is there already"),
        "every folder with a rule set has an id of its own");
    twice.notes.push_back({first.file(), first.span(), "the first is here"});
    sink_.Add(std::move(twice));
  }
}

// Depth first; false where the set stands in a circle.
bool Loader::Visit(Set& set, std::vector<std::string>& path) {
  const std::string& id = set.draft->proto.id();
  if (std::find(path.begin(), path.end(), id) != path.end()) return false;
  if (!visited_.insert(id).second) return true;
  path.push_back(id);
  for (const std::string& base : set.draft->proto.extends()) {
    const NodeRef& place =
        set.draft->source.header.fields[absl::StrCat("extends.", base)];
    const auto it = by_id_.find(base);
    if (it != by_id_.end()) {
      if (!Visit(*it->second, path)) {
        place.Error("cycle",
                    absl::StrCat("`", id, "` extends itself: ",
                                 absl::StrJoin(path, " -> "), " -> ", base),
                    "let one of them extend nothing", sink_);
        set.bases_are_whole = false;
      } else if (it->second->draft->incomplete ||
                 !it->second->bases_are_whole) {
        set.bases_are_whole = false;
      }
    } else if (known_.count(base) == 0) {
      std::vector<std::string> ids;
      for (const auto& [name, unused] : by_id_)
        ids.push_back(name);
      for (const auto& [name, unused] : known_)
        ids.push_back(name);
      const std::string near = ClosestMatch(base, ids);
      place.Error("unknown-rule-set",
                  absl::StrCat("there is no rule set `", base, "` to extend"),
                  near.empty() ? "load the folder that holds both sets"
                               : absl::StrCat("did you mean `", near, "`?"),
                  sink_);
      set.bases_are_whole = false;
    }
  }
  path.pop_back();
  order_.push_back(&set);
  return true;
}

void Loader::ResolveExtends() {
  for (auto& [id, set] : by_id_) {
    std::vector<std::string> path;
    Visit(*set, path);
  }
}

void Loader::CollectBases(absl::string_view id, std::set<std::string>& seen,
                          std::vector<SharedRuleSet>& out) const {
  if (!seen.insert(std::string(id)).second) return;
  SharedRuleSet rule_set;
  if (const auto it = by_id_.find(std::string(id)); it != by_id_.end()) {
    rule_set = it->second->rule_set;
  } else if (const auto known = known_.find(std::string(id));
             known != known_.end()) {
    rule_set = known->second;
  }
  if (rule_set == nullptr) return;
  for (const std::string& base : rule_set->extends()) {
    CollectBases(base, seen, out);
  }
  out.push_back(std::move(rule_set));
}

std::vector<SharedRuleSet> Loader::Bases(const Set& set) const {
  std::set<std::string> seen{set.draft->proto.id()};
  std::vector<SharedRuleSet> out;
  for (const std::string& base : set.draft->proto.extends()) {
    CollectBases(base, seen, out);
  }
  return out;
}

void Loader::CheckIds(const Set& set) const {
  const std::string prefix = absl::StrCat(set.draft->proto.id(), ".");
  CheckPrefix("parameter", prefix, set.draft->source.parameters, sink_);
  CheckPrefix("rule", prefix, set.draft->source.rules, sink_);
}

void Loader::CheckOverlay(const Set& set) const {
  SetDraft& draft = *set.draft;
  bool is_overlay = false;
  for (const SharedRuleSet& base : Bases(set)) {
    is_overlay = is_overlay || IsOverlayOf(draft.proto, *base);
    for (const v1::Fact& fact : base->facts()) {
      const auto it = draft.source.facts.find(fact.name());
      if (it == draft.source.facts.end()) continue;
      it->second.place.Error(
          "overlay-redefines",
          absl::StrCat("fact `", fact.name(), "` belongs to `", base->id(),
                       "`, which this set extends"),
          "give it another name; what is extended stays as it is", sink_);
      draft.broken.insert(fact.name());
    }
  }
  if (!is_overlay) return;
  for (const v1::Rule& rule : draft.proto.rules()) {
    if (rule.severity() != v1::Rule::ERROR) continue;
    draft.source.rules[rule.id()].place.Error(
        "overlay-severity",
        absl::StrCat("rule `", rule.id(),
                     "` of an overlay cannot have the severity `error`"),
        "a policy binds nobody but its owner: use `severity: warning`", sink_);
  }
}

void Loader::FillExamples(Set& set) const {
  absl::optional<ExamplePlans> plans;
  if (options_.plan_reader != nullptr) {
    plans.emplace(set.draft->source, *options_.plan_reader);
  }
  for (v1::Rule& rule : *set.draft->proto.mutable_rules()) {
    for (const ExampleSource& from :
         set.draft->source.rules[rule.id()].examples) {
      v1::Rule::Example& to = *rule.add_examples();
      to.set_name(from.name);
      to.set_outcome(v1::Finding::Outcome_Name(from.outcome));
      to.set_subject(from.subject.value_or(""));
      if (from.as_of.has_value()) {
        *to.mutable_as_of() = engine::ToDate(*from.as_of);
      }
      if (!plans.has_value()) continue;
      const absl::optional<v1::ProcurementPlan> plan =
          plans->Build(from, sink_);
      if (!plan.has_value()) continue;
      // Fails for messages of unknown types only, and a plan has none.
      const auto written = google::protobuf::util::MessageToJsonString(
          *plan, to.mutable_plan_json());
      if (!written.ok()) to.clear_plan_json();
    }
  }
}

void Loader::SetDigest(Set& set) const {
  Sha256 digest;
  for (const RuleFile& file : set.files.files) {
    if (absl::StartsWith(file.path, "register/") ||
        absl::EndsWith(file.path, ".yml")) {
      continue;
    }
    digest.UpdateField(file.path);
    digest.UpdateField(file.content);
  }
  std::map<std::string, std::string> bases;
  for (const SharedRuleSet& base : Bases(set)) {
    bases[base->id()] = base->digest();
  }
  for (const auto& [id, base_digest] : bases) {
    digest.UpdateField(id);
    digest.UpdateField(base_digest);
  }
  set.draft->proto.set_digest(absl::StrCat("sha256:", digest.HexDigest()));
}

void Loader::Compile(Set& set) const {
  const SetDraft& draft = *set.draft;
  if (draft.incomplete || !set.bases_are_whole) return;
  std::vector<SharedRuleSet> selection = Bases(set);
  selection.push_back(set.rule_set);
  const int own = static_cast<int>(selection.size()) - 1;
  set.program = engine::Program::Compile(
      std::move(selection), [&](const engine::ProgramDiagnostic& from) {
        // An extended set has had its turn; a broken element has been told
        // what is wrong with it, but for what its expressions say.
        if (from.rule_set_index != own) return;
        if (from.expression == nullptr && draft.broken.count(from.name) > 0) {
          return;
        }
        sink_.Add(ToDiagnostic(from, *set.source));
      });
  if (set.program != nullptr) {
    CheckAdvice(*set.rule_set, *set.source, *set.program, sink_);
  }
}

absl::StatusOr<std::shared_ptr<const RuleSetRepository>> Loader::Run(
    std::vector<RuleFile> files) {
  RETURN_IF_ERROR(CheckRuleFiles(files, options_.limits));
  const std::size_t errors_before = sink_.error_count();
  Read(PartIntoSets(std::move(files), options_.display_root, sink_));
  if (sets_.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "no rule set", options_.display_root.empty() ? "" : " under `",
        options_.display_root, options_.display_root.empty() ? "" : "`",
        ": a rule set is a folder with a `", kHeaderFile, "`"));
  }
  ResolveExtends();
  for (Set* set : order_) {
    CheckIds(*set);
    CheckOverlay(*set);
    FillExamples(*set);
    SetDigest(*set);
    set->rule_set =
        std::make_shared<const v1::RuleSet>(std::move(set->draft->proto));
    // Ids and extends are still asked for.
    set->draft->proto.set_id(set->rule_set->id());
    *set->draft->proto.mutable_extends() = set->rule_set->extends();
    set->source =
        std::make_shared<const SetSource>(std::move(set->draft->source));
    Compile(*set);
  }
  const std::size_t errors = sink_.error_count() - errors_before;
  if (errors > 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        errors, errors == 1 ? " error" : " errors", " in the rule files",
        options_.display_root.empty() ? "" : " under `", options_.display_root,
        options_.display_root.empty() ? "" : "`"));
  }
  auto repository = std::shared_ptr<RuleSetRepository>(new RuleSetRepository());
  for (const auto& [id, set] : by_id_) {
    repository->entries_.push_back(
        {set->rule_set, set->source, set->program, false});
  }
  for (const auto& [id, known] : known_) {
    repository->entries_.push_back({known, nullptr, nullptr, true});
  }
  std::sort(
      repository->entries_.begin(), repository->entries_.end(),
      [](const RuleSetRepository::Entry& a, const RuleSetRepository::Entry& b) {
        return a.rule_set->id() < b.rule_set->id();
      });
  return repository;
}

absl::StatusOr<std::shared_ptr<const RuleSetRepository>>
RuleSetRepository::Load(std::vector<RuleFile> files, const LoadOptions& options,
                        DiagnosticSink& sink) {
  return Loader(options, sink).Run(std::move(files));
}

absl::StatusOr<std::shared_ptr<const RuleSetRepository>>
RuleSetRepository::LoadRoot(absl::string_view root, const LoadOptions& options,
                            DiagnosticSink& sink) {
  ASSIGN_OR_RETURN(std::vector<RuleFile> files,
                   ReadRuleFiles(root, options.limits));
  LoadOptions with_root = options;
  if (with_root.display_root.empty()) {
    with_root.display_root = std::string(root);
  }
  return Load(std::move(files), with_root, sink);
}

}  // namespace klausul::ruleset
