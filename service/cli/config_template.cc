#include "service/cli/config_template.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/json_writer.h"
#include "service/engine/text_value.h"

namespace klausul::cli {

std::string ConfigTemplate(absl::string_view rule) {
  return absl::StrCat("# yaml-language-server: $schema=", kConfigSchemaName, R"(
#
# How `klausul check` looks at the documents in this folder and below. The
# nearest .klausul.yaml above a document holds for it. Remove the # of what you
# want to state; nothing is stated yet.

# Rule sets in place of those of the buyer's country. A set of a municipality
# brings the national one along.
# rule_sets: ["no"]

# How grave a rule is here: error, warning or advice; for advice also off. A
# rule that is taken more lightly than the law has it is noted in the report.
severities:
  # )",
                      rule, R"(: error
  # no.practice.*: warning

# Which files a walk through a folder reads, as in .gitignore; files that are
# named are always read.
paths:
  # include: [tenders/, "plans/**/*.yaml"]
  # exclude: [tenders/archive/]

# Breaches that are lived with until a day: each with a reason, an owner and a
# last day. After it the breach counts again, and the waiver is a finding of its
# own. path, plan (the plan's id) and subject (the lot) make one narrower.
waivers:
  # - rule: )",
                      rule, R"(
  #   path: tenders/2026/notice.xml
  #   reason: Why this may wait.
  #   owner: somebody@example.com
  #   until: 2027-06-30
)");
}

std::string ConfigSchema(const ruleset::RuleSetRepository& rules,
                         engine::Language language) {
  std::map<std::string, std::string> titles;
  std::vector<std::string> sets;
  for (const ruleset::RuleSetRepository::Entry* entry : rules.entries()) {
    sets.push_back(JsonQuoted(entry->rule_set->id()));
    for (const v1::Rule& rule : entry->rule_set->rules()) {
      titles.emplace(rule.id(), engine::PickText(rule.title(), language));
    }
  }
  const std::string severities = absl::StrJoin(
      titles, ",\n      ", [](std::string* out, const auto& rule) {
        absl::StrAppend(out, JsonQuoted(rule.first),
                        ": {\"$ref\": \"#/$defs/severity\", \"description\": ",
                        JsonQuoted(rule.second), "}");
      });
  const std::string ids = absl::StrJoin(
      titles, ",\n      ", [](std::string* out, const auto& rule) {
        absl::StrAppend(out, JsonQuoted(rule.first));
      });
  return absl::StrCat(R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": ".klausul.yaml",
  "description": "How klausul check looks at the documents in a folder.",
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "rule_sets": {
      "description": "Rule sets in place of those of the buyer's country.",
      "type": ["array", "null"],
      "items": {"enum": [)",
                      absl::StrJoin(sets, ", "), R"(]}
    },
    "severities": {
      "description": "How grave a rule, or a group such as no.practice.*, is.",
      "type": ["object", "null"],
      "patternProperties": {"\\*$": {"$ref": "#/$defs/severity"}},
      "additionalProperties": false,
      "properties": {
      )",
                      severities, R"(
      }
    },
    "paths": {
      "description": "Which files a walk through a folder reads.",
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "include": {"$ref": "#/$defs/patterns",
          "description": "Only files that fit one of these."},
        "exclude": {"$ref": "#/$defs/patterns",
          "description": "No files that fit one of these."}
      }
    },
    "waivers": {
      "description": "Breaches that are lived with until a day.",
      "type": ["array", "null"],
      "items": {"$ref": "#/$defs/waiver"}
    }
  },
  "$defs": {
    "severity": {"enum": ["error", "warning", "advice", "off"]},
    "patterns": {"type": ["array", "null"], "items": {"type": "string", "minLength": 1}},
    "waiver": {
      "type": "object",
      "additionalProperties": false,
      "required": ["reason", "owner", "until"],
      "anyOf": [{"required": ["rule"]}, {"required": ["fingerprint"]}],
      "properties": {
        "rule": {"description": "Id of the rule.", "enum": [
      "klausul.waiver.expired",
      )",
                      ids, R"(
        ]},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$",
          "description": "Of one finding, as json and csv reports show it."},
        "path": {"type": "string", "minLength": 1,
          "description": "Pattern for the document, as in .gitignore."},
        "plan": {"type": "string", "minLength": 1,
          "description": "The plan's own id."},
        "subject": {"type": "string", "minLength": 1,
          "description": "Id of the lot."},
        "reason": {"type": "string", "minLength": 1, "description": "Why."},
        "owner": {"type": "string", "minLength": 1,
          "description": "Who answers for it."},
        "until": {"type": "string", "format": "date",
          "description": "The last day on which it holds, as 2027-06-30."}
      }
    }
  }
}
)");
}

}  // namespace klausul::cli
