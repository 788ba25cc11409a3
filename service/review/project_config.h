#ifndef KLAUSUL_SERVICE_REVIEW_PROJECT_CONFIG_H_
#define KLAUSUL_SERVICE_REVIEW_PROJECT_CONFIG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/review/waiver.h"
#include "service/ruleset/node_ref.h"
#include "service/ruleset/repository.h"

namespace klausul::review {

// Name of the file.
inline constexpr absl::string_view kProjectConfigName = ".klausul.yaml";

// How grave a project takes a rule.
struct SeverityChoice {
  // A rule id, or a group of them: `no.practice.*`.
  std::string rules;
  // SEVERITY_UNSPECIFIED: the rule is off.
  v1::Rule::Severity severity = v1::Rule::SEVERITY_UNSPECIFIED;
  // Where it stands, `.klausul.yaml:12`.
  std::string place;
  ruleset::NodeRef rules_place;
};

// What a folder of documents says of how it is checked: `.klausul.yaml`.
//
//   rule_sets: [no, no.oslo]
//   severities:
//     no.practice.*: warning
//   paths:
//     include: [tenders/, "plans/**/*.yaml"]
//     exclude: [tenders/archive/]
//   waivers: [...]            # waiver.h
//
// It may take a rule more gravely, or less so; a lighter one is noted in the
// report. Only advice can be switched off: for the rest there are waivers,
// which have a reason and an end.
struct ProjectConfig {
  // Ids; empty: by the buyer's country.
  std::vector<std::string> rule_sets;
  ruleset::NodeRef rule_sets_place;
  std::vector<SeverityChoice> severities;
  // Patterns, see PathMatches(). Both are about files that were found rather
  // than named. Empty `include`: all.
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::vector<Waiver> waivers;

  // The choice for a rule, the one with the longest `rules` of those that fit;
  // null where there is none.
  const SeverityChoice* ChoiceFor(absl::string_view rule_id) const;

  // Whether a file that a walk found is to be read. `path` is from the folder
  // of the configuration.
  bool Wants(absl::string_view path) const;
};

// Reads the file. Every mistake goes to `sink`; what could be read is given
// all the same.
ProjectConfig ReadProjectConfig(std::shared_ptr<const SourceFile> file,
                                DiagnosticSink& sink);

// Reports rules and rule sets that nobody has, with suggestions.
void CheckNames(const ProjectConfig& config,
                const ruleset::RuleSetRepository& rules, DiagnosticSink& sink);

// The same for a file of waivers.
void CheckNames(const std::vector<Waiver>& waivers,
                const ruleset::RuleSetRepository& rules, DiagnosticSink& sink);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_PROJECT_CONFIG_H_
