#ifndef KLAUSUL_SERVICE_CLI_CONFIG_TEMPLATE_H_
#define KLAUSUL_SERVICE_CLI_CONFIG_TEMPLATE_H_

#include <string>

#include "absl/strings/string_view.h"

#include "service/engine/reason.h"
#include "service/ruleset/repository.h"

namespace klausul::cli {

// Name of the JSON Schema beside `.klausul.yaml`.
inline constexpr absl::string_view kConfigSchemaName = ".klausul.schema.json";

// What `klausul init` writes: every key explained, nothing decided. `rule` is
// one that exists, for the examples in its comments.
std::string ConfigTemplate(absl::string_view rule);

// The JSON Schema (draft 2020-12) of `.klausul.yaml`, so that editors complete
// and check it: keys, severities, and the ids of all rules with their titles.
std::string ConfigSchema(const ruleset::RuleSetRepository& rules,
                         engine::Language language);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_CONFIG_TEMPLATE_H_
