#ifndef KLAUSUL_SERVICE_ENGINE_PLAN_ENVIRONMENT_H_
#define KLAUSUL_SERVICE_ENGINE_PLAN_ENVIRONMENT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

#include "service/cel/environment.h"
#include "service/cel/field_reader.h"
#include "service/cel/type.h"
#include "service/engine/calendar.h"

namespace klausul::engine {

// What a variable of an expression stands for.
struct Binding {
  enum class Role {
    kPlanField,  // a top-level field of the plan, or of the lot where it has it
    kPlan,       // `plan`
    kLot,        // `lot`
    kDateOfLaw,  // `date_of_law`
    kParameter,  // `parameter("id")`
    kFact,       // a fact
  };

  Role role = Role::kPlanField;
  const google::protobuf::FieldDescriptor* plan_field = nullptr;
  // The field of the same name on a lot, or null; only for expressions about
  // lots.
  const google::protobuf::FieldDescriptor* lot_field = nullptr;
  // Of these; null for maps.
  const cel::FieldReader* plan_reader = nullptr;
  const cel::FieldReader* lot_reader = nullptr;
  // kParameter and kFact: the number that the caller gave.
  int index = -1;
};

// A name that rule sets add: a parameter or a fact.
struct DeclaredName {
  std::string name;
  cel::Type type;
  int index = -1;
};

struct PlanEnvironmentOptions {
  // Expressions about one lot: plain names read the lot's effective values,
  // and `lot` is there.
  bool for_lots = false;
  std::vector<DeclaredName> parameters;
  std::vector<DeclaredName> facts;
  // Enums of facts.
  std::vector<cel::EnumType> fact_enums;
  // For working_days_between; never null.
  std::shared_ptr<const CalendarTable> calendars =
      std::make_shared<CalendarTable>();
};

// The names, types and functions of expressions over a plan.
//
// Variables: the top-level fields of the plan, `plan`, `date_of_law`, `lot`
// (for lots), facts, and parameters under reserved names. Enum values by their
// short names (`OPEN`, `ProcedureKind.OTHER`).
//
// Functions beside CEL's own: see host_functions.h.
struct PlanEnvironment {
  std::shared_ptr<const cel::Environment> cel;
  // By index of the variable in `cel`.
  std::vector<Binding> bindings;
};

// Fails only on names that clash; see IsPlanName.
absl::StatusOr<PlanEnvironment> BuildPlanEnvironment(
    const PlanEnvironmentOptions& options);

// The reserved variable that `parameter("id")` and `threshold("id")` become.
std::string ParameterVariable(absl::string_view id);

// True for what a fact must not be called: a top-level field of the plan,
// `plan`, `lot`, `date_of_law`, a bare enum value, an enum or a CEL type name.
// `what` then says which of them, such as "a field of the plan".
bool IsPlanName(absl::string_view name, std::string* what);

// The enums of the plan as expressions see them, short names, without
// `UNSPECIFIED`.
const std::vector<cel::EnumType>& PlanEnums();

// The short name of an enum value: `OPEN` for PROCEDURE_KIND_OPEN.
absl::string_view ShortEnumName(
    const google::protobuf::EnumValueDescriptor& value);

// The plan enum of that name, such as `ContractNature`, or null.
const cel::EnumType* FindPlanEnum(absl::string_view name);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PLAN_ENVIRONMENT_H_
