#ifndef KLAUSUL_SERVICE_RULESET_DOCS_FIGURE_PAGES_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_FIGURE_PAGES_H_

#include <string>

#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/page_parts.h"

// Pages of what rules are made with.

namespace klausul::ruleset::docs {

// A fact: type, how it is derived in each period, who uses it.
Page FactPage(const PageContext& context, const FactEntry& entry);

// A parameter: its values with their periods, who uses it.
Page ParameterPage(const PageContext& context, const ParameterEntry& entry);

// A base plan of examples: its file, and the rules with examples on it.
Page PlanPage(const PageContext& context, const RuleSetRepository::Entry& set,
              const std::string& stem);

// Every plan field that rules and facts read: its words, path, type and eForms
// field, and who reads it.
Page FieldsPage(const PageContext& context);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_FIGURE_PAGES_H_
