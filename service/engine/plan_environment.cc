#include "service/engine/plan_environment.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/base/status_macros.h"
#include "service/cel/extensions/extensions.h"
#include "service/cel/macros.h"
#include "service/cel/standard_library.h"
#include "service/engine/effective_plan.h"
#include "service/engine/host_functions.h"
#include "service/engine/host_values.h"
#include "service/engine/plan_readers.h"

namespace klausul::engine {
namespace {

using cel::EnumType;
using cel::Expr;
using cel::ExprKind;
using cel::MacroContext;
using cel::SelectMode;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

constexpr absl::string_view kPackage = "klausul.v1";
constexpr absl::string_view kUnspecified = "UNSPECIFIED";

// `PROCEDURE_KIND_` for ProcedureKind.
std::string ValuePrefix(const EnumDescriptor& descriptor) {
  std::string prefix;
  for (const char c : descriptor.name()) {
    const auto letter = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(letter) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(letter);
  }
  return prefix + "_";
}

std::vector<EnumType> MakePlanEnums() {
  std::vector<EnumType> enums;
  const google::protobuf::FileDescriptor& file =
      *v1::Stage_descriptor()->file();
  for (int i = 0; i < file.enum_type_count(); ++i) {
    EnumType enum_type;
    enum_type.descriptor = file.enum_type(i);
    enum_type.name = enum_type.descriptor->name();
    for (int j = 0; j < enum_type.descriptor->value_count(); ++j) {
      const auto& value = *enum_type.descriptor->value(j);
      const absl::string_view name = ShortEnumName(value);
      if (name == kUnspecified) continue;
      enum_type.values.push_back({std::string(name), value.number()});
    }
    enums.push_back(std::move(enum_type));
  }
  return enums;
}

absl::optional<std::vector<std::string>> MapKeys(const FieldDescriptor* field) {
  const auto& options = field->options();
  const int count = options.ExtensionSize(v1::map_keys);
  if (count == 0) return {};
  std::vector<std::string> keys;
  for (int i = 0; i < count; ++i) {
    keys.push_back(options.GetExtension(v1::map_keys, i));
  }
  return keys;
}

// Turns a top-level name into a selection, which `stated` can ask about:
// `lots` into `plan.lots`, `award` of a lot into `lot.award`.
Expr* AsSelection(MacroContext& context, Expr* arg, bool for_lots) {
  if (arg->kind == ExprKind::kSelect && arg->mode == SelectMode::kRead) {
    return arg;
  }
  if (arg->kind != ExprKind::kIdent ||
      v1::ProcurementPlan::descriptor()->FindFieldByName(
          std::string(arg->name)) == nullptr) {
    return nullptr;
  }
  const bool of_lot = for_lots && FindLotGroup(arg->name) != nullptr;
  return context.NewSelect(context.NewIdent(of_lot ? "lot" : "plan"), arg->name,
                           SelectMode::kRead);
}

// claimed(x.f) is has(x.f) && x.f.
Expr* ExpandClaimed(MacroContext& context, Expr& call, bool for_lots) {
  Expr* field = AsSelection(context, call.args[0], for_lots);
  if (field == nullptr) {
    return context.Error(call.args[0]->span, "`claimed` takes a field",
                         "write `claimed(procedure.urgent)`");
  }
  return context.NewCall(
      cel::op::kAnd,
      {context.NewSelect(field->operand, field->name, SelectMode::kHas),
       field});
}

Expr* ExpandStated(MacroContext& context, Expr& call, bool for_lots) {
  Expr* field = AsSelection(context, call.args[0], for_lots);
  if (field == nullptr) {
    return context.Error(call.args[0]->span, "`stated` takes a field",
                         "write `stated(award.criteria)`");
  }
  return context.NewSelect(field->operand, field->name, SelectMode::kStated);
}

// Whether there is such a parameter is for the compiler of programs to say: it
// knows better what to suggest.
Expr* ExpandParameter(MacroContext& context, Expr& call) {
  const Expr& id = *call.args[0];
  if (id.kind != ExprKind::kConstant ||
      id.constant.kind != cel::ConstantKind::kString) {
    return context.Error(
        id.span, absl::StrCat("`", call.name, "` takes the id of a parameter"),
        absl::StrCat("write the id in quotes: `", call.name,
                     "(\"no.climate.min_weight\")`"));
  }
  return context.NewIdent(ParameterVariable(id.constant.text));
}

std::vector<cel::Macro> PlanMacros(bool for_lots) {
  return {
      {"claimed", false, 1,
       [for_lots](MacroContext& context, Expr& call) {
         return ExpandClaimed(context, call, for_lots);
       }},
      {"stated", false, 1,
       [for_lots](MacroContext& context, Expr& call) {
         return ExpandStated(context, call, for_lots);
       }},
      {"parameter", false, 1, ExpandParameter},
      {"threshold", false, 1, ExpandParameter},
  };
}

// What a top-level field is as a variable. Environment::FieldType() says the
// same, but only once the environment is there.
cel::Type TypeOfField(const FieldDescriptor* field) {
  if (field->is_map()) {
    const FieldDescriptor* value = field->message_type()->map_value();
    return cel::Type::Map(cel::Type::String(),
                          cel::Type::Message(value->message_type()));
  }
  cel::Type type;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      type = cel::Type::Message(field->message_type());
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      type = cel::Type::Int();
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      type = cel::Type::Bool();
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      type = cel::Type::Double();
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      type = cel::Type::String();
      break;
    default:
      type = cel::Type::Int();
      break;
  }
  return field->is_repeated() ? cel::Type::List(type) : type;
}

std::shared_ptr<const EnumType> SharedPlanEnum(const EnumDescriptor* type) {
  for (const EnumType& candidate : PlanEnums()) {
    if (candidate.descriptor == type) {
      // PlanEnums() lives as long as the program.
      return {std::shared_ptr<const EnumType>(), &candidate};
    }
  }
  return nullptr;
}

// Lists of paths and the client's extra facts have no place in conditions, or
// one under `plan` only.
bool IsVariable(const FieldDescriptor* field) {
  return field->name() != "stated_empty" && field->name() != "still_open" &&
         field->name() != "complete";
}

class Builder {
 public:
  explicit Builder(const PlanEnvironmentOptions& options)
      : options_(options), builder_(cel::Mode::kRules) {}

  absl::StatusOr<PlanEnvironment> Build() && {
    builder_.set_descriptor_pool(
        google::protobuf::DescriptorPool::generated_pool());
    builder_.set_container(kPackage);
    builder_.set_map_keys(MapKeys);
    builder_.AddMacros(PlanMacros(options_.for_lots));
    // Before the standard library: `==` of two amounts is ours, not that of
    // messages in general.
    for (cel::FunctionDecl& function : HostFunctions(options_.calendars)) {
      builder_.AddFunction(std::move(function));
    }
    RETURN_IF_ERROR(cel::AddStandardLibrary(builder_));
    cel::AddAllExtensions(builder_);
    for (const EnumType& enum_type : PlanEnums())
      builder_.AddEnum(enum_type);
    for (const EnumType& enum_type : options_.fact_enums) {
      builder_.AddEnum(enum_type);
    }
    AddVariables();
    ASSIGN_OR_RETURN(environment_.cel, std::move(builder_).Build());
    return std::move(environment_);
  }

 private:
  void Add(absl::string_view name, const cel::Type& type, Binding binding) {
    builder_.AddVariable(name, type);
    environment_.bindings.push_back(binding);
  }

  void AddVariables() {
    const auto& plan = *v1::ProcurementPlan::descriptor();
    for (int i = 0; i < plan.field_count(); ++i) {
      const FieldDescriptor* field = plan.field(i);
      if (!IsVariable(field)) continue;
      Binding binding;
      binding.plan_field = field;
      binding.plan_reader = FindPlanReader(field);
      if (options_.for_lots) {
        binding.lot_field = FindLotGroup(field->name());
        binding.lot_reader = FindPlanReader(binding.lot_field);
      }
      cel::Type type = TypeOfField(field);
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        type = cel::Type::Enum(SharedPlanEnum(field->enum_type()));
      }
      Add(field->name(), type, binding);
    }
    Add("plan", cel::Type::Message(&plan), {Binding::Role::kPlan});
    if (options_.for_lots) {
      Add("lot", cel::Type::Message(v1::Lot::descriptor()),
          {Binding::Role::kLot});
    }
    Add("date_of_law", DateType(), {Binding::Role::kDateOfLaw});
    for (const DeclaredName& parameter : options_.parameters) {
      Binding binding;
      binding.role = Binding::Role::kParameter;
      binding.index = parameter.index;
      Add(ParameterVariable(parameter.name), parameter.type, binding);
    }
    for (const DeclaredName& fact : options_.facts) {
      Binding binding;
      binding.role = Binding::Role::kFact;
      binding.index = fact.index;
      Add(fact.name, fact.type, binding);
    }
  }

  const PlanEnvironmentOptions& options_;
  cel::EnvironmentBuilder builder_;
  PlanEnvironment environment_;
};

}  // namespace

absl::StatusOr<PlanEnvironment> BuildPlanEnvironment(
    const PlanEnvironmentOptions& options) {
  return Builder(options).Build();
}

std::string ParameterVariable(absl::string_view id) {
  return absl::StrCat("@parameter/", id);
}

bool IsPlanName(absl::string_view name, std::string* what) {
  const std::string text(name);
  if (v1::ProcurementPlan::descriptor()->FindFieldByName(text) != nullptr) {
    *what = "a field of the plan";
    return true;
  }
  if (name == "plan" || name == "lot" || name == "date_of_law") {
    *what = "a name that rules have for themselves";
    return true;
  }
  for (const EnumType& enum_type : PlanEnums()) {
    if (enum_type.name == text) {
      *what = "an enum of the plan";
      return true;
    }
    if (enum_type.FindValue(name) != nullptr) {
      *what = absl::StrCat("a value of ", enum_type.name);
      return true;
    }
  }
  if (!cel::BuiltinTypeByName(name).Is(cel::TypeKind::kError) ||
      name == "dyn") {
    *what = "a type";
    return true;
  }
  return false;
}

const std::vector<EnumType>& PlanEnums() {
  static const auto& enums = *new std::vector<EnumType>(MakePlanEnums());
  return enums;
}

absl::string_view ShortEnumName(
    const google::protobuf::EnumValueDescriptor& value) {
  absl::string_view name = value.name();
  absl::ConsumePrefix(&name, ValuePrefix(*value.type()));
  return name;
}

const EnumType* FindPlanEnum(absl::string_view name) {
  for (const EnumType& enum_type : PlanEnums()) {
    if (enum_type.name == name) return &enum_type;
  }
  return nullptr;
}

}  // namespace klausul::engine
