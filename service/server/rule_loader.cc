#include "service/server/rule_loader.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"

#include "service/base/diagnostic.h"
#include "service/base/status_macros.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/example_runner.h"
#include "service/ruleset/repository.h"

namespace klausul::server {
namespace {

void AddDiagnostic(std::string text, v1::RefusedUpdate& refused) {
  if (refused.diagnostics_size() < kMaxRefusalDiagnostics) {
    refused.add_diagnostics(std::move(text));
  }
}

void AddErrors(const DiagnosticSink& sink, v1::RefusedUpdate& refused) {
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    if (diagnostic.level == Diagnostic::Level::kError) {
      AddDiagnostic(Render(diagnostic), refused);
    }
  }
}

// Not OK where an example comes out otherwise than its author says.
absl::Status RunExamples(const ruleset::RuleSetRepository& repository,
                         const ruleset::PlanReader& reader, absl::Time now,
                         v1::RefusedUpdate& refused) {
  DiagnosticSink sink;
  ruleset::ExampleRunOptions options;
  options.now = now;
  const auto report = ruleset::RunExamples(repository, reader, options, sink);
  if (!report.ok()) return report.status();
  AddErrors(sink, refused);
  for (const ruleset::FailedExample& failed : report->failed) {
    AddDiagnostic(
        absl::StrCat(failed.place, ": ", failed.rule_id, ": example `",
                     failed.name, "`\n", failed.difference),
        refused);
  }
  if (report->ok() && !sink.has_errors()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(report->failed.size(), " of ", report->example_count,
                   " examples do not come out as their author says"));
}

absl::Status Load(absl::string_view name, absl::Time now, LoadedRules& loaded) {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  ruleset::LoadOptions options;
  options.display_root = std::string(name);
  options.plan_reader = &plan_reader;
  auto repository =
      ruleset::RuleSetRepository::Load(loaded.files, options, sink);
  if (!repository.ok()) {
    AddErrors(sink, loaded.refused);
    return repository.status();
  }
  RETURN_IF_ERROR(RunExamples(**repository, plan_reader, now, loaded.refused));
  loaded.catalogue =
      std::make_shared<const review::RuleCatalogue>(*std::move(repository));
  return absl::OkStatus();
}

}  // namespace

LoadedRules LoadRules(std::vector<ruleset::RuleFile> files,
                      absl::string_view name, absl::Time now) {
  LoadedRules loaded;
  loaded.files = std::move(files);
  const absl::Status status = Load(name, now, loaded);
  if (!status.ok()) loaded.refused.MergeFrom(Refuse(status.message(), now));
  return loaded;
}

v1::RefusedUpdate Refuse(absl::string_view why, absl::Time now) {
  v1::RefusedUpdate refused;
  *refused.mutable_refuse_time() =
      google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
          absl::ToUnixNanos(now));
  refused.set_message(std::string(why));
  return refused;
}

}  // namespace klausul::server
