#include "service/ruleset/docs/search_data.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/json_writer.h"
#include "service/engine/text_value.h"
#include "service/ruleset/docs/plan_words.h"

namespace klausul::ruleset::docs {
namespace {

void AddEntry(absl::string_view kind, absl::string_view title,
              absl::string_view address, absl::string_view name,
              absl::string_view words, std::string& out) {
  absl::StrAppend(&out, "[", JsonQuoted(kind), ",", JsonQuoted(title), ",",
                  JsonQuoted(address), ",", JsonQuoted(name), ",",
                  JsonQuoted(words), "],\n");
}

}  // namespace

std::string SearchData(const PageContext& context) {
  const Labels& labels = context.labels;
  const engine::Language language = context.language;
  std::string out = "var klausulSearch = [\n";
  for (const RuleEntry& entry : context.index.rules()) {
    const v1::Rule& rule = *entry.rule;
    std::vector<std::string> law;
    std::vector<std::string> words;
    for (const v1::LegalBasis& basis : rule.legal_basis())
      law.push_back(absl::StrCat(basis.instrument(), " ", basis.provision()));
    words.push_back(absl::StrJoin(law, ", "));
    words.push_back(engine::PickText(rule.message(), language));
    words.push_back(engine::PickText(rule.remedy(), language));
    words.push_back(engine::PickText(rule.consequence(), language));
    words.push_back(absl::StrJoin(rule.register_(), " "));
    words.push_back(absl::StrJoin(rule.tags(), " "));
    words.push_back(SubjectOf(rule));
    AddEntry(SeverityWord(labels, rule.severity()),
             engine::PickText(rule.title(), language),
             absl::StrCat(RulePath(rule), ".html"),
             absl::StrCat(rule.id(), " · ", law.empty() ? "" : words[0]),
             absl::StrJoin(words, " "), out);
  }
  for (const FactEntry& entry : context.index.facts()) {
    AddEntry(labels.facts, engine::PickText(entry.fact->title(), language),
             absl::StrCat(FactPath(*entry.set->rule_set, *entry.fact), ".html"),
             entry.fact->name(), absl::StrJoin(entry.fact->register_(), " "),
             out);
  }
  for (const ParameterEntry& entry : context.index.parameters()) {
    std::vector<std::string> values;
    for (const v1::Parameter::Value& value : entry.parameter->values()) {
      values.push_back(ParameterValueWords(context, *entry.parameter, value));
      values.push_back(absl::StrJoin(value.register_(), " "));
    }
    AddEntry(labels.parameters,
             engine::PickText(entry.parameter->title(), language),
             absl::StrCat(ParameterPath(*entry.parameter), ".html"),
             entry.parameter->id(), absl::StrJoin(values, " "), out);
  }
  for (const auto& [path, use] : context.index.fields()) {
    AddEntry(labels.fields, PathWords(path, language),
             absl::StrCat("fields.html#", path), path, "", out);
  }
  out += "];\n";
  return out;
}

}  // namespace klausul::ruleset::docs
