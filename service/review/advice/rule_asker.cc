#include "service/review/advice/rule_asker.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/intake/plan_file/plan_path.h"
#include "service/syntax/yaml.h"

namespace klausul::review {
namespace {

using v1::Finding;

absl::Status Misfit(absl::string_view path, const DiagnosticSink& sink) {
  return absl::InternalError(
      absl::StrCat("the rule set's advice on `", path,
                   "` does not fit a plan: ", sink.RenderAll()));
}

}  // namespace

absl::StatusOr<std::vector<engine::RuleResult>> RuleAsker::Ask(
    const v1::ProcurementPlan& plan, std::vector<std::string> rule_ids) const {
  // To the engine no ids are all rules; here they are none.
  if (rule_ids.empty()) return std::vector<engine::RuleResult>();
  engine::EvaluationOptions options;
  options.as_of = as_of;
  options.rule_ids = std::move(rule_ids);
  options.is_cancelled = is_cancelled;
  ASSIGN_OR_RETURN(engine::EvaluationResult result,
                   program.Evaluate(plan, options));
  return std::move(result.rules);
}

v1::Finding RuleAsker::ToFinding(const engine::RuleResult& result) const {
  Finding finding = program.MakeFinding(result, {language, false});
  if (finding.remedy().empty()) {
    std::string remedy = Pick(result.rule->remedy());
    std::size_t bad_offset = 0;
    if (engine::Placeholders(remedy, &bad_offset).empty()) {
      finding.set_remedy(std::move(remedy));
    }
  }
  return finding;
}

std::string RuleAsker::Pick(const v1::Text& text) const {
  return engine::PickText(text, language);
}

bool IsBroken(const engine::RuleResult& result) {
  return result.outcome == Finding::VIOLATED && result.missing.empty();
}

bool IsOpen(const engine::RuleResult& result) {
  return result.outcome == Finding::UNDETERMINED ||
         result.outcome == Finding::FAILED ||
         (result.outcome == Finding::VIOLATED && !result.missing.empty());
}

absl::Status SetField(absl::string_view path, absl::string_view value,
                      v1::ProcurementPlan& plan) {
  DiagnosticSink sink;
  const auto tree = syntax::ReadYaml(
      std::make_shared<SourceFile>("advice", std::string(value)), {}, sink);
  if (tree == nullptr ||
      !intake::SetByPath(plan, path, *tree, {}, tree->root(), {}, sink)) {
    return Misfit(path, sink);
  }
  return absl::OkStatus();
}

absl::Status Vary(
    const google::protobuf::RepeatedPtrField<std::string>& unset,
    const google::protobuf::RepeatedPtrField<v1::AdviceCatalogue::Setting>&
        settings,
    v1::ProcurementPlan& plan) {
  for (const std::string& path : unset) {
    DiagnosticSink sink;
    if (!intake::UnsetByPath(
            plan, path, std::make_shared<SourceFile>("advice", ""), {}, sink)) {
      return Misfit(path, sink);
    }
  }
  for (const v1::AdviceCatalogue::Setting& setting : settings) {
    RETURN_IF_ERROR(SetField(setting.path(), setting.value(), plan));
  }
  return absl::OkStatus();
}

}  // namespace klausul::review
