#include "service/ruleset/lint/period_lint.h"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

std::vector<std::string> LintOf(std::vector<RuleFile> files) {
  DiagnosticSink loading;
  const auto repository =
      RuleSetRepository::Load(std::move(files), {}, loading);
  EXPECT_TRUE(repository.ok()) << loading.RenderAll();
  std::vector<std::string> found;
  if (!repository.ok()) return found;
  DiagnosticSink sink;
  LintPeriods(**repository, sink);
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    EXPECT_EQ(diagnostic.level, Diagnostic::Level::kWarning);
    found.push_back(absl::StrCat(diagnostic.code, ": ", diagnostic.message));
  }
  return found;
}

// A set whose rule applies where `applies` holds, and more files.
std::vector<RuleFile> SetOf(const std::string& applies,
                            std::vector<RuleFile> more) {
  auto files =
      SampleSet(Rule({{"contract.cpv_main == \"90910000\"", applies}}));
  for (RuleFile& file : more)
    files.push_back(std::move(file));
  return files;
}

RuleFile Size(const std::string& rest) {
  return {"no/size.yaml",
          absl::StrCat("parameters:\n  - id: no.size\n    type: int\n"
                       "    title: {nb: a, nn: a, en: a}\n",
                       rest)};
}

RuleFile IsLarge(const std::string& rest) {
  return {"no/facts.yaml",
          absl::StrCat("facts:\n  - name: is_large\n    type: bool\n"
                       "    title: {nb: a, nn: a, en: a}\n",
                       rest)};
}

constexpr char kAsks[] = "procedure.tender_count > parameter(\"no.size\")";
constexpr char kHole[] =
    "    values:\n"
    "      - {from: 2017-01-01, to: 2019-12-31, value: 1}\n"
    "      - {from: 2020-02-01, value: 2}\n";

struct Case {
  const char* name;
  std::vector<RuleFile> files;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class PeriodLintTest : public testing::TestWithParam<Case> {};

TEST_P(PeriodLintTest, TellsTheDaysLeftOut) {
  EXPECT_EQ(LintOf(GetParam().files), GetParam().want);
}

const char kGap[] =
    "period-gap: `no.size` has no value from 2020-01-01 to 2020-01-31";

INSTANTIATE_TEST_SUITE_P(
    Gaps, PeriodLintTest,
    testing::ValuesIn(std::vector<Case>{
        {"BetweenValues", SetOf(kAsks, {Size(kHole)}), {kGap}},
        {"NotesOfAnotherDay",
         SetOf(kAsks,
               {Size(absl::StrCat("    notes: of 2020-01-02\n", kHole))}),
         {kGap}},
        {"NotesNameItsFirstDay",
         SetOf(kAsks,
               {Size(absl::StrCat("    notes: of 2020-01-01\n", kHole))}),
         {}},
        {"NotesNameItsLastDay",
         SetOf(kAsks,
               {Size(absl::StrCat("    notes: till 2020-01-31\n", kHole))}),
         {}},
        {"NotesInSeveralLanguagesNameTheDayAfter",
         SetOf(kAsks,
               {Size(absl::StrCat("    notes: {nb: a, en: new on 2020-02-01}\n",
                                  kHole))}),
         {}},
        {"NotesOfAValue",
         SetOf(kAsks, {Size("    values:\n"
                            "      - {from: 2017-01-01, to: 2019-12-31, "
                            "value: 1, notes: none on 2020-01-01}\n"
                            "      - {from: 2020-02-01, value: 2}\n")}),
         {}},
        {"ValuesOneAfterTheOther",
         SetOf(kAsks, {Size("    values:\n"
                            "      - {from: 2017-01-01, to: 2019-12-31, "
                            "value: 1}\n"
                            "      - {from: 2020-01-01, value: 2}\n")}),
         {}},
        {"BetweenVersionsOfAFact",
         SetOf("is_large",
               {IsLarge("    versions:\n"
                        "      - {from: 2017-01-01, to: 2019-12-31, "
                        "expr: \"size(lots) > 1\"}\n"
                        "      - {from: 2020-01-02, expr: \"size(lots) > "
                        "2\"}\n")}),
         {"period-gap: fact `is_large` has no version from 2020-01-01 to "
          "2020-01-01"}},
        {"BetweenVersionsThatNotesName",
         SetOf("is_large",
               {IsLarge("    notes: nothing held on 2020-01-01\n"
                        "    versions:\n"
                        "      - {from: 2017-01-01, to: 2019-12-31, "
                        "expr: \"size(lots) > 1\"}\n"
                        "      - {from: 2020-01-02, expr: \"size(lots) > "
                        "2\"}\n")}),
         {}},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    AskedOutside, PeriodLintTest,
    testing::ValuesIn(std::vector<Case>{
        {"BeforeTheFirstValue",
         SetOf(kAsks, {Size("    values: [{from: 2020-01-01, value: 1}]\n")}),
         {"parameter-gap: 1 rule asks for `no.size` from 2017-01-01 to "
          "2019-12-31, before its first value: `no.foa.1-1.value`"}},
        {"BeforeTheFirstValueAsNotesSay",
         SetOf(kAsks, {Size("    notes: unknown before 2020-01-01\n"
                            "    values: [{from: 2020-01-01, value: 1}]\n")}),
         {}},
        {"AfterTheLastValue",
         SetOf(kAsks, {Size("    values: [{from: 2017-01-01, to: 2026-06-30, "
                            "value: 1}]\n")}),
         {"parameter-gap: rule `no.foa.1-1.value` asks for `no.size` after its "
          "last value ends on 2026-06-30"}},
        {"NoValueIsKnown",
         SetOf(kAsks, {Size("    notes: nobody has published it\n"
                            "    values: []\n")}),
         {}},
        {"BeforeTheFirstVersion",
         SetOf("is_large", {IsLarge("    versions:\n      - {from: 2020-01-01, "
                                    "expr: \"size(lots) > 1\"}\n")}),
         {"fact-gap: 1 rule asks for `is_large` from 2017-01-01 to 2019-12-31, "
          "before its first value: `no.foa.1-1.value`"}},
        {"AfterTheLastVersion",
         SetOf("is_large", {IsLarge("    versions:\n      - {from: 2017-01-01, "
                                    "to: 2026-06-30, expr: \"size(lots) > "
                                    "1\"}\n")}),
         {"fact-gap: rule `no.foa.1-1.value` asks for `is_large` after its "
          "last value ends on 2026-06-30"}},
        {"ThroughAFactOnlyOnTheDaysOfItsVersion",
         SetOf("is_large",
               {IsLarge("    versions:\n"
                        "      - {from: 2017-01-01, to: 2019-12-31, "
                        "expr: \"size(lots) > 1\"}\n"
                        "      - {from: 2020-01-01, expr: \"size(lots) > "
                        "parameter('no.size')\"}\n"),
                Size("    values: [{from: 2020-01-01, value: 1}]\n")}),
         {}},
    }),
    [](const auto& test) { return test.param.name; });

// The same rule once more, under another id and in another period.
std::vector<RuleFile> Twice(const std::string& from,
                            const std::string& applies) {
  auto files = SampleSet(
      Rule({{"{from: 2017-01-01}", "{from: 2017-01-01, to: 2026-06-30}"}}));
  files.push_back(
      {"no/more.yaml",
       Rule({{"no.foa.1-1.value", "no.foa.1-2.value"},
             {"{from: 2017-01-01}", absl::StrCat("{from: ", from, "}")},
             {"contract.cpv_main == \"90910000\"", applies}})});
  return files;
}

INSTANTIATE_TEST_SUITE_P(
    Duplicates, PeriodLintTest,
    testing::ValuesIn(std::vector<Case>{
        {"OnOneDay",
         Twice("2026-06-30", "contract.cpv_main == \"90910000\""),
         {"duplicate-condition: rule `no.foa.1-2.value` asks the same as "
          "`no.foa.1-1.value` from 2026-06-30 to 2026-06-30"}},
        {"LaidOutOtherwise",
         Twice("2026-06-30", "contract.cpv_main  ==  \"90910000\""),
         {"duplicate-condition: rule `no.foa.1-2.value` asks the same as "
          "`no.foa.1-1.value` from 2026-06-30 to 2026-06-30"}},
        {"OneAfterTheOther",
         Twice("2026-07-01", "contract.cpv_main == \"90910000\""),
         {}},
        {"OfOtherCases",
         Twice("2026-06-30", "contract.cpv_main == \"90910001\""),
         {}},
    }),
    [](const auto& test) { return test.param.name; });

// Two overlays each have a fact of one name, of which one is too short.
TEST(PeriodLintTest, FactsOfOneNameInTwoOverlaysAreTwo) {
  auto files = SampleSet();
  for (const char* id : {"no.a", "no.b"}) {
    const std::string folder = absl::StrCat("no/", std::string(id).substr(3));
    files.push_back({folder + "/rule_set.yaml", Header(id, "extends: [no]\n")});
    files.push_back(
        {folder + "/facts.yaml",
         absl::StrCat("facts:\n  - name: is_large\n    type: bool\n"
                      "    title: {nb: a, nn: a, en: a}\n    versions:\n"
                      "      - {from: ",
                      std::string(id) == "no.a" ? "2017-01-01" : "2020-01-01",
                      ", expr: \"size(lots) > 1\"}\n")});
    files.push_back({folder + "/rules.yaml",
                     Rule({{"no.foa", absl::StrCat(id, ".foa")},
                           {"contract.cpv_main == \"90910000\"", "is_large"},
                           {"severity: error", "severity: warning"}})});
    files.push_back({folder + "/plans/cleaning.yaml", CleaningPlan()});
  }
  EXPECT_EQ(LintOf(std::move(files)),
            std::vector<std::string>{
                "fact-gap: 1 rule asks for `is_large` from 2017-01-01 to "
                "2019-12-31, before its first value: `no.b.foa.1-1.value`"});
}

}  // namespace
}  // namespace klausul::ruleset
