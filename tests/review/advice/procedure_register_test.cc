// The procedures of rules/no against the register of law: four values on four
// days, a municipality that buys an ordinary service. The expectations are
// written from rules/no/register/norway-procedure.md; row ids stand beside.

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/review/advice/advisor.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;
using v1::ProcedureAdvice;
using Names = std::set<std::string>;

// What the register says of one Part.
struct PartOfRegister {
  // Id of the regime.
  std::string law;
  Names allowed;
  Names on_conditions;
  Names not_allowed;
};

// NO-P-010: any form that respects the principles; one supplier with a reason.
// NO-K-024: no notice.
PartOfRegister PartI() {
  return {"part_one",
          {"simple", "open_by_choice", "restricted_by_choice", "free_single",
           "free_multi"},
          {"direct_small"},
          {}};
}

PartOfRegister PartII() {
  return {
      "part_two",
      // NO-P-011, NO-P-012: always.
      {"open_national", "restricted_national"},
      {"reserved_work_national",                 // NO-P-029
       "direct_only_one_national",               // NO-P-040
       "direct_bargain_national",                // NO-P-041
       "direct_urgency_national",                // NO-P-042
       "direct_additions_national",              // NO-P-043
       "direct_failed_national",                 // NO-P-044
       "direct_exchange_national",               // NO-P-045
       "direct_cover_national",                  // NO-P-046
       "direct_contest_winner_national"},        // NO-K-004
      {"simple",                                 // NO-K-001
       "negotiated", "dialogue", "partnership",  // NO-P-016 to 018: Part III
       "free_single", "free_multi"}};            // NO-P-010, NO-P-027: I, IV
}

PartOfRegister PartIII() {
  return {"part_three",
          // NO-P-014, NO-P-015: always.
          {"open", "restricted"},
          {"negotiated",                               // NO-P-016
           "dialogue",                                 // NO-P-017
           "partnership",                              // NO-P-018
           "dynamic_system",                           // NO-P-024
           "auction",                                  // NO-P-025
           "reserved_work",                            // NO-P-029
           "direct_unacceptable",                      // NO-P-050
           "direct_failed",                            // NO-P-051
           "direct_contest_winner",                    // NO-P-053, NO-P-068
           "direct_urgency",                           // NO-P-054
           "direct_cover",                             // NO-P-055
           "direct_impossible",                        // NO-P-060
           "direct_art",                               // NO-P-061
           "direct_technical",                         // NO-P-062
           "direct_exclusive",                         // NO-P-063
           "direct_repetition",                        // NO-P-065
           "direct_winding_up", "direct_insolvency"},  // NO-P-067
          {"simple",                                   // NO-K-005
           "free_single", "free_multi",                // NO-P-010, NO-P-027
           "direct_research",          // NO-P-052: goods, and this is a service
           "direct_extra_goods",       // NO-P-064: goods
           "direct_exchange",          // NO-P-066: goods
           "direct_bargain_national",  // NO-P-041: not in Part III
           "direct_only_one_national",     // NO-P-040: not in Part III
           "direct_additions_national"}};  // NO-P-043: not in Part III
}

struct Case {
  int value;
  std::string day;
  PartOfRegister want;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << "NOK " << one.value << " on " << one.day << ": "
             << one.want.law;
}

class ProcedureRegisterTest : public testing::TestWithParam<Case> {};

Advised AdviseOn(const std::string& plan) {
  static const auto* const reviewer = [] {
    auto catalogue = RuleCatalogue::Builtin();
    EXPECT_TRUE(catalogue.ok()) << catalogue.status();
    return new Reviewer(*catalogue);
  }();
  v1::AdviseProcedureRequest request;
  request.mutable_document()->set_uri("plan.yaml");
  request.mutable_document()->set_content(plan);
  return Advisor(*reviewer).Advise(request, {absl::UnixEpoch(), nullptr});
}

TEST_P(ProcedureRegisterTest, AllowsWhatTheRegisterAllows) {
  const Advised advised = AdviseOn(absl::StrCat(
      "vat_basis: EXCLUDED\n"
      "stage: PREPARATION\n"
      "buyer: {country: \"NO\", legal_type: AUTHORITY, level: LOCAL}\n"
      "contract: {nature: SERVICES, cpv_main: \"72000000\", estimated_value: "
      "NOK ",
      GetParam().value, "}\ndates: {planned_notice: ", GetParam().day, "}\n"));
  ASSERT_EQ(advised.status, Reviewed::Status::kEvaluated) << advised.failure;
  EXPECT_EQ(advised.response.report().as_of(), GetParam().day);
  std::map<ProcedureAdvice::Verdict, Names> got;
  for (const ProcedureAdvice& one : advised.response.procedures()) {
    got[one.verdict()].insert(one.id());
  }
  const PartOfRegister& want = GetParam().want;
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), want.law);
  EXPECT_EQ(got[ProcedureAdvice::ALLOWED], want.allowed);
  EXPECT_EQ(got[ProcedureAdvice::ALLOWED_ON_CONDITIONS], want.on_conditions);
  EXPECT_THAT(got[ProcedureAdvice::NOT_ALLOWED],
              IsSupersetOf(want.not_allowed));
  EXPECT_EQ(got[ProcedureAdvice::UNDECIDED], Names());
}

// NO-T-011: 1 300 000. NO-T-035: 2 300 000 until 2026-04-20; NO-T-036:
// 2 500 000 from 2026-04-21. NO-S-054 to 056; at equality with the EEA value
// Part III (NO-CMP-04).
std::vector<Case> SixteenCases() {
  std::vector<Case> cases;
  for (const char* day :
       {"2026-04-20", "2026-06-30", "2026-07-01", "2026-11-01"}) {
    const bool before = std::string(day) == "2026-04-20";
    cases.push_back({1299999, day, PartI()});
    cases.push_back({1300000, day, PartII()});
    cases.push_back({2499999, day, before ? PartIII() : PartII()});
    cases.push_back({2500000, day, PartIII()});
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Municipality, ProcedureRegisterTest,
                         testing::ValuesIn(SixteenCases()));

Names With(const Advised& advised, ProcedureAdvice::Verdict verdict) {
  Names names;
  for (const ProcedureAdvice& one : advised.response.procedures()) {
    if (one.verdict() == verdict) names.insert(one.id());
  }
  return names;
}

const ProcedureAdvice& Find(const Advised& advised, const std::string& id) {
  for (const ProcedureAdvice& one : advised.response.procedures()) {
    if (one.id() == id) return one;
  }
  ADD_FAILURE() << "no procedure " << id;
  return ProcedureAdvice::default_instance();
}

std::string Plan(const std::string& more) {
  return absl::StrCat("vat_basis: EXCLUDED\nstage: PREPARATION\n", more);
}

constexpr char kMunicipality[] =
    "buyer: {country: \"NO\", legal_type: AUTHORITY, level: LOCAL}\n";

// NO-S-050: below 500 000 from 2026-07-01 neither act nor regulation applies.
TEST(ProcedureRegisterLawTest, BelowTheEntryValueNothingIsAsked) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"72000000\", "
      "estimated_value: NOK 499999}\ndates: {planned_notice: 2026-07-01}\n")));
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), "below_act");
  EXPECT_THAT(With(advised, ProcedureAdvice::ALLOWED),
              ElementsAre("direct_below_act", "open_below_act",
                          "restricted_below_act", "simple_below_act"));
}

// NO-S-064, NO-P-027, NO-P-029 to 031, NO-P-069, NO-P-070.
TEST(ProcedureRegisterLawTest, HealthServicesHaveReservationsAndAFreeForm) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"85311000\", "
      "estimated_value: NOK 8700000}\ndates: {planned_notice: 2026-09-01}\n")));
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), "part_four");
  EXPECT_THAT(With(advised, ProcedureAdvice::ALLOWED_ON_CONDITIONS),
              IsSupersetOf({"free_single_health", "free_multi_health",
                            "reserved_work_health", "reserved_non_profit",
                            "reserved_participatory", "direct_individual_user",
                            "direct_technical"}));
  EXPECT_EQ(Find(advised, "direct_bargain_national").verdict(),
            ProcedureAdvice::NOT_ALLOWED);
}

// NO-S-062: above the EEA value the §§ 13-3 and 13-4 grounds in place of § 5-2.
TEST(ProcedureRegisterLawTest, SpecialServicesAboveTheEeaValue) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"79713000\", "
      "estimated_value: NOK 8700001}\ndates: {planned_notice: 2026-09-01}\n")));
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), "part_two_special");
  EXPECT_EQ(With(advised, ProcedureAdvice::ALLOWED),
            (Names{"open_national", "restricted_national"}));
  EXPECT_EQ(Find(advised, "direct_bargain_national").verdict(),
            ProcedureAdvice::NOT_ALLOWED);
  EXPECT_EQ(Find(advised, "direct_technical").verdict(),
            ProcedureAdvice::ALLOWED_ON_CONDITIONS);
}

// NO-S-068, NO-R-024: four procedures always.
TEST(ProcedureRegisterLawTest, UtilitiesChooseAmongFourProcedures) {
  const Advised advised = AdviseOn(Plan(
      "regime: UTILITIES\n"
      "buyer: {country: \"NO\", legal_type: PUBLIC_UNDERTAKING, level: LOCAL}\n"
      "contract: {nature: SUPPLIES, cpv_main: \"31682000\", activity: "
      "UTILITY_ACTIVITY, estimated_value: NOK 5000000}\n"
      "dates: {planned_notice: 2026-09-01}\n"));
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), "utilities_two");
  EXPECT_EQ(With(advised, ProcedureAdvice::ALLOWED),
            (Names{"open_utilities", "restricted_utilities",
                   "negotiated_utilities", "dialogue_utilities"}));
  EXPECT_THAT(
      With(advised, ProcedureAdvice::ALLOWED_ON_CONDITIONS),
      IsSupersetOf({"partnership_utilities", "direct_bargain_utilities"}));
}

// NO-S-072, NO-P-073.
TEST(ProcedureRegisterLawTest, ConcessionsHaveFewGroundsWithoutNotice) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "regime: CONCESSIONS\ncontract: {form: CONCESSION, nature: SERVICES, "
      "cpv_main: \"63721000\", estimated_value: NOK 62900000}\n"
      "dates: {planned_notice: 2026-09-01}\n")));
  ASSERT_EQ(advised.response.laws_size(), 1);
  EXPECT_EQ(advised.response.laws(0).id(), "concession_two");
  EXPECT_THAT(
      With(advised, ProcedureAdvice::ALLOWED),
      IsSupersetOf({"open_free", "restricted_free", "negotiated_by_choice"}));
  EXPECT_EQ(Find(advised, "direct_urgency").verdict(),
            ProcedureAdvice::NOT_ALLOWED);
  EXPECT_EQ(Find(advised, "direct_failed_concessions").verdict(),
            ProcedureAdvice::ALLOWED_ON_CONDITIONS);
}

// NO-F-010, 011, 012, 013, 016, 017, 023.
TEST(ProcedureRegisterLawTest, TheLimitsOfPartThree) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"72000000\", "
      "estimated_value: NOK 3000000}\n"
      "submission: {electronic: REQUIRED, documents_free_access: true}\n"
      "dates: {planned_notice: 2026-09-01}\n")));
  const ProcedureAdvice& open = Find(advised, "open");
  ASSERT_EQ(open.steps_size(), 3);
  EXPECT_EQ(open.tender_days_min(), 30);
  EXPECT_FALSE(open.steps(0).has_days_sure());
  ASSERT_EQ(open.steps(0).reductions_size(), 2);
  EXPECT_EQ(open.steps(0).reductions(0).days_min(), 15);
  EXPECT_EQ(open.steps(0).reductions(1).days_min(), 15);
  EXPECT_EQ(open.steps(0).to_date(), "2026-10-01");
  EXPECT_EQ(open.steps(1).days_min(), 10);
  // Letter on Friday 2 October; ten days end on Monday 12 October.
  EXPECT_EQ(open.steps(2).from_date(), "2026-10-02");
  EXPECT_EQ(open.earliest_contract_date(), "2026-10-13");
  const ProcedureAdvice& restricted = Find(advised, "restricted");
  EXPECT_EQ(restricted.request_days_min(), 30);
  EXPECT_EQ(restricted.tender_days_min(), 10);
  EXPECT_EQ(restricted.steps(1).days_advised(), 25);
  // NO-F-018, NO-F-019: requests to negotiate, for a dialogue and for a
  // partnership.
  EXPECT_EQ(Find(advised, "negotiated").request_days_min(), 30);
  EXPECT_EQ(Find(advised, "dialogue").request_days_min(), 30);
  EXPECT_EQ(Find(advised, "partnership").request_days_min(), 30);
}

// NO-F-001: thirty days from Friday 4 September end on Sunday 4 October and
// move to the Monday.
TEST(ProcedureRegisterLawTest, AnEndOnADayOfRestMoves) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"72000000\", "
      "estimated_value: NOK 3000000}\n"
      "submission: {electronic: REQUIRED, documents_free_access: true}\n"
      "dates: {planned_notice: 2026-09-04}\n")));
  const ProcedureAdvice& open = Find(advised, "open");
  EXPECT_EQ(open.tender_days_min(), 30);
  EXPECT_EQ(open.steps(0).to_date(), "2026-10-05");
}

// NO-F-002: Part II sets no number.
TEST(ProcedureRegisterLawTest, PartTwoHasNoFixedLimitForTenders) {
  const Advised advised = AdviseOn(Plan(absl::StrCat(
      kMunicipality,
      "contract: {nature: SERVICES, cpv_main: \"72000000\", "
      "estimated_value: NOK 2000000}\ndates: {planned_notice: 2026-09-01}\n")));
  const ProcedureAdvice& open = Find(advised, "open_national");
  EXPECT_FALSE(open.has_tender_days_min());
  ASSERT_GE(open.steps_size(), 1);
  EXPECT_FALSE(open.steps(0).has_days_min());
  EXPECT_EQ(open.steps(0).days_advised(), 10);
}

// A plan that states next to nothing is told what would decide.
TEST(ProcedureRegisterLawTest, WithoutAValueTheLawIsOpen) {
  const Advised advised = AdviseOn(
      Plan(absl::StrCat(kMunicipality, "contract: {nature: SERVICES}\n")));
  EXPECT_GT(advised.response.laws_size(), 1);
  const ProcedureAdvice& simple = Find(advised, "simple");
  EXPECT_EQ(simple.verdict(), ProcedureAdvice::UNDECIDED);
  EXPECT_THAT(simple.missing(), testing::Contains("contract.estimated_value"));
  EXPECT_TRUE(simple.earliest_contract_date().empty());
  ASSERT_FALSE(advised.response.open_facts().empty());
  std::map<std::string, v1::OpenFact> facts;
  int last = advised.response.open_facts(0).rule_count();
  for (const v1::OpenFact& fact : advised.response.open_facts()) {
    EXPECT_LE(fact.rule_count(), last);
    last = fact.rule_count();
    facts[fact.path()] = fact;
  }
  EXPECT_EQ(facts["contract.estimated_value"].procedure_count(),
            static_cast<int>(With(advised, ProcedureAdvice::UNDECIDED).size()));
}

}  // namespace
}  // namespace klausul::review
