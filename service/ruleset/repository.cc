#include "service/ruleset/repository.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/edit_distance.h"
#include "service/base/status_macros.h"

namespace klausul::ruleset {
namespace {

absl::Status UnknownSet(const RuleSetRepository& repository,
                        absl::string_view id) {
  const std::string near = repository.NearestSet(id);
  return absl::NotFoundError(absl::StrCat(
      "there is no rule set `", id, "`",
      near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?")));
}

absl::Status Collect(const RuleSetRepository& repository, absl::string_view id,
                     std::set<std::string>& seen,
                     std::vector<SharedRuleSet>& out) {
  if (!seen.insert(std::string(id)).second) return absl::OkStatus();
  const RuleSetRepository::Entry* entry = repository.Find(id);
  if (entry == nullptr) return UnknownSet(repository, id);
  for (const std::string& base : entry->rule_set->extends()) {
    RETURN_IF_ERROR(Collect(repository, base, seen, out));
  }
  out.push_back(entry->rule_set);
  return absl::OkStatus();
}

}  // namespace

std::shared_ptr<const RuleSetRepository> RuleSetRepository::FromRuleSets(
    std::vector<SharedRuleSet> rule_sets) {
  auto repository = std::shared_ptr<RuleSetRepository>(new RuleSetRepository());
  for (SharedRuleSet& rule_set : rule_sets) {
    repository->entries_.push_back(
        {std::move(rule_set), nullptr, nullptr, false});
  }
  std::sort(repository->entries_.begin(), repository->entries_.end(),
            [](const Entry& a, const Entry& b) {
              return a.rule_set->id() < b.rule_set->id();
            });
  return repository;
}

std::vector<const RuleSetRepository::Entry*> RuleSetRepository::entries()
    const {
  std::vector<const Entry*> out;
  for (const Entry& entry : entries_) {
    if (!entry.is_known) out.push_back(&entry);
  }
  return out;
}

const RuleSetRepository::Entry* RuleSetRepository::Find(
    absl::string_view id) const {
  const auto it =
      std::lower_bound(entries_.begin(), entries_.end(), id,
                       [](const Entry& entry, absl::string_view wanted) {
                         return entry.rule_set->id() < wanted;
                       });
  return it != entries_.end() && it->rule_set->id() == id ? &*it : nullptr;
}

const v1::Rule* RuleSetRepository::FindRule(absl::string_view id) const {
  for (const Entry& entry : entries_) {
    const auto& rules = entry.rule_set->rules();
    const auto it =
        std::lower_bound(rules.begin(), rules.end(), id,
                         [](const v1::Rule& rule, absl::string_view wanted) {
                           return rule.id() < wanted;
                         });
    if (it != rules.end() && it->id() == id) return &*it;
  }
  return nullptr;
}

std::string RuleSetRepository::NearestSet(absl::string_view id) const {
  std::vector<std::string> ids;
  for (const Entry& entry : entries_)
    ids.push_back(entry.rule_set->id());
  return ClosestMatch(id, ids);
}

std::string RuleSetRepository::NearestRule(absl::string_view id) const {
  std::vector<std::string> ids;
  for (const Entry& entry : entries_) {
    for (const v1::Rule& rule : entry.rule_set->rules()) {
      ids.push_back(rule.id());
    }
  }
  return ClosestMatch(id, ids);
}

absl::StatusOr<std::vector<SharedRuleSet>> RuleSetRepository::Closure(
    absl::Span<const std::string> ids) const {
  std::set<std::string> seen;
  std::vector<SharedRuleSet> out;
  for (const std::string& id : ids) {
    RETURN_IF_ERROR(Collect(*this, id, seen, out));
  }
  return out;
}

std::vector<std::string> RuleSetRepository::IdsForCountry(
    absl::string_view country) const {
  std::vector<std::string> out;
  for (const Entry& entry : entries_) {
    const v1::RuleSet& set = *entry.rule_set;
    if (country.empty() || set.jurisdiction() != country) continue;
    const bool is_overlay =
        std::any_of(set.extends().begin(), set.extends().end(),
                    [&](const std::string& base) {
                      const Entry* extended = Find(base);
                      return extended != nullptr &&
                             extended->rule_set->jurisdiction() == country;
                    });
    if (!is_overlay) out.push_back(set.id());
  }
  return out;
}

absl::StatusOr<std::shared_ptr<const engine::Program>>
RuleSetRepository::Compile(absl::Span<const std::string> ids) const {
  ASSIGN_OR_RETURN(std::vector<SharedRuleSet> selection, Closure(ids));
  // The last set of a closure has all the others below it where one set was
  // named, and often where several were; its program is there already.
  for (const Entry& entry : entries_) {
    if (entry.program != nullptr && entry.program->rule_sets() == selection) {
      return entry.program;
    }
  }
  std::vector<engine::ProgramDiagnostic> errors;
  std::shared_ptr<const engine::Program> program = engine::Program::Compile(
      selection, [&](const engine::ProgramDiagnostic& diagnostic) {
        if (diagnostic.level == Diagnostic::Level::kError) {
          errors.push_back(diagnostic);
        }
      });
  if (program != nullptr) return program;
  const std::string why = errors.empty() ? "" : errors.front().message;
  if (ids.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("these rule sets do not go together: ", why));
  }
  return absl::InternalError(
      absl::StrCat("a rule set does not compile: ", why));
}

}  // namespace klausul::ruleset
