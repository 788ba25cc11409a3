#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_RULE_ASKER_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_RULE_ASKER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_field.h"

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/engine/program.h"

namespace klausul::review {

// Asks some rules of a program what they say of a plan, always on one date of
// law and in one language. Borrows the program.
struct RuleAsker {
  const engine::Program& program;
  absl::CivilDay as_of;
  engine::Language language = engine::Language::kBokmal;
  std::function<bool()> is_cancelled;

  // The results of these rules; those not in force are not among them. Fails as
  // Program::Evaluate() does.
  absl::StatusOr<std::vector<engine::RuleResult>> Ask(
      const v1::ProcurementPlan& plan, std::vector<std::string> rule_ids) const;

  // As findings are, with the remedy also for what is not broken, where it
  // speaks of no value of the plan: it says what the rule asks for.
  v1::Finding ToFinding(const engine::RuleResult& result) const;
  std::string Pick(const v1::Text& text) const;
};

// Broken on what the plan states; a breach by silence is an open question here,
// since advice comes before the document is final.
bool IsBroken(const engine::RuleResult& result);

// Undetermined, failed, or broken by silence.
bool IsOpen(const engine::RuleResult& result);

// Takes away the fields of `unset`, then makes the settings, as plan files
// write them. INTERNAL where one of them does not fit the plan: a mistake of
// the rule set.
absl::Status Vary(
    const google::protobuf::RepeatedPtrField<std::string>& unset,
    const google::protobuf::RepeatedPtrField<v1::AdviceCatalogue::Setting>&
        settings,
    v1::ProcurementPlan& plan);

// One field, its value in the flow style of YAML.
absl::Status SetField(absl::string_view path, absl::string_view value,
                      v1::ProcurementPlan& plan);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_RULE_ASKER_H_
