#include "service/ruleset/set_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/ruleset/lint.h"
#include "service/ruleset/set_reader.h"

namespace klausul::ruleset {
namespace {

absl::Status CheckIsOneSet(const std::vector<RuleFile>& files) {
  if (files.empty()) {
    return absl::InvalidArgumentError("there are no files: send all of a set");
  }
  const auto headers =
      std::count_if(files.begin(), files.end(), [](const RuleFile& file) {
        return file.path == kHeaderFile ||
               absl::EndsWith(file.path, absl::StrCat("/", kHeaderFile));
      });
  if (headers > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the files hold ", headers, " rule sets: send one at a time"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SetCheck> CheckRuleSet(std::vector<RuleFile> files,
                                      const RuleSetRepository& in_service,
                                      const PlanReader& reader, absl::Time now,
                                      const RuleFileLimits& limits,
                                      std::function<bool()> is_cancelled) {
  RETURN_IF_ERROR(CheckRuleFiles(files, limits));
  RETURN_IF_ERROR(CheckIsOneSet(files));
  LoadOptions options;
  options.limits = limits;
  for (const RuleSetRepository::Entry* entry : in_service.entries()) {
    options.known.push_back(entry->rule_set);
  }

  SetCheck check;
  DiagnosticSink sink;
  const auto repository =
      RuleSetRepository::Load(std::move(files), options, sink);
  if (repository.ok()) {
    check.digest = (*repository)->entries().front()->rule_set->digest();
    Lint(**repository, sink);
    ExampleRunOptions run;
    run.now = now;
    run.is_cancelled = std::move(is_cancelled);
    ASSIGN_OR_RETURN(check.examples,
                     RunExamples(**repository, reader, run, sink));
  }
  check.ok = repository.ok() && !sink.has_errors() && check.examples.ok();
  check.diagnostics = sink.Sorted();
  return check;
}

}  // namespace klausul::ruleset
