#include "tests/bench/workload/plans.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>

#include "google/protobuf/util/json_util.h"

namespace klausul::bench {
namespace {

using procbench::v1::Plan;
using Texts = std::vector<std::string>;

const Texts kCountries = {"NO", "SE", "DK", "FI", "DE", "EE"};
const Texts kCpv = {"45111200", "45233120", "45210000", "45214200", "45331000",
                    "33100000", "33600000", "30200000", "34100000", "39130000",
                    "71300000", "71221000", "72200000", "72500000", "79340000",
                    "79710000", "85100000", "85311000", "80500000", "90500000",
                    "90910000", "60100000", "55520000", "98300000", "50700000",
                    "48000000"};
const Texts kNuts = {"NO081", "NO082", "NO091", "NO092", "NO0A1", "NO0A2",
                     "NO0A3", "NO060", "NO071", "NO074", "SE110", "DK011"};
const Texts kTags = {"climate", "innovation", "sme",    "framework",
                     "urgent",  "defence",    "health", "ict",
                     "school",  "road",       "water",  "energy"};
const Texts kWords = {"renewal",      "operation", "delivery", "maintenance",
                      "construction", "design",    "support",  "cleaning",
                      "transport",    "catering"};

constexpr std::int64_t kSecondsPerDay = 86400;
// 2024-01-01.
constexpr int kFirstDay = 19723;

}  // namespace

std::vector<Plan> KnownPlans() {
  std::vector<Plan> plans;
  std::ifstream file(KLAUSUL_WORKLOAD_DIR "/plans.jsonl");
  for (std::string line; std::getline(file, line);) {
    if (!google::protobuf::util::JsonStringToMessage(line,
                                                     &plans.emplace_back())
             .ok()) {
      return {};
    }
  }
  return plans;
}

// mulberry32
double PlanMaker::Random() {
  state_ += 0x6d2b79f5u;
  std::uint32_t t = (state_ ^ (state_ >> 15)) * (1 | state_);
  t = (t + (t ^ (t >> 7)) * (61 | t)) ^ t;
  return static_cast<double>(t ^ (t >> 14)) / 4294967296.0;
}

int PlanMaker::Int(int from, int to) {
  return from + static_cast<int>(Random() * (to - from + 1));
}

bool PlanMaker::Chance(double probability) {
  return Random() < probability;
}

std::int64_t PlanMaker::Amount(double from, double to) {
  const double value =
      std::exp(std::log(from) + Random() * (std::log(to) - std::log(from)));
  return std::llround(value / 1000) * 1000;
}

template <typename T>
const T& PlanMaker::Pick(const std::vector<T>& from) {
  return from[static_cast<std::size_t>(
      Int(0, static_cast<int>(from.size()) - 1))];
}

void PlanMaker::Make(int number, Plan& plan) {
  plan.Clear();
  const std::int64_t value = Amount(100000, 400000000);
  const int published = kFirstDay + Int(0, 730);
  const int deadline =
      published +
      Pick<int>({7, 10, 12, 14, 15, 20, 25, 30, 32, 35, 40, 45, 52, 60}) +
      Int(0, 3);
  const int approved = published - Int(1, 90);
  const int start = deadline + Int(10, 160);
  const int months = Pick<int>({1, 3, 6, 12, 18, 24, 36, 48, 60, 72, 96});
  const std::string& cpv = Pick(kCpv);
  const bool social = cpv[0] == '8' || cpv.compare(0, 2, "98") == 0 ||
                      cpv.compare(0, 2, "79") == 0;
  int type = procbench::v1::Contract::SERVICES;
  if (cpv.compare(0, 2, "45") == 0) {
    type = Chance(0.9) ? procbench::v1::Contract::WORKS
                       : procbench::v1::Contract::CONCESSION;
  } else if (cpv[0] < '5') {
    type = procbench::v1::Contract::SUPPLIES;
  } else if (social && Chance(0.6)) {
    type = procbench::v1::Contract::SOCIAL_SERVICES;
  }

  plan.set_id("PLAN-" + std::to_string(number));
  plan.set_title(Pick(kWords) + " and " + Pick(kWords));
  plan.set_country(Chance(0.6) ? "NO" : Pick(kCountries));
  plan.set_language(Pick<std::string>({"nb", "nn", "en", "sv", "da"}));
  plan.set_year(2024 + Int(0, 2));
  plan.set_version(Int(1, 9));

  auto& buyer = *plan.mutable_buyer();
  buyer.set_id(std::to_string(Int(800000000, 999999999)));
  buyer.set_name("Buyer " + std::to_string(Int(1, 400)));
  buyer.set_type(static_cast<procbench::v1::Buyer::Type>(Int(1, 6)));
  buyer.set_region(Pick(kNuts));
  buyer.set_central_purchasing(Chance(0.2));
  buyer.set_annual_spend(Amount(1000000, 5000000000));
  buyer.set_employees(Int(5, 20000));
  buyer.set_social_policy(Chance(0.5));
  buyer.set_green_policy(Chance(0.6));
  MakeContract(value, months, cpv, type, *plan.mutable_contract());

  auto& procedure = *plan.mutable_procedure();
  procedure.set_type(static_cast<procbench::v1::Procedure::Type>(Int(1, 7)));
  procedure.mutable_published()->set_seconds(published * kSecondsPerDay);
  procedure.mutable_deadline()->set_seconds(deadline * kSecondsPerDay);
  procedure.mutable_start()->set_seconds(start * kSecondsPerDay);
  procedure.mutable_end()->set_seconds((start + months * 30) * kSecondsPerDay);
  procedure.mutable_approved()->set_seconds(approved * kSecondsPerDay);
  procedure.set_prior_notice(Chance(0.3));
  procedure.set_accelerated(Chance(0.1));
  procedure.set_justification(Pick<std::string>(
      {"none", "urgency", "sole supplier", "failed tender", "framework call"}));
  procedure.set_min_candidates(Int(1, 6));
  procedure.set_max_candidates(Int(3, 12));
  procedure.set_standstill_days(Pick<int>({0, 5, 10, 10, 10, 15}));
  procedure.set_question_days(Int(0, 14));
  procedure.set_e_submission(Chance(0.92));

  auto& requirements = *plan.mutable_requirements();
  requirements.set_turnover_min(Amount(100000, 500000000));
  requirements.set_espd(Chance(0.85));
  requirements.set_iso14001(Chance(0.35));
  requirements.set_language(Pick<std::string>({"nb", "en", "any"}));
  requirements.set_insurance(Amount(1000, 50000000));
  requirements.set_guarantee_pct(Pick<int>({0, 0, 5, 10, 15}));
  requirements.set_mandatory_exclusion(Chance(0.9));
  requirements.set_optional_exclusion(Chance(0.6));
  requirements.set_climate_min(Chance(0.3));
  requirements.set_climate_weight(Pick<int>({0, 10, 15, 20, 30, 40}));
  requirements.set_wage_clause(Chance(0.6));
  requirements.set_apprentice_clause(Chance(0.4));
  requirements.set_human_rights(Chance(0.35));
  MakeLists(value, months, cpv, type, plan);
}

void PlanMaker::MakeContract(std::int64_t value, int months,
                             const std::string& cpv, int type,
                             procbench::v1::Contract& contract) {
  const bool framework = Chance(0.3);
  contract.set_type(static_cast<procbench::v1::Contract::Type>(type));
  contract.set_cpv(cpv);
  contract.set_estimated_value(value);
  contract.set_currency(Chance(0.9) ? "NOK"
                                    : Pick<std::string>({"EUR", "SEK", "DKK"}));
  contract.set_vat_included(Chance(0.15));
  contract.set_duration_months(months);
  contract.set_renewals(Int(0, 4));
  contract.set_framework(framework);
  contract.set_framework_months(framework ? Pick<int>({12, 24, 36, 48, 60, 72})
                                          : 0);
  contract.set_dps(Chance(0.08));
  contract.set_e_auction(Chance(0.05));
  contract.set_joint(Chance(0.12));
  contract.set_option_value(
      Chance(0.4)
          ? std::llround(static_cast<double>(value) * Random() / 1000) * 1000
          : 0);
  contract.set_subcontract_pct(Int(0, 80));
  contract.set_reserved(Chance(0.06));
  contract.set_eu_funded(Chance(0.15));
  contract.set_nuts(Pick(kNuts));
  contract.set_high_risk(Chance(0.25));
  contract.set_security(Chance(0.07));
  const auto some = [this](Texts from, int count) {
    Texts chosen;
    for (; count > 0; --count) {
      const int at = Int(0, static_cast<int>(from.size()) - 1);
      chosen.push_back(from[static_cast<std::size_t>(at)]);
      from.erase(from.begin() + at);
    }
    return chosen;
  };
  for (const std::string& text : some(kCpv, Int(0, 3)))
    contract.add_cpv_extra(text);
  for (const std::string& text : some(kTags, Int(1, 4)))
    contract.add_tags(text);
}

void PlanMaker::MakeLists(std::int64_t value, int months,
                          const std::string& cpv, int type, Plan& plan) {
  std::int64_t rest = value;
  for (int k = 0; k < 8; ++k) {
    const std::int64_t part =
        k == 7
            ? std::max<std::int64_t>(0, rest)
            : std::llround(static_cast<double>(value) * Random() * 0.2 / 1000) *
                  1000;
    rest -= part;
    auto& lot = *plan.add_lots();
    lot.set_id("LOT-" + std::to_string(k + 1));
    lot.set_title(Pick(kWords) + " part " + std::to_string(k + 1));
    lot.set_cpv(Chance(0.6) ? cpv : Pick(kCpv));
    lot.set_value(part);
    lot.set_months(std::max(1, months - Int(0, 6)));
    lot.set_sme(Chance(0.4));
    lot.set_nuts(Pick(kNuts));
    lot.set_quantity(Int(1, 500));
    lot.set_type(static_cast<procbench::v1::Contract::Type>(
        Chance(0.85) ? type : Int(1, 5)));
  }
  int left = 100;
  for (int k = 0; k < 6; ++k) {
    const int weight = k == 5 ? (Chance(0.85) ? left : left + Int(-10, 10))
                              : std::min(left, Int(0, k == 0 ? 70 : 30));
    left -= weight;
    auto& criterion = *plan.add_criteria();
    criterion.set_type(static_cast<procbench::v1::Criterion::Type>(k + 1));
    criterion.set_weight(std::max(0, weight));
    criterion.set_name(Pick(kWords));
    criterion.set_mandatory(Chance(0.3));
  }
  for (int k = 0; k < 5; ++k) {
    auto& clause = *plan.add_clauses();
    clause.set_type(static_cast<procbench::v1::Clause::Type>(k + 1));
    clause.set_present(Chance(0.55));
    clause.set_min_pct(Pick<int>({0, 0, 5, 7, 10, 15, 20}));
    clause.set_sanction(Chance(0.5));
    clause.set_text("clause " + std::to_string(k + 1));
  }
}

void LeaveOut(double share, std::uint32_t seed,
              google::protobuf::Message& message) {
  std::mt19937 random(seed);
  const auto clear = [&](const auto& self,
                         google::protobuf::Message& of) -> void {
    const google::protobuf::Reflection& reflection = *of.GetReflection();
    for (int i = 0; i < of.GetDescriptor()->field_count(); ++i) {
      const google::protobuf::FieldDescriptor* field =
          of.GetDescriptor()->field(i);
      const bool is_message =
          field->cpp_type() ==
          google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE;
      const bool is_time =
          is_message && field->message_type()->name() == "Timestamp";
      if (field->is_repeated()) {
        for (int k = 0; is_message && k < reflection.FieldSize(of, field); ++k)
          self(self, *reflection.MutableRepeatedMessage(&of, field, k));
      } else if (is_message && !is_time) {
        self(self, *reflection.MutableMessage(&of, field));
      } else if (std::uniform_real_distribution<>()(random) < share) {
        reflection.ClearField(&of, field);
      }
    }
  };
  clear(clear, message);
}

}  // namespace klausul::bench
