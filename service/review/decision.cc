#include "service/review/decision.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"

#include "service/base/sha256.h"
#include "service/base/status_macros.h"

namespace klausul::review {
namespace {

using google::protobuf::util::TimeUtil;
using v1::DecisionRecord;
using v1::Finding;

std::string DigestOf(absl::string_view bytes) {
  Sha256 sha;
  sha.Update(bytes);
  return absl::StrCat("sha256:", sha.HexDigest());
}

// Over the findings without their fingerprints: those hang on the id of the
// plan, which may be masked.
std::string FindingsDigest(const DecisionRecord& record) {
  Sha256 sha;
  for (Finding finding : record.findings()) {
    finding.clear_fingerprint();
    sha.UpdateField(SerializeDeterministic(finding));
  }
  return absl::StrCat("sha256:", sha.HexDigest());
}

// What a report says, findings included, without places in the document.
void TakeReport(v1::DocumentReport report, DecisionRecord& record) {
  record.set_plan_id(report.plan_id());
  record.set_uri(report.uri());
  record.set_kind(report.kind());
  record.set_as_of(report.as_of());
  record.set_as_of_basis(report.as_of_basis());
  *record.mutable_rule_sets() = std::move(*report.mutable_rule_sets());
  *record.mutable_counts() = std::move(*report.mutable_counts());
  *record.mutable_findings() = std::move(*report.mutable_findings());
  for (Finding& finding : *record.mutable_findings())
    finding.clear_locations();
}

std::string LanguageOf(const v1::EvaluateOptions& options) {
  return options.language().empty() ? "nb" : options.language();
}

// By rule and subject, which a report has once each.
std::map<std::pair<std::string, std::string>, const Finding*> ByRule(
    const DecisionRecord& record) {
  std::map<std::pair<std::string, std::string>, const Finding*> out;
  for (const Finding& finding : record.findings()) {
    out.emplace(std::make_pair(finding.rule_id(), finding.subject()), &finding);
  }
  return out;
}

std::string NameOf(const Finding* finding) {
  return finding == nullptr ? "none"
                            : Finding::Outcome_Name(finding->outcome());
}

// The findings that differ.
std::string Compare(const DecisionRecord& then, const DecisionRecord& now) {
  std::string out;
  auto before = ByRule(then);
  auto after = ByRule(now);
  for (const auto& [key, finding] : after)
    before.emplace(key, nullptr);
  for (const auto& [key, finding] : before) {
    const auto it = after.find(key);
    const Finding* again = it == after.end() ? nullptr : it->second;
    std::string what;
    if (NameOf(finding) != NameOf(again)) {
      what = absl::StrCat(NameOf(finding), ", now ", NameOf(again));
    } else {
      Finding a = *finding;
      Finding b = *again;
      a.clear_fingerprint();
      b.clear_fingerprint();
      if (SerializeDeterministic(a) == SerializeDeterministic(b)) continue;
      what = "other texts or fields";
    }
    absl::StrAppend(&out, key.first, key.second.empty() ? "" : " ", key.second,
                    ": ", what, "\n");
  }
  return out;
}

void AppendDifference(absl::string_view what, absl::string_view then,
                      absl::string_view now, std::string& out) {
  if (then != now) {
    absl::StrAppend(&out, what, ": ", then, ", now ", now, "\n");
  }
}

std::string StampsOf(const DecisionRecord& record) {
  std::string out;
  for (const v1::RuleSetStamp& stamp : record.rule_sets()) {
    absl::StrAppend(&out, out.empty() ? "" : ", ", stamp.id(), " ",
                    stamp.digest());
  }
  return out;
}

}  // namespace

std::string SerializeDeterministic(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream out(&bytes);
  google::protobuf::io::CodedOutputStream coded(&out);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::StatusOr<DecisionRecord> MakeDecision(const Evaluated& evaluated,
                                            const DecisionContents& contents) {
  DecisionRecord record;
  v1::DocumentReport report;
  v1::ProcurementPlan plan;
  if (!record.mutable_options()->ParseFromString(evaluated.options) ||
      !report.ParseFromString(evaluated.report) ||
      !plan.ParseFromString(evaluated.plan)) {
    return absl::DataLossError("an evaluation that cannot be recorded");
  }
  *record.mutable_time() =
      TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(evaluated.time));
  record.set_client(evaluated.client);
  record.set_request_id(evaluated.request_id);
  record.set_trace_id(evaluated.trace_id);
  record.set_bundle_digest(evaluated.bundle_digest);
  record.set_plan_digest(DigestOf(evaluated.plan));
  record.set_language(LanguageOf(record.options()));
  record.set_binary_version(KLAUSUL_VERSION);
  TakeReport(std::move(report), record);
  if (contents.plan) *record.mutable_plan() = plan;
  contents.mask.Apply(plan, record);
  record.set_findings_digest(FindingsDigest(record));
  if (!contents.findings) record.clear_findings();
  return record;
}

std::string DecisionLine(const DecisionRecord& record) {
  std::string line;
  // A record of ours is well formed; strings of a request were checked to be
  // UTF-8 when it was read.
  if (!google::protobuf::util::MessageToJsonString(record, &line).ok()) {
    return "";
  }
  return absl::StrCat(line, "\n");
}

absl::StatusOr<DecisionRecord> ParseDecisionLine(absl::string_view line) {
  DecisionRecord record;
  google::protobuf::util::JsonParseOptions options;
  // A later version may log more.
  options.ignore_unknown_fields = true;
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(line.data(), line.size()), &record,
      options);
  if (!status.ok() || !record.has_time()) {
    return absl::InvalidArgumentError("no line of a decision log");
  }
  return record;
}

absl::StatusOr<std::string> Replay(const DecisionRecord& record,
                                   const Reviewer& reviewer) {
  if (!record.has_plan()) {
    return absl::InvalidArgumentError(
        "the log has no plan here; it is kept with --decision-log-plans");
  }
  for (const FieldError& error : reviewer.CheckOptions(record.options())) {
    return absl::StrCat(error.field, ": ", error.description, "\n");
  }
  v1::DocumentReport report;
  const absl::Time time =
      absl::FromUnixNanos(TimeUtil::TimestampToNanoseconds(record.time()));
  RETURN_IF_ERROR(reviewer.ReviewPlanInto(record.plan(), record.options(),
                                          {time, nullptr}, report));
  DecisionRecord now;
  TakeReport(std::move(report), now);
  now.set_findings_digest(FindingsDigest(now));

  std::string out;
  if (!record.masked()) {
    AppendDifference("plan", record.plan_digest(),
                     DigestOf(SerializeDeterministic(record.plan())), out);
  }
  AppendDifference("rule sets", StampsOf(record), StampsOf(now), out);
  AppendDifference("date of law", record.as_of(), now.as_of(), out);
  AppendDifference("its basis",
                   v1::DocumentReport::AsOfBasis_Name(record.as_of_basis()),
                   v1::DocumentReport::AsOfBasis_Name(now.as_of_basis()), out);
  AppendDifference("counts", record.counts().ShortDebugString(),
                   now.counts().ShortDebugString(), out);
  if (record.findings_digest() != now.findings_digest()) {
    absl::StrAppend(&out, record.findings().empty() ? "findings: others\n"
                                                    : Compare(record, now));
  }
  return out;
}

}  // namespace klausul::review
