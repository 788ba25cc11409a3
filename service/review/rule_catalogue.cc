#include "service/review/rule_catalogue.h"

#include <algorithm>
#include <utility>

#include "service/base/status_macros.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/builtin.h"

namespace klausul::review {

RuleCatalogue::RuleCatalogue(
    std::shared_ptr<const ruleset::RuleSetRepository> repository)
    : repository_(std::move(repository)) {}

absl::StatusOr<std::shared_ptr<const RuleCatalogue>> RuleCatalogue::Builtin() {
  ASSIGN_OR_RETURN(auto sets, ruleset::BuiltinRuleSets());
  return std::make_shared<const RuleCatalogue>(
      ruleset::RuleSetRepository::FromRuleSets(std::move(sets)));
}

absl::StatusOr<std::shared_ptr<const RuleCatalogue>> RuleCatalogue::FromFolder(
    absl::string_view folder, DiagnosticSink& sink, ExamplePlans examples) {
  const PlanReaderAdapter plan_reader;
  ruleset::LoadOptions options;
  if (examples == ExamplePlans::kFill) options.plan_reader = &plan_reader;
  ASSIGN_OR_RETURN(auto repository,
                   ruleset::RuleSetRepository::LoadRoot(folder, options, sink));
  return std::make_shared<const RuleCatalogue>(std::move(repository));
}

std::vector<std::string> RuleCatalogue::Ids() const {
  std::vector<std::string> ids;
  for (const auto* entry : repository_->entries()) {
    ids.push_back(entry->rule_set->id());
  }
  return ids;
}

absl::StatusOr<std::shared_ptr<const engine::Program>>
RuleCatalogue::ProgramFor(const std::vector<std::string>& ids) const {
  std::vector<std::string> key = ids;
  std::sort(key.begin(), key.end());
  key.erase(std::unique(key.begin(), key.end()), key.end());
  if (key.size() == 1) {
    const auto* entry = repository_->Find(key.front());
    if (entry != nullptr && entry->program != nullptr) return entry->program;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto it = programs_.find(key);
    if (it != programs_.end()) return it->second;
  }
  ASSIGN_OR_RETURN(auto program, repository_->Compile(key));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (programs_.size() < kMaxPrograms) programs_.emplace(key, program);
  return program;
}

}  // namespace klausul::review
