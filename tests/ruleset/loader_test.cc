#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/repository.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

using Repository = std::shared_ptr<const RuleSetRepository>;

absl::StatusOr<Repository> Load(std::vector<RuleFile> files,
                                DiagnosticSink& sink,
                                LoadOptions options = {}) {
  options.display_root = "rules";
  return RuleSetRepository::Load(std::move(files), options, sink);
}

std::vector<RuleFile> With(std::vector<RuleFile> files, RuleFile more) {
  files.push_back(std::move(more));
  return files;
}

std::vector<RuleFile> WithOslo(const std::string& oslo_rules,
                               const std::string& extends = "[\"no\"]") {
  return With(
      With(SampleSet(), {"no/oslo/rule_set.yaml",
                         Header("no.oslo", "extends: " + extends + "\n")}),
      {"no/oslo/rules.yaml", oslo_rules});
}

std::string OsloRule(
    std::vector<std::pair<std::string, std::string>> changes = {}) {
  std::string text = Rule({{"no.foa.1-1.value", "no.oslo.foa.value"},
                           {"severity: error", "severity: warning"}});
  for (const auto& [from, to] : changes) {
    text.replace(text.find(from), from.size(), to);
  }
  return text;
}

TEST(LoaderTest, LoadsASetWithItsProgram) {
  DiagnosticSink sink;
  const auto repository = Load(SampleSet(), sink);
  ASSERT_TRUE(repository.ok()) << sink.RenderAll();
  EXPECT_TRUE(sink.diagnostics().empty()) << sink.RenderAll();
  const RuleSetRepository::Entry* entry = (*repository)->Find("no");
  ASSERT_NE(entry, nullptr);
  EXPECT_NE(entry->program, nullptr);
  EXPECT_THAT(entry->rule_set->digest(),
              testing::MatchesRegex("sha256:[0-9a-f]+"));
  ASSERT_EQ(entry->rule_set->rules(0).examples_size(), 4);
  EXPECT_EQ(entry->rule_set->rules(0).examples(0).outcome(), "VIOLATED");
  EXPECT_EQ(entry->rule_set->rules(0).examples(0).plan_json(), "");
}

TEST(LoaderTest, PlansOfExamplesComeFromThePlanReader) {
  DiagnosticSink sink;
  const SmallPlanReader reader;
  LoadOptions options;
  options.plan_reader = &reader;
  const auto repository = Load(SampleSet(), sink, options);
  ASSERT_TRUE(repository.ok()) << sink.RenderAll();
  EXPECT_THAT(
      (*repository)->Find("no")->rule_set->rules(0).examples(0).plan_json(),
      testing::HasSubstr("\"units\":\"99999\""));
}

TEST(LoaderTest, MistakesInExpressionsStandUnderTheSmallestWrongPiece) {
  DiagnosticSink sink;
  const auto repository = Load(
      SampleSet(Rule({{"      contract.estimated_value >=",
                       "      // æøå\n      contract.estimated_valu >="}})),
      sink);
  EXPECT_EQ(repository.status().message(),
            "1 error in the rule files under `rules`");
  EXPECT_EQ(sink.RenderAll(),
            "error[unknown-field]: `contract` has no field `estimated_valu`\n"
            "   --> rules/no/rules.yaml:13:16\n"
            "    |\n"
            "13  |       contract.estimated_valu >= threshold(\"no.entry\")\n"
            "    |                ^^^^^^^^^^^^^^\n"
            "    = help: did you mean `estimated_value`?\n");
}

TEST(LoaderTest, QuotedExpressionsKeepTheirPlaces) {
  DiagnosticSink sink;
  Load(SampleSet(Rule({{"|\n      contract.cpv_main == \"90910000\"",
                        "\"contract.cpv_mian == \\\"90910000\\\"\""}})),
       sink)
      .IgnoreError();
  EXPECT_EQ(sink.RenderAll(),
            "error[unknown-field]: `contract` has no field `cpv_mian`\n"
            "  --> rules/no/rules.yaml:9:24\n"
            "   |\n"
            "9  |     applies: \"contract.cpv_mian == \\\"90910000\\\"\"\n"
            "   |                        ^^^^^^^^\n"
            "   = help: did you mean `cpv_main`?\n");
}

// Mistakes of several kinds in one file are all told, and nothing is told on
// top of them.
TEST(LoaderTest, AllMistakesAtOnce) {
  DiagnosticSink sink;
  Load(SampleSet(Rule({{"title: {nb: Verdi, nn: Verdi, en: Value}",
                        "title: {nb: Verdi, en: Value}"},
                       {"severity: error", "severity: eror"},
                       {"\"90910000\"", "PART_II"},
                       {"threshold(\"no.entry\")", "threshold(\"no.entri\")"},
                       {"    sources:", "    source:"}})),
       sink)
      .IgnoreError();
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    codes.push_back(diagnostic.code);
  }
  EXPECT_THAT(codes, testing::ElementsAre("missing-language", "unknown-value",
                                          "unknown-name", "unknown-parameter",
                                          "unknown-key"))
      << sink.RenderAll();
}

TEST(LoaderTest, AFactThatIsBrokenIsNotAlsoUnknown) {
  DiagnosticSink sink;
  Load(With(SampleSet(
                Rule({{"contract.cpv_main == \"90910000\"", "is_cleaning"}})),
            {"no/facts.yaml",
             "facts:\n  - name: is_cleaning\n    type: bool\n"
             "    title: {en: a}\n    expr: true\n"}),
       sink)
      .IgnoreError();
  ASSERT_EQ(sink.error_count(), 1U) << sink.RenderAll();
  EXPECT_EQ(sink.diagnostics()[0].code, "unquoted-expression");
}

TEST(LoaderTest, NothingIsSaidOfExpressionsWhereAFileCannotBeRead) {
  DiagnosticSink sink;
  Load(With(SampleSet(), {"no/facts.yaml", "facts: [\n"}), sink).IgnoreError();
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    EXPECT_EQ(diagnostic.file->name(), "rules/no/facts.yaml");
  }
  EXPECT_TRUE(sink.has_errors());
}

TEST(LoaderTest, ARootWithoutSetsIsNotFound) {
  DiagnosticSink sink;
  const auto repository = Load({}, sink);
  EXPECT_EQ(repository.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(repository.status().message(),
            "no rule set under `rules`: a rule set is a folder with a "
            "`rule_set.yaml`");
}

TEST(LoaderTest, AnOverlayBuildsUponItsBase) {
  DiagnosticSink sink;
  const auto repository = Load(WithOslo(OsloRule()), sink);
  ASSERT_TRUE(repository.ok()) << sink.RenderAll();
  const auto closure = (*repository)->Closure({"no.oslo"});
  ASSERT_TRUE(closure.ok());
  ASSERT_EQ(closure->size(), 2U);
  EXPECT_EQ((*closure)[0]->id(), "no");
  EXPECT_EQ((*closure)[1]->id(), "no.oslo");
  EXPECT_EQ((*repository)->entries().size(), 2U);
}

TEST(LoaderTest, AnExtendedSetMayBeInServiceAlready) {
  DiagnosticSink sink;
  const auto base = Load(SampleSet(), sink);
  ASSERT_TRUE(base.ok()) << sink.RenderAll();
  LoadOptions options;
  options.known.push_back((*base)->Find("no")->rule_set);
  const auto overlay =
      Load({{"rule_set.yaml", Header("no.oslo", "extends: [\"no\"]\n")},
            {"rules.yaml", OsloRule()}},
           sink, options);
  ASSERT_TRUE(overlay.ok()) << sink.RenderAll();
  ASSERT_EQ((*overlay)->entries().size(), 1U);
  EXPECT_EQ((*overlay)->entries()[0]->rule_set->id(), "no.oslo");
}

struct WrongSet {
  const char* name;
  std::vector<RuleFile> files;
  const char* rendered;
};

std::ostream& operator<<(std::ostream& out, const WrongSet& c) {
  return out << c.name;
}

class WrongSetTest : public testing::TestWithParam<WrongSet> {};

TEST_P(WrongSetTest, IsRefused) {
  DiagnosticSink sink;
  EXPECT_FALSE(Load(GetParam().files, sink).ok());
  EXPECT_EQ(sink.RenderAll(), GetParam().rendered);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, WrongSetTest,
    testing::ValuesIn(std::vector<WrongSet>{
        {"TwoOfOneId", With(SampleSet(), {"dk/rule_set.yaml", Header("no")}),
         "error[duplicate-id]: rule set `no` is there already\n"
         "  --> rules/no/rule_set.yaml:1:5\n"
         "   |\n"
         "1  | id: \"no\"\n"
         "   |     ^^^^\n"
         "  --> rules/dk/rule_set.yaml:1:5\n"
         "   |\n"
         "1  | id: \"no\"\n"
         "   |     ^^^^ the first is here\n"
         "   = help: every folder with a rule set has an id of its own\n"},
        {"IdOfAnother",
         SampleSet(Rule({{"no.foa.1-1.value", "dk.foa.1-1.value"}})),
         "error[foreign-id]: rule `dk.foa.1-1.value` is not under the id of "
         "its set\n"
         "  --> rules/no/rules.yaml:2:9\n"
         "   |\n"
         "2  |   - id: dk.foa.1-1.value\n"
         "   |         ^^^^^^^^^^^^^^^^\n"
         "   = help: start it with `no.`\n"},
        {"UnknownBase", WithOslo(OsloRule(), "[\"eu\"]"),
         "error[unknown-rule-set]: there is no rule set `eu` to extend\n"
         "  --> rules/no/oslo/rule_set.yaml:6:11\n"
         "   |\n"
         "6  | extends: [\"eu\"]\n"
         "   |           ^^^^\n"
         "   = help: load the folder that holds both sets\n"},
        {"Circle",
         {{"a/rule_set.yaml", Header("a", "extends: [\"b\"]\n")},
          {"b/rule_set.yaml", Header("b", "extends: [\"a\"]\n")}},
         "error[cycle]: `b` extends itself: a -> b -> a\n"
         "  --> rules/b/rule_set.yaml:6:11\n"
         "   |\n"
         "6  | extends: [\"a\"]\n"
         "   |           ^^^\n"
         "   = help: let one of them extend nothing\n"},
        {"OverlayWithAnError",
         WithOslo(OsloRule({{"severity: warning", "severity: error"}})),
         "error[overlay-severity]: rule `no.oslo.foa.value` of an overlay "
         "cannot have the severity `error`\n"
         "  --> rules/no/oslo/rules.yaml:2:9\n"
         "   |\n"
         "2  |   - id: no.oslo.foa.value\n"
         "   |         ^^^^^^^^^^^^^^^^^\n"
         "   = help: a policy binds nobody but its owner: use `severity: "
         "warning`\n"},
        {"OverlayWithAFactOfItsBase",
         With(With(WithOslo(OsloRule()),
                   {"no/facts.yaml",
                    "facts:\n  - name: small\n    type: bool\n"
                    "    title: {en: a}\n    expr: \"true\"\n"}),
              {"no/oslo/facts.yaml",
               "facts:\n  - name: small\n    type: bool\n"
               "    title: {en: a}\n    expr: \"false\"\n"}),
         "error[overlay-redefines]: fact `small` belongs to `no`, which this "
         "set extends\n"
         "  --> rules/no/oslo/facts.yaml:2:11\n"
         "   |\n"
         "2  |   - name: small\n"
         "   |           ^^^^^\n"
         "   = help: give it another name; what is extended stays as it is\n"},
    }),
    [](const auto& test) { return test.param.name; });

std::string DigestOf(std::vector<RuleFile> files, const std::string& id) {
  DiagnosticSink sink;
  const auto repository = Load(std::move(files), sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  return repository.ok() ? (*repository)->Find(id)->rule_set->digest() : "";
}

TEST(DigestTest, TurnsOnEveryByteThatIsLoadedAndOnNothingElse) {
  const std::string digest = DigestOf(SampleSet(), "no");
  std::vector<RuleFile> backwards = SampleSet();
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(DigestOf(backwards, "no"), digest);
  EXPECT_EQ(DigestOf(With(SampleSet(), {"no/register/a.yaml", "x"}), "no"),
            digest);
  EXPECT_NE(DigestOf(With(SampleSet(), {"no/more.yaml", "rules: []\n"}), "no"),
            digest);
  EXPECT_NE(DigestOf(With(SampleSet(), {"no/plans/b.yaml", "id: b\n"}), "no"),
            digest);
}

TEST(DigestTest, OfAnOverlayTurnsOnItsBase) {
  std::vector<RuleFile> files = WithOslo(OsloRule());
  const std::string digest = DigestOf(files, "no.oslo");
  EXPECT_NE(DigestOf(With(files, {"no/more.yaml", "rules: []\n"}), "no.oslo"),
            digest);
}

}  // namespace
}  // namespace klausul::ruleset
