#include "service/review/project_config.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/ruleset/fields.h"
#include "service/syntax/yaml.h"

namespace klausul::review {
namespace {

using ruleset::Fields;
using ruleset::NodeRef;
using v1::Rule;

// Ends the name of a group of rules.
constexpr absl::string_view kGroup = ".*";
// Findings that are about the check itself: judge.h.
constexpr absl::string_view kOwnRules = "klausul.";

constexpr absl::string_view kSeverityWords[] = {"off", "advice", "warning",
                                                "error"};
constexpr Rule::Severity kSeverities[] = {
    Rule::SEVERITY_UNSPECIFIED, Rule::ADVICE, Rule::WARNING, Rule::ERROR};

// A key whose entries are all comments says nothing.
NodeRef Stated(NodeRef node) {
  return node && node.IsNull() ? NodeRef() : node;
}

bool InGroup(absl::string_view rules, absl::string_view rule_id) {
  return rules == rule_id ||
         (absl::ConsumeSuffix(&rules, "*") && absl::StartsWith(rule_id, rules));
}

void ReadSeverities(const NodeRef& node, ProjectConfig& config,
                    DiagnosticSink& sink) {
  if (!node) return;
  if (!node.IsMapping()) {
    node.Error("wrong-type", "`severities` has to be a mapping of rules",
               "write each rule with its severity, as `no.practice.*: warning`",
               sink);
    return;
  }
  for (const auto& [name, value] : node.Entries()) {
    const auto word =
        ruleset::ReadWord(value, name.text(), kSeverityWords, sink);
    if (!word.has_value()) continue;
    config.severities.push_back(
        {std::string(name.text()), kSeverities[*word],
         absl::StrCat(name.file()->name(), ":",
                      name.file()->Locate(name.span().begin).line),
         name});
  }
}

void ReadPaths(const NodeRef& node, ProjectConfig& config,
               DiagnosticSink& sink) {
  if (!node) return;
  Fields fields(node, "`paths`", sink);
  config.include =
      ruleset::ReadStringList(Stated(fields.Find("include")), "include", sink);
  config.exclude =
      ruleset::ReadStringList(Stated(fields.Find("exclude")), "exclude", sink);
  fields.Finish();
}

void CheckRule(absl::string_view id, const NodeRef& place,
               const ruleset::RuleSetRepository& rules, DiagnosticSink& sink) {
  if (id.empty() || absl::StartsWith(id, kOwnRules) ||
      rules.FindRule(id) != nullptr) {
    return;
  }
  const std::string near = rules.NearestRule(id);
  place.Error("unknown-rule", absl::StrCat("there is no rule `", id, "`"),
              near.empty() ? "" : absl::StrCat("did you mean `", near, "`?"),
              sink);
}

}  // namespace

const SeverityChoice* ProjectConfig::ChoiceFor(
    absl::string_view rule_id) const {
  const SeverityChoice* best = nullptr;
  for (const SeverityChoice& choice : severities) {
    if (InGroup(choice.rules, rule_id) &&
        (best == nullptr || choice.rules.size() > best->rules.size())) {
      best = &choice;
    }
  }
  return best;
}

bool ProjectConfig::Wants(absl::string_view path) const {
  const auto fits = [&](const std::string& pattern) {
    return PathMatches(pattern, path);
  };
  return (include.empty() ||
          std::any_of(include.begin(), include.end(), fits)) &&
         std::none_of(exclude.begin(), exclude.end(), fits);
}

ProjectConfig ReadProjectConfig(std::shared_ptr<const SourceFile> file,
                                DiagnosticSink& sink) {
  ProjectConfig config;
  const auto tree = syntax::ReadYaml(std::move(file), {}, sink);
  // A file of comments only says nothing.
  if (tree == nullptr || tree->root().is_null()) return config;
  Fields fields(NodeRef(tree, &tree->root()), "`.klausul.yaml`", sink);
  config.rule_sets_place = Stated(fields.Find("rule_sets"));
  config.rule_sets =
      ruleset::ReadStringList(config.rule_sets_place, "rule_sets", sink);
  ReadSeverities(Stated(fields.Find("severities")), config, sink);
  ReadPaths(Stated(fields.Find("paths")), config, sink);
  config.waivers = ReadWaivers(Stated(fields.Find("waivers")), sink);
  fields.Finish();
  return config;
}

void CheckNames(const ProjectConfig& config,
                const ruleset::RuleSetRepository& rules, DiagnosticSink& sink) {
  const std::vector<NodeRef> items = config.rule_sets_place
                                         ? config.rule_sets_place.Items()
                                         : std::vector<NodeRef>();
  for (const NodeRef& set : items) {
    if (!set.IsScalar() || rules.Find(set.text()) != nullptr) continue;
    const std::string near = rules.NearestSet(set.text());
    set.Error("unknown-rule-set",
              absl::StrCat("there is no rule set `", set.text(), "`"),
              near.empty() ? "" : absl::StrCat("did you mean `", near, "`?"),
              sink);
  }
  for (const SeverityChoice& choice : config.severities) {
    if (!absl::EndsWith(choice.rules, kGroup)) {
      CheckRule(choice.rules, choice.rules_place, rules, sink);
    }
  }
  CheckNames(config.waivers, rules, sink);
}

void CheckNames(const std::vector<Waiver>& waivers,
                const ruleset::RuleSetRepository& rules, DiagnosticSink& sink) {
  for (const Waiver& waiver : waivers) {
    CheckRule(waiver.rule, waiver.rule_place, rules, sink);
  }
}

}  // namespace klausul::review
