#ifndef KLAUSUL_SERVICE_RULESET_DOCS_RULE_PAGE_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_RULE_PAGE_H_

#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/page_parts.h"

namespace klausul::ruleset::docs {

// All there is to know about one rule: law, periods, conditions in words and as
// written, texts, figures, sources and examples. Examples need the set's files
// and are left out where there are none.
Page RulePage(const PageContext& context, const RuleEntry& entry);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_RULE_PAGE_H_
