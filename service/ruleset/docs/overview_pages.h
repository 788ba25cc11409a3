#ifndef KLAUSUL_SERVICE_RULESET_DOCS_OVERVIEW_PAGES_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_OVERVIEW_PAGES_H_

#include <string>
#include <utility>
#include <vector>

#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/page_parts.h"

// The pages that lead to the others.

namespace klausul::ruleset::docs {

// Title and path of the entries above every page.
std::vector<std::pair<std::string, std::string>> Navigation(
    const Labels& labels);

// The first page: counts by rule set, instrument, subject and severity, each
// leading to its list, and the search.
Page OverviewPage(const PageContext& context);

// All rules by instrument and provision, by rule file, by severity.
Page LawPage(const PageContext& context);
Page SubjectsPage(const PageContext& context);
Page SeverityPage(const PageContext& context);

// The sets: versions, what they build on, their instruments.
Page SetsPage(const PageContext& context);

// All facts and all parameters.
Page FactsPage(const PageContext& context);
Page ParametersPage(const PageContext& context);

Page SearchPage(const PageContext& context);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_OVERVIEW_PAGES_H_
