#ifndef KLAUSUL_SERVICE_CLI_RULE_TEXT_H_
#define KLAUSUL_SERVICE_CLI_RULE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/engine/reason.h"

namespace klausul::cli {

// A rule for people: title, law, period, conditions, texts, sources.
std::string RuleText(const v1::Rule& rule, engine::Language language);

// One line of a list of rules: id, period, severity, provisions, title.
std::string RuleLine(const v1::Rule& rule, engine::Language language);

// `2024-01-01 to 2026-06-30`, `from 2026-07-01`.
std::string PeriodText(const v1::Period& period);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_RULE_TEXT_H_
