#include <ostream>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {
namespace {

TEST(ReadParameterTest, SortsItsValuesAndKeepsTheirSources) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadParameter(
      ReadTree("p.yaml",
               "id: no.entry\ntype: Money\ntitle: {en: Entry}\nvalues:\n"
               "  - {from: 2026-07-01, value: \"NOK 500000\"}\n"
               "  - {from: 2017-01-01, to: 2026-06-30, value: NOK 100000,\n"
               "     register: [NO-T-001], source: \"https://law.example\"}\n",
               sink),
      draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  const v1::Parameter& parameter = draft.proto.parameters(0);
  EXPECT_EQ(parameter.type(), v1::Parameter::MONEY);
  EXPECT_EQ(parameter.vat(), v1::VAT_BASIS_EXCLUDED);
  ASSERT_EQ(parameter.values_size(), 2);
  EXPECT_EQ(parameter.values(0).money_value().units(), 100000);
  EXPECT_THAT(parameter.values(0).register_(),
              testing::ElementsAre("NO-T-001"));
  EXPECT_FALSE(parameter.values(1).period().has_to());
}

TEST(ReadParameterTest, HasNoValueWhereNotesSayWhy) {
  for (const auto& [notes, language, text] :
       {std::make_tuple("The policy names none.", "en",
                        "The policy names none."),
        std::make_tuple("{nb: Ukjent., nn: Ukjend., en: Unknown.}", "nn",
                        "Ukjend.")}) {
    DiagnosticSink sink;
    SetDraft draft(sink);
    ReadParameter(
        ReadTree("p.yaml",
                 absl::StrCat("id: no.entry\ntype: Money\ntitle: {en: Entry}\n"
                              "values: []\nnotes: ",
                              notes, "\n"),
                 sink),
        draft);
    ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
    const v1::Parameter& parameter = draft.proto.parameters(0);
    EXPECT_EQ(parameter.values_size(), 0);
    EXPECT_EQ(parameter.notes().by_language().at(language), text);
  }
}

TEST(ReadFactTest, ReadsVersionsAndGivesAnEnumItsName) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadFact(ReadTree("f.yaml",
                    "name: part\ntype: enum\nvalues: [PART_I, PART_II]\n"
                    "for_each: lots\ntitle: {en: Part}\nversions:\n"
                    "  - from: 2017-01-01\n    to: 2026-06-30\n"
                    "    expr: |\n      PART_I\n"
                    "  - from: 2026-07-01\n    expr: \"PART_II\"\n",
                    sink),
           "facts.yaml", draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  const v1::Fact& fact = draft.proto.facts(0);
  EXPECT_EQ(fact.enum_name(), "part");
  EXPECT_TRUE(fact.for_each_lot());
  ASSERT_EQ(fact.versions_size(), 2);
  EXPECT_EQ(fact.versions(0).period().to().day(), 30);
  EXPECT_EQ(fact.versions(1).expression().text(), "PART_II");
  EXPECT_EQ(fact.versions(1).expression().file(), "facts.yaml");
}

struct WrongFigure {
  const char* name;
  bool is_fact;
  const char* yaml;
  std::vector<std::string> messages;
};

std::ostream& operator<<(std::ostream& out, const WrongFigure& c) {
  return out << c.name;
}

class WrongFigureTest : public testing::TestWithParam<WrongFigure> {};

TEST_P(WrongFigureTest, IsReportedAndKnownAsBroken) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  const NodeRef root = ReadTree("f.yaml", GetParam().yaml, sink);
  ASSERT_TRUE(root) << sink.RenderAll();
  if (GetParam().is_fact) {
    ReadFact(root, "f.yaml", draft);
  } else {
    ReadParameter(root, draft);
  }
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    messages.push_back(diagnostic.message);
  }
  EXPECT_EQ(messages, GetParam().messages);
  EXPECT_TRUE(draft.incomplete || !draft.broken.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Figures, WrongFigureTest,
    testing::ValuesIn(std::vector<WrongFigure>{
        {"ParameterWithoutId",
         false,
         "type: int\ntitle: {en: a}\nvalues: [{from: 2017-01-01, value: 1}]",
         {"a parameter has no `id`"}},
        {"UnknownType",
         false,
         "id: no.a\ntype: money\ntitle: {en: a}\n"
         "values: [{from: 2017-01-01, value: 1}]",
         {"`type` cannot be `money`"}},
        {"ValueOfAnotherType",
         false,
         "id: no.a\ntype: int\ntitle: {en: a}\n"
         "values: [{from: 2017-01-01, value: many}]",
         {"`value` has to be a whole number, not `many`"}},
        {"ValueWithoutStart",
         false,
         "id: no.a\ntype: int\ntitle: {en: a}\nvalues: [{value: 1}]",
         {"a value has no `from`"}},
        {"NoValues",
         false,
         "id: no.a\ntype: int\ntitle: {en: a}\nvalues: []",
         {"`no.a` has no values"}},
        {"NoValuesAndEmptyNotes",
         false,
         "id: no.a\ntype: int\ntitle: {en: a}\nvalues: []\nnotes: \"\"",
         {"`notes` is empty"}},
        {"VatOfANumber",
         false,
         "id: no.a\ntype: int\nvat: EXCLUDED\ntitle: {en: a}\n"
         "values: [{from: 2017-01-01, value: 1}]",
         {"only amounts have `vat`"}},
        {"ParameterId",
         false,
         "id: Entry\ntype: int\ntitle: {en: a}\n"
         "values: [{from: 2017-01-01, value: 1}]",
         {"`Entry` is not an id of a parameter"}},
        {"FactName",
         true,
         "name: no.part\ntype: bool\ntitle: {en: a}\nexpr: \"true\"",
         {"`no.part` is not a name of a fact"}},
        {"NeitherExprNorVersions",
         true,
         "name: a\ntype: bool\ntitle: {en: a}",
         {"fact `a` has to have either `expr` or `versions`"}},
        {"ExprAndVersions",
         true,
         "name: a\ntype: bool\ntitle: {en: a}\nexpr: \"true\"\n"
         "versions: [{from: 2017-01-01, expr: \"true\"}]",
         {"fact `a` has to have either `expr` or `versions`"}},
        {"EnumValueInSmallLetters",
         true,
         "name: a\ntype: enum\nvalues: [one]\ntitle: {en: a}\nexpr: \"one\"",
         {"`one` is not an enum value"}},
        {"ForEachOfSomethingElse",
         true,
         "name: a\ntype: bool\nfor_each: parts\ntitle: {en: a}\n"
         "expr: \"true\"",
         {"`for_each` cannot be `parts`"}},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset
