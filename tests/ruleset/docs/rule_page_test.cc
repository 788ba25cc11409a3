#include "service/ruleset/docs/rule_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;
using testing::HasSubstr;
using testing::Not;

std::string LinesOf(std::size_t rule, Language language) {
  const DocumentedIndex sample;
  const PageContext context(sample.index, language);
  return Lines(RulePage(context, sample.index.rules()[rule]).blocks);
}

TEST(RulePageTest, TellsAllOfIt) {
  const std::string page = LinesOf(0, Language::kBokmal);
  EXPECT_THAT(page, HasSubstr("Hjemmel: FOA § 1-1 (1)\n"));
  EXPECT_THAT(page, HasSubstr("Gjelder: fra 1.1.2017\n"));
  EXPECT_THAT(page, HasSubstr("Alvorlighet: Brudd bindende rett\n"));
  EXPECT_THAT(page,
              HasSubstr("Kildegrunnlag: lest i den autoritative teksten\n"));
  EXPECT_THAT(page, HasSubstr("Rader i registeret: NO-1\n"));
  EXPECT_THAT(page,
              HasSubstr("Gjelder når\nkontrakt › hovedkode i CPV er 90910000\n"
                        "Krever at\nMinst ett av dette gjelder:\n"
                        "  kontrakt › anslått verdi er minst Grense\n"
                        "  Stor <kontrakt>: ja\n"));
  EXPECT_THAT(page, HasSubstr("Melding: For lav.\n"
                              "Slik rettes det: Øk *verdien* | nå\n"));
  EXPECT_THAT(page, HasSubstr("Parametre\nGrense no.entry\n| fra 1.1.2017 | "
                              "100\u00a0000\u00a0kr | NO-2 |"));
  EXPECT_THAT(page, HasSubstr("requires (CEL)\ncontract.estimated_value >="));
  EXPECT_THAT(page, HasSubstr("https://law.example/1, lest 22.11.2026\n"));
}

TEST(RulePageTest, ShowsExamplesAsWritten) {
  const std::string page = LinesOf(0, Language::kBokmal);
  EXPECT_THAT(page, HasSubstr("| below | brudd | contract.estimated_value: "
                              "\"NOK 99999\" | cleaning | – |\n"
                              "| at the limit | oppfylt | uendret | cleaning "
                              "| – |\n"));
  EXPECT_THAT(page, HasSubstr("| no value | uavklart mangler: "
                              "contract.estimated_value | "
                              "contract.estimated_value utelatt | cleaning"));
}

TEST(RulePageTest, AnOverlaysRuleSaysWhatItRefines) {
  const std::string page = LinesOf(1, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("Makes stricter: no.foa.1-1.value\n"));
  EXPECT_THAT(page,
              HasSubstr("The rule always applies while it is in force.\n"));
  EXPECT_THAT(page, HasSubstr("Severity: Risk needs a justification"));
  EXPECT_THAT(page, HasSubstr("Through facts\n  Entry value no.entry\n"));
  EXPECT_THAT(page, Not(HasSubstr("Examples")));
}

}  // namespace
}  // namespace klausul::ruleset::docs
