#include "service/report/advice_report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/util/json_util.h>

namespace klausul::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using v1::AdviceCatalogue;
using v1::ProcedureAdvice;

v1::AdviseProcedureResponse Sample() {
  v1::AdviseProcedureResponse advice;
  advice.set_start_date("2026-09-01");
  advice.mutable_report()->set_uri("plan.yaml");
  advice.mutable_report()->set_as_of("2026-09-01");
  advice.mutable_report()->add_notes("a note");
  v1::GoverningLaw& law = *advice.add_laws();
  law.set_title("Del III");
  law.add_legal_basis()->set_instrument("FOA");
  law.mutable_legal_basis(0)->set_provision("§ 5-1 (3)");

  ProcedureAdvice& open = *advice.add_procedures();
  open.set_title("Åpen");
  open.set_group(AdviceCatalogue::PROCEDURE);
  open.set_verdict(ProcedureAdvice::ALLOWED);
  open.set_earliest_contract_date("2026-10-13");
  v1::TimeStep& step = *open.add_steps();
  step.set_title("Tilbudsfrist");
  step.set_days_min(30);
  step.set_days_sure(40);
  step.set_days_advised(40);
  step.set_from_date("2026-09-01");
  step.set_to_date("2026-10-01");
  step.add_reasons()->set_rule_id("no.a");
  step.add_missing("submission.electronic");
  step.add_reductions()->set_title("når det haster");
  step.mutable_reductions(0)->set_days_min(15);

  ProcedureAdvice& direct = *advice.add_procedures();
  direct.set_title("Tekniske årsaker");
  direct.set_group(AdviceCatalogue::DIRECT_AWARD);
  direct.set_verdict(ProcedureAdvice::ALLOWED_ON_CONDITIONS);
  direct.add_reasons()->set_rule_id("no.b");
  direct.mutable_reasons(0)->add_missing("direct_award.market_check.on_file");

  ProcedureAdvice& simple = *advice.add_procedures();
  simple.set_title("Enkel");
  simple.set_group(AdviceCatalogue::PROCEDURE);
  simple.set_verdict(ProcedureAdvice::NOT_ALLOWED);
  simple.add_reasons()->set_message("Kunngjøring kreves.");

  ProcedureAdvice& bargain = *advice.add_procedures();
  bargain.set_title("Fordelaktig");
  bargain.set_group(AdviceCatalogue::DIRECT_AWARD);
  bargain.set_verdict(ProcedureAdvice::NOT_ALLOWED);

  v1::OpenFact& fact = *advice.add_open_facts();
  fact.set_path("contract.estimated_value");
  fact.set_rule_count(12);
  fact.set_bt_id("BT-27-Lot");
  v1::AdvisedOpportunity& chance = *advice.add_opportunities();
  chance.set_id("no.c");
  chance.set_title("Reserver");
  chance.set_text("Si det i kunngjøringen.");
  chance.set_is_rule(true);
  return advice;
}

TEST(AdviceTextTest, OpensWithTheLawAndATable) {
  const std::string text = AdviceText(Sample(), {});
  EXPECT_THAT(text, testing::StartsWith(
                        "plan.yaml  rett per 2026-09-01\n  Merk: a note\n"
                        "  Gjelder: Del III (FOA § 5-1 (3))\n"
                        "  Tid regnet fra 2026-09-01\n"));
  EXPECT_THAT(text, HasSubstr("  SVAR          TIDLIGST KONTRAKT  PROSEDYRE\n"
                              "  tillatt       2026-10-13         Åpen\n"
                              "  ikke tillatt  -                  Enkel\n"));
}

TEST(AdviceTextTest, TellsALimitWithAllItsNumbers) {
  const std::string text = AdviceText(Sample(), {});
  EXPECT_THAT(text, HasSubstr("Tilbudsfrist: minst 30 dager; 40 dager er nok "
                              "uansett; 15 dager når det haster;"));
  EXPECT_THAT(text, HasSubstr("avhenger av"));
  EXPECT_THAT(text, HasSubstr("[no.a]"));
  // The same number is not told twice.
  EXPECT_THAT(text, Not(HasSubstr("risiko")));
}

TEST(AdviceTextTest, KeepsTheGroundsForDirectAwardsApart) {
  const std::string text = AdviceText(Sample(), {});
  EXPECT_THAT(text, HasSubstr("Uten konkurranse: grunnlag som kan brukes på "
                              "vilkår\n  Tekniske årsaker\n"
                              "      må være oppfylt: "
                              "direct_award.market_check.on_file\n"
                              "      [no.b]\n"));
  EXPECT_THAT(text, HasSubstr("Ikke grunnlag for direkte tildeling her\n"
                              "  Fordelaktig\n"));
  EXPECT_THAT(text, HasSubstr("      Fordi: Kunngjøring kreves.\n"));
}

TEST(AdviceTextTest, EndsWithFactsAndOpportunities) {
  const std::string text = AdviceText(Sample(), {"en", false});
  EXPECT_THAT(text, HasSubstr("12     0      0           "
                              "contract.estimated_value (BT-27-Lot)\n"));
  EXPECT_THAT(text, testing::EndsWith("Social opportunities\n"
                                      "  Reserver  [no.c]\n"
                                      "      Si det i kunngjøringen.\n"));
}

TEST(AdviceTextTest, ColourOnlyWhereItIsWelcome) {
  EXPECT_THAT(AdviceText(Sample(), {}), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(AdviceText(Sample(), {"nb", true}),
              HasSubstr("\x1b[1;32mtillatt     "));
}

TEST(AdviceJsonTest, IsTheResponse) {
  const std::string json = AdviceJson(Sample());
  EXPECT_EQ(json.back(), '\n');
  v1::AdviseProcedureResponse back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &back).ok());
  EXPECT_EQ(back.SerializeAsString(), Sample().SerializeAsString());
}

}  // namespace
}  // namespace klausul::report
