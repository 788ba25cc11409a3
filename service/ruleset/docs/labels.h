#ifndef KLAUSUL_SERVICE_RULESET_DOCS_LABELS_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_LABELS_H_

#include "absl/strings/string_view.h"

#include "service/engine/reason.h"

namespace klausul::ruleset::docs {

// The page of the search, by path.
inline constexpr absl::string_view kSearchPath = "search";

// The words of the pages themselves, named after what they stand on. `{a}`,
// `{b}` and `{n}` are filled in.
struct Labels {
  absl::string_view language_name;
  absl::string_view language;
  absl::string_view pages;
  absl::string_view skip;
  absl::string_view search;
  absl::string_view search_go;
  absl::string_view search_help;
  absl::string_view search_none;
  absl::string_view search_one;
  absl::string_view search_many;
  absl::string_view search_more;
  absl::string_view search_needs_script;
  absl::string_view disclaimer;
  absl::string_view colophon;
  absl::string_view overview;
  absl::string_view by_law;
  absl::string_view by_subject;
  absl::string_view by_severity;
  absl::string_view facts;
  absl::string_view parameters;
  absl::string_view fields;
  absl::string_view lead;
  absl::string_view rule_sets;
  absl::string_view rule_set;
  absl::string_view rules;
  absl::string_view rule;
  absl::string_view examples;
  absl::string_view total;
  absl::string_view instrument;
  absl::string_view instruments;
  absl::string_view provision;
  absl::string_view subject;
  absl::string_view version;
  absl::string_view builds_on;
  absl::string_view builds_on_none;
  absl::string_view in_short;
  absl::string_view law;
  absl::string_view in_force;
  absl::string_view severity;
  absl::string_view confidence;
  absl::string_view register_rows;
  absl::string_view evaluated;
  absl::string_view per_lot;
  absl::string_view per_plan;
  absl::string_view silence;
  absl::string_view silence_breaks;
  absl::string_view refines;
  absl::string_view file;
  absl::string_view tags;
  absl::string_view applies_when;
  absl::string_view applies_always;
  absl::string_view asks_that;
  absl::string_view as_written;
  absl::string_view applies_cel;
  absl::string_view requires_cel;
  absl::string_view texts;
  absl::string_view message;
  absl::string_view remedy;
  absl::string_view consequence;
  absl::string_view text_values;
  absl::string_view name;
  absl::string_view value;
  absl::string_view period;
  absl::string_view source;
  absl::string_view sources;
  absl::string_view read_on;
  absl::string_view notes;
  absl::string_view facts_used;
  absl::string_view related;
  absl::string_view example;
  absl::string_view base_plan;
  absl::string_view base_plans;
  absl::string_view as_of;
  absl::string_view change;
  absl::string_view no_change;
  absl::string_view left_out;
  absl::string_view outcome;
  absl::string_view missing;
  absl::string_view for_subject;
  absl::string_view type;
  absl::string_view definition;
  absl::string_view used_by_rules;
  absl::string_view used_by_facts;
  absl::string_view used_by_none;
  absl::string_view values_of_enum;
  absl::string_view values_by_period;
  absl::string_view no_values;
  absl::string_view vat;
  absl::string_view vat_excluded;
  absl::string_view vat_included;
  absl::string_view facts_lead;
  absl::string_view parameters_lead;
  absl::string_view fields_lead;
  absl::string_view field;
  absl::string_view path;
  absl::string_view bt;
  absl::string_view current_value;
  absl::string_view plan_lead;
  absl::string_view plan_used_by;
  absl::string_view from;
  absl::string_view from_to;
  absl::string_view until;
  absl::string_view always;
  absl::string_view error;
  absl::string_view warning;
  absl::string_view advice;
  absl::string_view error_means;
  absl::string_view warning_means;
  absl::string_view advice_means;
  absl::string_view recalled_unverified;
  absl::string_view own_reading;
  absl::string_view several_sources;
  absl::string_view seen_in_source;
  absl::string_view satisfied;
  absl::string_view violated;
  absl::string_view not_applicable;
  absl::string_view undetermined;
  absl::string_view failed;
  absl::string_view through_facts;
};

const Labels& LabelsOf(engine::Language language);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_LABELS_H_
