#ifndef KLAUSUL_TESTS_RULESET_SAMPLE_SET_H_
#define KLAUSUL_TESTS_RULESET_SAMPLE_SET_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/message.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/node_ref.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/rule_files.h"

// What the tests of this folder share: small sets and a reader of small plans.

namespace klausul::ruleset {

inline std::string Header(const std::string& id, const std::string& more = "",
                          const std::string& jurisdiction = "NO") {
  return absl::StrCat("id: \"", id, "\"\nversion: \"1.0\"\njurisdiction: \"",
                      jurisdiction, "\"\ntitle: {nb: a, nn: b, en: c}\n",
                      "instruments: [{short: FOA, name: {en: Regulation}}]\n",
                      more);
}

// A rule that is right in all its parts, with replacements made in its text.
inline std::string Rule(
    const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  std::string text = R"yaml(rules:
  - id: no.foa.1-1.value
    title: {nb: Verdi, nn: Verdi, en: Value}
    legal_basis: [{instrument: FOA, provision: "§ 1-1 (1)"}]
    register: [NO-1]
    in_force: {from: 2017-01-01}
    severity: error
    confidence: seen-in-source
    applies: |
      contract.cpv_main == "90910000"
    requires: |
      contract.estimated_value >= threshold("no.entry")
    message: {nb: "For lav.", nn: "For låg.", en: "Too low: {no.entry}."}
    remedy: {nb: r, nn: r, en: r}
    sources: [{url: "https://law.example/1", read: 2026-11-22}]
    examples:
      - {name: below, base: cleaning, outcome: violated,
         set: {"contract.estimated_value": "NOK 99999"}}
      - {name: at the limit, base: cleaning, outcome: satisfied}
      - {name: other code, base: cleaning, outcome: not_applicable,
         set: {"contract.cpv_main": "72000000"}}
      - {name: no value, base: cleaning, outcome: undetermined,
         unset: ["contract.estimated_value"],
         missing: ["contract.estimated_value"]}
)yaml";
  for (const auto& [from, to] : changes) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return absl::StrCat("no such text: ", from);
    text.replace(at, from.size(), to);
  }
  return text;
}

inline std::string Entry() {
  return R"yaml(parameters:
  - id: no.entry
    type: Money
    title: {nb: Grense, nn: Grense, en: Entry value}
    values:
      - {from: 2017-01-01, value: "NOK 100000", register: [NO-2],
         source: "https://law.example/2"}
)yaml";
}

inline std::string CleaningPlan() {
  return "id: cleaning\ncpv: \"90910000\"\nvalue: NOK 100000\n"
         "planned_notice: 2026-03-01\n";
}

// A set `no` of one rule, one parameter and one plan, without any fault.
inline std::vector<RuleFile> SampleSet(const std::string& rule = Rule()) {
  return {{"no/parameters.yaml", Entry()},
          {"no/plans/cleaning.yaml", CleaningPlan()},
          {"no/rule_set.yaml", Header("no")},
          {"no/rules.yaml", rule}};
}

// Reads plans of four fields; knows the paths of the same fields.
class SmallPlanReader final : public PlanReader {
 public:
  absl::optional<v1::ProcurementPlan> Read(
      const NodeRef& root, DiagnosticSink& sink) const override {
    v1::ProcurementPlan plan;
    plan.set_vat_basis(v1::VAT_BASIS_EXCLUDED);
    for (const auto& [key, value] : root.Entries()) {
      if (key.text() == "id") {
        plan.set_id(std::string(value.text()));
      } else if (key.text() == "cpv") {
        Cpv(plan, value);
      } else if (key.text() == "value") {
        Value(plan, value);
      } else if (key.text() == "planned_notice") {
        Notice(plan, value);
      } else {
        key.Error("unknown-field", "a small plan has no such field", "", sink);
        return absl::nullopt;
      }
    }
    return plan;
  }

  bool Set(v1::ProcurementPlan& plan, const NodeRef& path, const NodeRef& value,
           DiagnosticSink& sink) const override {
    if (path.text() == "contract.cpv_main") {
      Cpv(plan, value);
    } else if (path.text() == "contract.estimated_value") {
      Value(plan, value);
    } else if (path.text() == "dates.planned_notice") {
      Notice(plan, value);
    } else {
      path.Error("unknown-field", "a small plan has no such field", "", sink);
      return false;
    }
    return true;
  }

  bool Unset(v1::ProcurementPlan& plan, const NodeRef& path,
             DiagnosticSink& sink) const override {
    if (path.text() != "contract.estimated_value") {
      path.Error("unknown-field", "a small plan has no such field", "", sink);
      return false;
    }
    plan.mutable_contract()->clear_estimated_value();
    return true;
  }

 private:
  static void Cpv(v1::ProcurementPlan& plan, const NodeRef& value) {
    plan.mutable_contract()->set_cpv_main(std::string(value.text()));
  }

  static void Value(v1::ProcurementPlan& plan, const NodeRef& value) {
    v1::Money& money = *plan.mutable_contract()->mutable_estimated_value();
    money.set_currency_code(std::string(value.text().substr(0, 3)));
    money.set_units(std::stoll(std::string(value.text().substr(4))));
  }

  static void Notice(v1::ProcurementPlan& plan, const NodeRef& value) {
    v1::Date& date = *plan.mutable_dates()->mutable_planned_notice();
    date.set_year(std::stoi(std::string(value.text().substr(0, 4))));
    date.set_month(std::stoi(std::string(value.text().substr(5, 2))));
    date.set_day(std::stoi(std::string(value.text().substr(8, 2))));
  }
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_TESTS_RULESET_SAMPLE_SET_H_
