#include "service/ruleset/set_diff.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const RuleSetRepository> Load(std::vector<RuleFile> files) {
  DiagnosticSink sink;
  auto repository =
      RuleSetRepository::Load(std::move(files), LoadOptions(), sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  return *repository;
}

// One change a line: `~ rule no.a.1`, then `field: before | after`.
std::vector<std::string> Lines(const std::vector<SetChange>& changes) {
  std::vector<std::string> lines;
  for (const SetChange& change : changes) {
    lines.push_back(absl::StrCat(change.kind == SetChange::Kind::kAdded ? "+"
                                 : change.kind == SetChange::Kind::kRemoved
                                     ? "-"
                                     : "~",
                                 static_cast<int>(change.subject), " ",
                                 change.rule_set_id, " ", change.name));
    for (const FieldChange& field : change.fields) {
      lines.push_back(
          absl::StrCat(field.field, ": ", field.before, " | ", field.after));
    }
  }
  return lines;
}

std::vector<std::string> Differences(std::vector<RuleFile> after) {
  return Lines(DiffRuleSets(*Load(SampleSet()), *Load(std::move(after))));
}

TEST(DiffRuleSetsTest, TheSameSaysNothing) {
  EXPECT_THAT(Differences(SampleSet()), IsEmpty());
}

TEST(DiffRuleSetsTest, LayoutCommentsAndExamplesDoNotCount) {
  EXPECT_THAT(
      Differences(SampleSet(Rule({
          {"contract.cpv_main == \"90910000\"",
           "// cleaning\n      (contract.cpv_main\n       == \"90910000\")"},
          {"name: below", "name: under the limit"},
      }))),
      IsEmpty());
}

TEST(DiffRuleSetsTest, TellsTheFieldsOfARule) {
  EXPECT_THAT(
      Differences(SampleSet(Rule({
          {"§ 1-1 (1)", "§ 1-2"},
          {"in_force: {from: 2017-01-01}",
           "in_force: {from: 2017-01-01, to: 2026-06-30}"},
          {"severity: error", "severity: warning"},
          {"estimated_value >= threshold", "estimated_value > threshold"},
          {"nb: \"For lav.\"", "nb: \"Altfor lav.\""},
      }))),
      ElementsAre("~1 no no.foa.1-1.value",
                  "legal_basis: FOA § 1-1 (1) | FOA § 1-2",
                  "in_force: from 2017-01-01 | from 2017-01-01 to 2026-06-30",
                  "severity: error | warning",
                  "requires: contract.estimated_value >= "
                  "threshold(\"no.entry\") | contract.estimated_value > "
                  "threshold(\"no.entry\")",
                  "message.nb: For lav. | Altfor lav."));
}

TEST(DiffRuleSetsTest, TellsTheValuesOfAParameter) {
  std::vector<RuleFile> after = SampleSet();
  after[0].content = R"yaml(parameters:
  - id: no.entry
    type: Money
    title: {nb: Grense, nn: Grense, en: Entry value}
    values:
      - {from: 2017-01-01, to: 2026-06-30, value: "NOK 100000",
         register: [NO-2], source: "https://law.example/2"}
      - {from: 2026-07-01, value: "NOK 500000", register: [NO-2],
         source: "https://law.example/2"}
)yaml";
  EXPECT_THAT(Differences(std::move(after)),
              ElementsAre("~3 no no.entry",
                          "values 2017-01-01: NOK 100000 | NOK 100000 to "
                          "2026-06-30",
                          "values 2026-07-01:  | NOK 500000"));
}

TEST(DiffRuleSetsTest, TellsWhatIsAddedAndRemoved) {
  std::vector<RuleFile> after =
      SampleSet(Rule({{"id: no.foa.1-1.value", "id: no.foa.1-1.other"}}));
  after.push_back(
      {"no/facts.yaml",
       "facts:\n  - name: is_large\n    type: bool\n    title: {nb: "
       "a, nn: a, en: a}\n    register: [NO-3]\n    expr: |\n      "
       "has(contract.estimated_value)\n"});
  after.push_back({"dk/rule_set.yaml", Header("dk", "", "DK")});
  EXPECT_THAT(Differences(std::move(after)),
              ElementsAre("+0 dk dk", "+1 no no.foa.1-1.other",
                          "-1 no no.foa.1-1.value", "+2 no is_large"));
}

TEST(DiffRuleSetsTest, TellsTheHeadOfASet) {
  std::vector<RuleFile> after = SampleSet();
  for (RuleFile& file : after) {
    if (file.path != "no/rule_set.yaml") continue;
    file.content.replace(file.content.find("1.0"), 3, "1.1");
  }
  EXPECT_THAT(Differences(std::move(after)),
              ElementsAre("~0 no no", "version: 1.0 | 1.1"));
}

}  // namespace
}  // namespace klausul::ruleset
