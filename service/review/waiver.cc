#include "service/review/waiver.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

#include "service/base/glob.h"
#include "service/ruleset/fields.h"
#include "service/syntax/yaml.h"

namespace klausul::review {
namespace {

using ruleset::Fields;
using ruleset::NodeRef;
using ruleset::ReadString;

constexpr absl::string_view kUntilHelp =
    "a waiver ends: give its last day, as `until: 2026-12-31`";

absl::optional<Waiver> ReadWaiver(const NodeRef& node, DiagnosticSink& sink) {
  Fields fields(node, "a waiver", sink);
  if (!fields.is_mapping()) return absl::nullopt;
  Waiver waiver;
  const auto text = [&](absl::string_view key, const NodeRef& value) {
    return ReadString(value, key, sink).value_or("");
  };
  waiver.rule_place = fields.Find("rule");
  waiver.rule = text("rule", waiver.rule_place);
  waiver.fingerprint = text("fingerprint", fields.Find("fingerprint"));
  waiver.path = text("path", fields.Find("path"));
  waiver.plan = text("plan", fields.Find("plan"));
  waiver.subject = text("subject", fields.Find("subject"));
  waiver.reason = text("reason", fields.Require("reason"));
  waiver.owner = text("owner", fields.Require("owner"));
  const auto until =
      ruleset::ReadDate(fields.Require("until", kUntilHelp), "until", sink);
  fields.Finish();
  if (!fields.Find("rule") && !fields.Find("fingerprint")) {
    fields.place().Error("missing-key",
                         "a waiver has neither `rule` nor `fingerprint`",
                         "name the rule that it is about", sink);
  }
  if (!until.has_value()) return absl::nullopt;
  waiver.until = *until;
  waiver.place = absl::StrCat(node.file()->name(), ":",
                              node.file()->Locate(node.span().begin).line);
  return waiver;
}

}  // namespace

bool Waiver::Covers(const v1::Finding& finding, absl::string_view plan_id,
                    absl::string_view document) const {
  return (rule.empty() || rule == finding.rule_id()) &&
         (fingerprint.empty() || fingerprint == finding.fingerprint()) &&
         (plan.empty() || plan == plan_id) &&
         (subject.empty() || subject == finding.subject()) &&
         (path.empty() || PathMatches(path, document));
}

bool PathMatches(absl::string_view pattern, absl::string_view path) {
  const bool anchored = absl::StrContains(absl::StripSuffix(pattern, "/"), "/");
  if (!absl::ConsumePrefix(&pattern, "./")) {
    absl::ConsumePrefix(&pattern, "/");
  }
  absl::ConsumeSuffix(&pattern, "/");
  const std::string whole = absl::StrCat(anchored ? "" : "**/", pattern);
  return GlobMatches(whole, path) ||
         GlobMatches(absl::StrCat(whole, "/**"), path);
}

std::vector<Waiver> ReadWaivers(const NodeRef& list, DiagnosticSink& sink) {
  std::vector<Waiver> waivers;
  for (const NodeRef& item : ruleset::ReadList(list, "waivers", sink)) {
    if (absl::optional<Waiver> waiver = ReadWaiver(item, sink)) {
      waivers.push_back(*std::move(waiver));
    }
  }
  return waivers;
}

std::vector<Waiver> ReadWaiverFile(std::shared_ptr<const SourceFile> file,
                                   DiagnosticSink& sink) {
  const auto tree = syntax::ReadYaml(std::move(file), {}, sink);
  if (tree == nullptr) return {};
  Fields fields(NodeRef(tree, &tree->root()), "a file of waivers", sink);
  std::vector<Waiver> waivers = ReadWaivers(fields.Require("waivers"), sink);
  fields.Finish();
  return waivers;
}

}  // namespace klausul::review
