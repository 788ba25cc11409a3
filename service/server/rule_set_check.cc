#include "service/server/rule_set_check.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/ruleset/set_check.h"
#include "service/server/request_reader.h"

namespace klausul::server {
namespace {

ServiceError ErrorOf(const absl::Status& status) {
  std::string message(status.message());
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return InvalidFields({{"files", std::move(message)}});
    case absl::StatusCode::kResourceExhausted:
      return LimitExceeded("files", std::move(message));
    default:
      break;
  }
  ServiceError error;
  error.code = status.code();
  error.reason = "CHECK_FAILED";
  error.message = std::move(message);
  return error;
}

}  // namespace

ruleset::RuleFileLimits UploadLimits() {
  ruleset::RuleFileLimits limits;
  limits.max_files = kMaxRuleFiles;
  limits.max_file_bytes = std::size_t{2} << 20;
  limits.max_total_bytes = std::size_t{8} << 20;
  return limits;
}

absl::optional<ServiceError> CheckRuleSet(
    const v1::CheckRuleSetRequest& request,
    const ruleset::RuleSetRepository& in_service,
    const ruleset::PlanReader& plan_reader, absl::Time now,
    const std::function<bool()>& is_cancelled,
    v1::CheckRuleSetResponse& response) {
  std::vector<ruleset::RuleFile> files;
  for (const v1::RuleFile& file : request.files()) {
    files.push_back({file.path(), file.content()});
  }
  auto check = ruleset::CheckRuleSet(std::move(files), in_service, plan_reader,
                                     now, UploadLimits(), is_cancelled);
  if (!check.ok()) return ErrorOf(check.status());
  response.set_ok(check->ok);
  response.set_digest(check->digest);
  response.set_example_count(check->examples.example_count);
  for (const Diagnostic& diagnostic : check->diagnostics) {
    *response.add_diagnostics() = ToProto(diagnostic);
  }
  for (ruleset::FailedExample& failed : check->examples.failed) {
    v1::ExampleResult& result = *response.add_failed_examples();
    result.set_rule_id(std::move(failed.rule_id));
    result.set_name(std::move(failed.name));
    result.set_passed(false);
    result.set_difference(absl::StrCat(failed.difference, failed.trace));
  }
  return absl::nullopt;
}

v1::RuleDiagnostic ToProto(const Diagnostic& diagnostic) {
  v1::RuleDiagnostic out;
  out.set_level(diagnostic.level == Diagnostic::Level::kError
                    ? v1::RuleDiagnostic::ERROR
                    : v1::RuleDiagnostic::LINT);
  out.set_code(diagnostic.code);
  out.set_message(diagnostic.message);
  out.set_help(diagnostic.help);
  out.set_rendered(Render(diagnostic));
  if (diagnostic.file != nullptr) {
    const LineColumn place = diagnostic.file->Locate(diagnostic.span.begin);
    out.set_file(std::string(diagnostic.file->name()));
    out.set_line(place.line);
    out.set_column(place.column);
  }
  return out;
}

}  // namespace klausul::server
