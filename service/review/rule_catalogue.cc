#include "service/review/rule_catalogue.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/base/status_macros.h"
#include "service/ruleset/builtin.h"

namespace klausul::review {

absl::StatusOr<std::shared_ptr<const RuleCatalogue>> RuleCatalogue::Make(
    std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets) {
  std::sort(rule_sets.begin(), rule_sets.end(),
            [](const auto& a, const auto& b) { return a->id() < b->id(); });
  for (std::size_t i = 1; i < rule_sets.size(); ++i) {
    if (rule_sets[i - 1]->id() == rule_sets[i]->id()) {
      return absl::InvalidArgumentError(
          absl::StrCat("two rule sets have the id `", rule_sets[i]->id(), "`"));
    }
  }
  std::shared_ptr<RuleCatalogue> catalogue(new RuleCatalogue);
  catalogue->rule_sets_ = std::move(rule_sets);
  for (const std::string& id : catalogue->Ids()) {
    RETURN_IF_ERROR(catalogue->ProgramFor({id}).status());
  }
  return std::shared_ptr<const RuleCatalogue>(std::move(catalogue));
}

absl::StatusOr<std::shared_ptr<const RuleCatalogue>> RuleCatalogue::Builtin() {
  ASSIGN_OR_RETURN(auto sets, ruleset::BuiltinRuleSets());
  return Make(std::move(sets));
}

const v1::RuleSet* RuleCatalogue::Find(absl::string_view id) const {
  const auto it = std::lower_bound(
      rule_sets_.begin(), rule_sets_.end(), id,
      [](const auto& set, absl::string_view wanted) {
        return absl::string_view(set->id()) < wanted;
      });
  return it != rule_sets_.end() && (*it)->id() == id ? it->get() : nullptr;
}

const v1::Rule* RuleCatalogue::FindRule(absl::string_view id) const {
  for (const auto& set : rule_sets_) {
    for (const v1::Rule& rule : set->rules()) {
      if (rule.id() == id) return &rule;
    }
  }
  return nullptr;
}

std::vector<std::string> RuleCatalogue::Ids() const {
  std::vector<std::string> ids;
  ids.reserve(rule_sets_.size());
  for (const auto& set : rule_sets_) ids.push_back(set->id());
  return ids;
}

std::vector<std::string> RuleCatalogue::IdsForCountry(
    absl::string_view country) const {
  std::vector<std::string> ids;
  for (const auto& set : rule_sets_) {
    // An overlay has its country's jurisdiction too, and a dotted id.
    if (!country.empty() && absl::EqualsIgnoreCase(set->jurisdiction(), country) &&
        set->id().find('.') == std::string::npos) {
      ids.push_back(set->id());
    }
  }
  return ids;
}

std::vector<std::string> RuleCatalogue::WithExtended(
    const std::vector<std::string>& ids) const {
  std::set<std::string> all;
  std::vector<std::string> open = ids;
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    if (!all.insert(id).second) continue;
    if (const v1::RuleSet* set = Find(id)) {
      open.insert(open.end(), set->extends().begin(), set->extends().end());
    }
  }
  return {all.begin(), all.end()};
}

absl::StatusOr<std::shared_ptr<const engine::Program>>
RuleCatalogue::ProgramFor(const std::vector<std::string>& ids) const {
  const std::vector<std::string> all = WithExtended(ids);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto it = programs_.find(all);
    if (it != programs_.end()) return it->second;
  }
  std::vector<std::shared_ptr<const v1::RuleSet>> sets;
  for (const std::string& id : all) {
    const auto it =
        std::find_if(rule_sets_.begin(), rule_sets_.end(),
                     [&](const auto& set) { return set->id() == id; });
    if (it == rule_sets_.end()) {
      return absl::NotFoundError(absl::StrCat("no rule set `", id, "`"));
    }
    sets.push_back(*it);
  }
  std::string first_error;
  std::shared_ptr<const engine::Program> program = engine::Program::Compile(
      std::move(sets), [&](engine::ProgramDiagnostic diagnostic) {
        if (first_error.empty() &&
            diagnostic.level == Diagnostic::Level::kError) {
          first_error = absl::StrCat(diagnostic.name, ": ", diagnostic.message,
                                     " [", diagnostic.code, "]");
        }
      });
  if (program == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("the rule sets do not compile: ", first_error));
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (programs_.size() < kMaxPrograms) programs_.emplace(all, program);
  return program;
}

}  // namespace klausul::review
