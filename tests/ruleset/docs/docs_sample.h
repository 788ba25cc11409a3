#ifndef KLAUSUL_TESTS_RULESET_DOCS_DOCS_SAMPLE_H_
#define KLAUSUL_TESTS_RULESET_DOCS_DOCS_SAMPLE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/site_index.h"
#include "service/ruleset/repository.h"
#include "tests/ruleset/sample_set.h"

// A small set to document, and pages as plain lines.

namespace klausul::ruleset::docs {

// `no` of sample_set.h with a fact, an address for provisions, and words that
// HTML and Markdown have a meaning for; `no.town` makes its rule stricter.
inline std::vector<RuleFile> DocumentedSet() {
  return {
      {"no/facts.yaml", R"yaml(facts:
  - name: is_large
    type: bool
    title: {nb: Stor <kontrakt>, nn: Stor <kontrakt>, en: Large <contract>}
    register: [NO-3]
    expr: |
      contract.estimated_value >= threshold("no.entry")
  - name: size_step
    type: enum
    enum: size_step
    values: [SMALL_STEP, LARGE_STEP]
    title: {nb: Trinn, nn: Steg, en: Step}
    register: [NO-3]
    expr: |
      is_large ? LARGE_STEP : SMALL_STEP
)yaml"},
      {"no/parameters.yaml", absl::StrCat(Entry(), R"yaml(  - id: no.unknown
    type: int
    title: {nb: Ukjent, nn: Ukjend, en: Unknown}
    values: []
    notes: {nb: Ingen kilde., nn: Inga kjelde., en: No source.}
)yaml")},
      {"no/plans/cleaning.yaml", CleaningPlan()},
      {"no/rule_set.yaml", R"yaml(id: "no"
version: "1.0"
jurisdiction: "NO"
title: {nb: Prøve & rett, nn: Prøve & rett, en: Sample & law}
instruments:
  - {short: FOA, name: {nb: Forskrift, nn: Forskrift, en: Regulation},
     url: "https://law.example/foa",
     provision_url: "https://law.example/foa/%C2%A7{number}"}
)yaml"},
      {"no/rules.yaml",
       Rule({{"title: {nb: Verdi,", "title: {nb: \"Verdi <b>1</b> & mer\","},
             {"estimated_value >= threshold(\"no.entry\")",
              "estimated_value >= threshold(\"no.entry\") || is_large"},
             {"remedy: {nb: r,", "remedy: {nb: \"Øk *verdien* | nå\","}})},
      {"no/town/rule_set.yaml", R"yaml(id: "no.town"
version: "2.0"
jurisdiction: "NO"
title: {nb: By, nn: By, en: Town}
extends: ["no"]
instruments: [{short: "A/B", name: {nb: Vedtak, nn: Vedtak, en: Decision}}]
)yaml"},
      {"no/town/rules.yaml", R"yaml(rules:
  - id: no.town.size
    title: {nb: Byens regel, nn: Regelen i byen, en: The town's rule}
    legal_basis: [{instrument: "A/B", provision: punkt 2}]
    register: [NO-4]
    in_force: {from: 2020-01-01, to: 2020-12-31}
    severity: warning
    confidence: own-reading
    refines: no.foa.1-1.value
    requires: |
      size_step == LARGE_STEP
    message: {nb: m, nn: m, en: m}
    remedy: {nb: r, nn: r, en: r}
)yaml"},
  };
}

inline std::shared_ptr<const RuleSetRepository> DocumentedRepository() {
  DiagnosticSink sink;
  const auto repository =
      RuleSetRepository::Load(DocumentedSet(), LoadOptions(), sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  return repository.ok() ? *repository : nullptr;
}

// The index of all its sets, with what it borrows.
struct DocumentedIndex {
  std::shared_ptr<const RuleSetRepository> repository = DocumentedRepository();
  SiteIndex index{*repository,
                  {repository->Find("no"), repository->Find("no.town")}};
};

// Paragraphs and lists as lines, two blanks a level.
inline std::string Lines(const Blocks& blocks, const std::string& indent = {}) {
  std::string out;
  for (const Block& block : blocks) {
    const std::string text = PlainText(block.text);
    if (!text.empty()) absl::StrAppend(&out, indent, text, "\n");
    if (!block.code.empty()) absl::StrAppend(&out, indent, block.code, "\n");
    for (const auto& [term, meaning] : block.terms) {
      absl::StrAppend(&out, indent, PlainText(term), ": ",
                      Lines(meaning, indent));
    }
    for (const auto& row : block.rows) {
      absl::StrAppend(&out, indent, "|");
      for (const Inlines& cell : row)
        absl::StrAppend(&out, " ", PlainText(cell), " |");
      out += "\n";
    }
    for (const Blocks& item : block.items) {
      // A section is no step.
      out += Lines(
          item, block.kind == Block::Kind::kSection ? indent : indent + "  ");
    }
  }
  return out;
}

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_TESTS_RULESET_DOCS_DOCS_SAMPLE_H_
