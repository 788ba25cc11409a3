#ifndef KLAUSUL_SERVICE_RULESET_DOCS_PAGE_PARTS_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_PAGE_PARTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/engine/reason.h"
#include "service/ruleset/docs/labels.h"
#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/sentences.h"
#include "service/ruleset/docs/site_index.h"

// What several kinds of page say in the same way.

namespace klausul::ruleset::docs {

// What pages of one language are made with.
struct PageContext {
  const SiteIndex& index;
  engine::Language language;
  const Labels& labels;

  PageContext(const SiteIndex& site_index, engine::Language of)
      : index(site_index), language(of), labels(LabelsOf(of)) {}
};

// A label with what it leaves open.
std::string Filled(absl::string_view label, absl::string_view a,
                   absl::string_view b = {});

std::string PeriodWords(const PageContext& context, const v1::Period& period);
std::string DateWords(const PageContext& context, const v1::Date& date);
absl::string_view SeverityWord(const Labels& labels,
                               v1::Rule::Severity severity);
Inline SeverityBadge(const PageContext& context, v1::Rule::Severity severity);
std::string ParameterValueWords(const PageContext& context,
                                const v1::Parameter& parameter,
                                const v1::Parameter::Value& value);

// A provision, leading to its text.
Inline ProvisionLink(const PageContext& context, const v1::RuleSet& set,
                     const v1::LegalBasis& basis, bool with_instrument);

// Rules as a list: severity, title, id, provisions, period.
Block RuleTable(const PageContext& context,
                const std::vector<RuleEntry>& rules);
Block FactList(const PageContext& context, const std::vector<FactEntry>& facts);

// All values of a parameter with their periods.
Block ParameterTable(const PageContext& context,
                     const v1::Parameter& parameter);

// A text of a rule, its `{names}` set off and leading to what they stand for.
Inlines TemplateWords(absl::string_view text, const Names& names);

// A pair of a description list; an empty meaning is left out.
void AddFact(absl::string_view term, Inlines meaning, Block& facts);

// Row ids, divided by commas.
template <typename Rows>
Inlines RowIds(const Rows& rows) {
  Inlines ids;
  for (const auto& row : rows) {
    if (!ids.empty()) ids.push_back(Text(", "));
    ids.push_back(Code(std::string(row)));
  }
  return ids;
}

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_PAGE_PARTS_H_
