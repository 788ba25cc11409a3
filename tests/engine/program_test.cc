#include "service/engine/program.h"

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;

constexpr char kClimate[] = R"pb(
  id : "no"
  instruments {
    short_name : "FOA"
    url : "https://lovdata.no/foa"
    provision_url : "https://lovdata.no/foa/§{number}"
  }
  parameters {
    id : "no.climate.min_weight"
    type : DOUBLE
    values {double_value : 30}
  }
  facts {
    name : "environment_weight"
    type : "double"
    for_each_lot : true
    versions {
      expression {
        text : "sum(award.criteria.filter(c, c.kind == COST).map(c, c.weight))"
      }
    }
  }
  rules {
    id : "no.foa.7-9.weight"
    severity : ERROR
    confidence : SEVERAL_SOURCES
    for_each_lot : true
    title {
      by_language {key : "nb" value : "Klima"}
      by_language {key : "en" value : "Climate"}
    }
    legal_basis {instrument : "FOA" provision : "§ 7-9 (2)"}
    requirement {
      text : "environment_weight >= parameter(\"no.climate.min_weight\")"
    }
    args {
      name : "deadline"
      expression {text : "dates.tender_deadline"}
    }
    args {
      name : "value"
      expression {text : "contract.estimated_value"}
    }
    message {
      by_language {
        key : "nb"
        value : "{environment_weight} av {no.climate.min_weight}, {deadline}, "
                "{value}"
      }
      by_language {
        key : "en"
        value : "{environment_weight} of {no.climate.min_weight}, {deadline}, "
                "{value}"
      }
    }
    remedy {by_language {key : "nb" value : "Vekt mer."}}
  })pb";

constexpr char kNotice[] = R"pb(
  division {divided : false undivided_lot_id : "LOT-0001"}
  contract {estimated_value {currency_code : "NOK" units : 1300000}}
  award {
    criteria {kind : CRITERION_KIND_COST weight : 12.5}
    criteria {kind : CRITERION_KIND_PRICE weight : 87.5}
  })pb";

v1::Finding Find(Language language, bool all_languages = false) {
  const auto program = Compile(kClimate);
  const EvaluationResult result =
      Evaluate(*program, Plan(kNotice), On(2026, 1, 1));
  return program->MakeFinding(result.rules[0], {language, all_languages});
}

TEST(MakeFinding, SaysWhatIsWrongAndWhere) {
  const v1::Finding finding = Find(Language::kBokmal);
  EXPECT_EQ(finding.rule_id(), "no.foa.7-9.weight");
  EXPECT_EQ(finding.outcome(), v1::Finding::VIOLATED);
  EXPECT_EQ(finding.severity(), v1::Rule::ERROR);
  EXPECT_EQ(finding.confidence(), v1::Rule::SEVERAL_SOURCES);
  EXPECT_EQ(finding.subject(), "LOT-0001");
  EXPECT_EQ(finding.title(), "Klima");
  EXPECT_EQ(finding.message(),
            "12,5 av 30, ikke oppgitt, 1\u00a0300\u00a0000\u00a0kr");
  EXPECT_EQ(finding.remedy(), "Vekt mer.");
  ASSERT_EQ(finding.fields_size(), 1);
  EXPECT_EQ(finding.fields(0).path(), "award.criteria");
  EXPECT_EQ(finding.fields(0).value(), "2 entries");
  EXPECT_EQ(finding.fields(0).bt_id(), "BT-539-Lot");
  EXPECT_EQ(finding.legal_basis(0).url(), "https://lovdata.no/foa/§7-9");
}

TEST(MakeFinding, SpeaksTheLanguageAskedFor) {
  EXPECT_EQ(Find(Language::kEnglish).message(),
            "12.5 of 30, not stated, NOK 1,300,000");
  EXPECT_EQ(Find(Language::kNynorsk).message(),
            "12,5 av 30, ikkje oppgitt, 1\u00a0300\u00a0000\u00a0kr");
  EXPECT_EQ(Find(Language::kEnglish).remedy(), "Vekt mer.");
}

TEST(MakeFinding, GivesEveryLanguageWhereAsked) {
  const v1::Finding finding = Find(Language::kBokmal, true);
  EXPECT_EQ(finding.texts().title().by_language().at("en"), "Climate");
  EXPECT_EQ(finding.texts().message().by_language().at("en"),
            "12.5 of 30, not stated, NOK 1,300,000");
  EXPECT_FALSE(Find(Language::kBokmal).has_texts());
}

TEST(Program, FindsRules) {
  const auto program = Compile(kClimate);
  EXPECT_NE(program->FindRule("no.foa.7-9.weight"), nullptr);
  EXPECT_EQ(program->FindRule("no.foa"), nullptr);
  EXPECT_EQ(program->RulesInForce(absl::CivilDay(2026, 1, 1)).size(), 1u);
}

TEST(Program, ShowsFacts) {
  const auto program = Compile(kClimate);
  const EvaluationResult result =
      Evaluate(*program, Plan(kNotice), On(2026, 1, 1));
  ASSERT_EQ(result.facts.size(), 1u);
  const v1::FactValue fact =
      Program::MakeFactValue(result.facts[0], Language::kEnglish);
  EXPECT_EQ(fact.name(), "environment_weight");
  EXPECT_EQ(fact.value(), "12.5");
  EXPECT_EQ(fact.subject(), "LOT-0001");
}

TEST(Program, OfNoRuleSetsEvaluatesExpressions) {
  const auto program =
      Compile(std::vector<std::shared_ptr<const v1::RuleSet>>());
  EXPECT_EQ(
      Eval("sum(award.criteria.map(c, c.weight))", Plan(kNotice), *program),
      "100");
}

TEST(Program, ThreadsShareOne) {
  const auto program = Compile(kClimate);
  const v1::ProcurementPlan plan = Plan(kNotice);
  std::vector<std::thread> threads;
  std::vector<std::string> messages(4);
  for (std::string& message : messages) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto result = program->Evaluate(plan, On(2026, 1, 1));
        message = program->MakeFinding(result->rules[0], {}).message();
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_THAT(messages, testing::Each(messages[0]));
  EXPECT_FALSE(messages[0].empty());
}

TEST(Holds, IncludesBothEnds) {
  const auto period = FromText<v1::Period>(
      "from { year: 2024 month: 2 day: 29 } to { year: 2024 month: 3 day: 1 }");
  EXPECT_FALSE(Holds(period, absl::CivilDay(2024, 2, 28)));
  EXPECT_TRUE(Holds(period, absl::CivilDay(2024, 2, 29)));
  EXPECT_TRUE(Holds(period, absl::CivilDay(2024, 3, 1)));
  EXPECT_FALSE(Holds(period, absl::CivilDay(2024, 3, 2)));
  EXPECT_TRUE(Holds({}, absl::CivilDay(1900, 1, 1)));
}

}  // namespace
}  // namespace klausul::engine
