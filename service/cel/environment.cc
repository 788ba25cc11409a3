#include "service/cel/environment.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace klausul::cel {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

int Environment::FindVariable(absl::string_view name) const {
  const auto found = variable_index_.find(name);
  return found == variable_index_.end() ? -1 : found->second;
}

const FunctionDecl* Environment::FindFunction(absl::string_view name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : &found->second;
}

std::shared_ptr<const EnumType> Environment::FindEnum(
    absl::string_view name) const {
  for (const std::shared_ptr<const EnumType>& candidate : enums_) {
    if (candidate->name == name) return candidate;
  }
  return nullptr;
}

absl::optional<EnumConstant> Environment::FindEnumConstant(
    absl::string_view name) const {
  const std::size_t dot = name.rfind('.');
  if (dot == absl::string_view::npos) return absl::nullopt;
  const absl::string_view enum_name = name.substr(0, dot);
  const std::string value_name(name.substr(dot + 1));
  if (const std::shared_ptr<const EnumType> added = FindEnum(enum_name)) {
    const EnumType::Value* value = added->FindValue(value_name);
    if (value == nullptr) return absl::nullopt;
    return EnumConstant{std::string(name), value->number,
                        is_rules() ? Type::Enum(added) : Type::Int()};
  }
  const EnumDescriptor* descriptor =
      pool_->FindEnumTypeByName(std::string(enum_name));
  if (descriptor == nullptr) return absl::nullopt;
  const auto* value = descriptor->FindValueByName(value_name);
  if (value == nullptr) return absl::nullopt;
  Type type = Type::Int();
  const auto added = enum_by_descriptor_.find(descriptor);
  if (is_rules() && added != enum_by_descriptor_.end()) {
    type = Type::Enum(added->second);
  }
  return EnumConstant{std::string(name), value->number(), type};
}

absl::Span<const EnumConstant> Environment::FindBareEnumConstant(
    absl::string_view name) const {
  const auto found = bare_constants_.find(name);
  if (found == bare_constants_.end()) return {};
  return found->second;
}

absl::optional<Type> Environment::FindTypeName(absl::string_view name) const {
  const auto added = type_names_.find(name);
  if (added != type_names_.end()) return added->second;
  const Type builtin = BuiltinTypeByName(name);
  if (!builtin.Is(TypeKind::kError)) return builtin;
  const Descriptor* message = FindMessage(name);
  if (message == nullptr) return absl::nullopt;
  return Type::Message(message);
}

const Descriptor* Environment::FindMessage(absl::string_view name) const {
  if (name.empty()) return nullptr;
  return pool_->FindMessageTypeByName(std::string(name));
}

const FieldDescriptor* Environment::FindField(const Descriptor* message,
                                              absl::string_view name) const {
  const std::string field_name(name);
  if (const FieldDescriptor* field = message->FindFieldByName(field_name)) {
    return field;
  }
  if (message->extension_range_count() == 0) return nullptr;
  const FieldDescriptor* extension = pool_->FindExtensionByName(field_name);
  return extension != nullptr && extension->containing_type() == message
             ? extension
             : nullptr;
}

Type Environment::SingularFieldType(const FieldDescriptor* field) const {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return Type::Int();
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return Type::Uint();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Type::Double();
    case FieldDescriptor::CPPTYPE_BOOL:
      return Type::Bool();
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES ? Type::Bytes()
                                                          : Type::String();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return TypeOfMessage(field->message_type());
    case FieldDescriptor::CPPTYPE_ENUM:
      break;
  }
  if (field->enum_type()->full_name() == "google.protobuf.NullValue") {
    return Type::Null();
  }
  const auto added = enum_by_descriptor_.find(field->enum_type());
  return is_rules() && added != enum_by_descriptor_.end()
             ? Type::Enum(added->second)
             : Type::Int();
}

Type Environment::FieldType(const FieldDescriptor* field) const {
  if (field->is_map()) {
    return Type::Map(SingularFieldType(field->message_type()->map_key()),
                     SingularFieldType(field->message_type()->map_value()));
  }
  const Type type = SingularFieldType(field);
  return field->is_repeated() ? Type::List(type) : type;
}

absl::optional<std::vector<std::string>> Environment::MapKeys(
    const FieldDescriptor* field) const {
  if (!map_keys_) return absl::nullopt;
  return map_keys_(field);
}

ResolvedName Environment::LookUp(absl::string_view name) const {
  using Kind = ResolvedName::Kind;
  for (std::string& candidate : CandidateNames(name)) {
    const int variable = FindVariable(candidate);
    if (variable >= 0) {
      return {Kind::kVariable, variable, 0, Type(), std::move(candidate)};
    }
    if (const auto constant = FindEnumConstant(candidate)) {
      return {Kind::kConstant, -1, constant->number, constant->type,
              std::move(candidate)};
    }
    if (const auto type = FindTypeName(candidate)) {
      return {Kind::kType, -1, 0, *type, std::move(candidate)};
    }
  }
  const absl::Span<const EnumConstant> bare = FindBareEnumConstant(name);
  if (bare.size() != 1) return {};
  return {Kind::kConstant, -1, bare[0].number, bare[0].type,
          bare[0].qualified_name};
}

std::shared_ptr<const ResolvedName> Environment::ResolveName(
    absl::string_view name) const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = remembered_.find(name);
    if (found != remembered_.end()) return found->second;
  }
  auto resolved = std::make_shared<const ResolvedName>(LookUp(name));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (remembered_.size() < kMaxRemembered &&
      name.size() <= kMaxRememberedBytes) {
    remembered_.emplace(std::string(name), resolved);
  }
  return resolved;
}

std::vector<std::string> Environment::CandidateNames(
    absl::string_view name) const {
  if (absl::ConsumePrefix(&name, ".")) return {std::string(name)};
  std::vector<std::string> names;
  absl::string_view prefix = container_;
  while (!prefix.empty()) {
    names.push_back(absl::StrCat(prefix, ".", name));
    const std::size_t dot = prefix.rfind('.');
    prefix = dot == absl::string_view::npos ? absl::string_view()
                                            : prefix.substr(0, dot);
  }
  names.emplace_back(name);
  return names;
}

std::vector<std::string> Environment::IdentifierNames() const {
  std::vector<std::string> names;
  for (const Variable& variable : variables_) {
    // Names that no author can write are the host's own business.
    if (!absl::StartsWith(variable.name, "@")) names.push_back(variable.name);
  }
  std::vector<std::string> constants;
  for (const auto& [name, values] : bare_constants_) {
    if (values.size() == 1) constants.push_back(name);
    for (const EnumConstant& value : values) {
      constants.push_back(value.qualified_name);
    }
  }
  std::sort(constants.begin(), constants.end());
  names.insert(names.end(), constants.begin(), constants.end());
  return names;
}

std::vector<std::string> Environment::FunctionNames() const {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_) {
    // Operators have names of their own kind.
    if (!name.empty() && absl::ascii_isalpha(name[0])) names.push_back(name);
  }
  for (const Macro& macro : macros_)
    names.push_back(macro.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

EnvironmentBuilder::EnvironmentBuilder(Mode mode)
    : mode_(mode),
      pool_(google::protobuf::DescriptorPool::generated_pool()),
      macros_(StandardMacros()) {}

void EnvironmentBuilder::Fail(const std::string& message) {
  // The first mistake; later ones may only follow from it.
  if (status_.ok()) status_ = absl::InvalidArgumentError(message);
}

EnvironmentBuilder& EnvironmentBuilder::set_descriptor_pool(
    const google::protobuf::DescriptorPool* pool) {
  pool_ = pool;
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::set_container(
    absl::string_view container) {
  container_ = std::string(container);
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::set_optional_syntax(bool enabled) {
  optional_syntax_ = enabled;
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::set_map_keys(MapKeysHook hook) {
  map_keys_ = std::move(hook);
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::ClearMacros() {
  macros_.clear();
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::AddMacro(Macro macro) {
  macros_.push_back(std::move(macro));
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::AddMacros(
    const std::vector<Macro>& macros) {
  macros_.insert(macros_.end(), macros.begin(), macros.end());
  return *this;
}

int EnvironmentBuilder::AddVariable(absl::string_view name, const Type& type,
                                    const FieldDescriptor* field) {
  variables_.push_back({std::string(name), type, field});
  return static_cast<int>(variables_.size()) - 1;
}

EnvironmentBuilder& EnvironmentBuilder::AddFunction(FunctionDecl decl) {
  functions_.push_back(std::move(decl));
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::AddEnum(EnumType enum_type) {
  enums_.push_back(std::move(enum_type));
  return *this;
}

EnvironmentBuilder& EnvironmentBuilder::AddTypeName(absl::string_view name,
                                                    const Type& type) {
  type_names_.emplace_back(std::string(name), type);
  return *this;
}

void EnvironmentBuilder::BuildFunctions(Environment& environment) {
  absl::flat_hash_set<std::string> ids;
  for (FunctionDecl& decl : functions_) {
    FunctionDecl& function = environment.functions_[decl.name];
    function.name = decl.name;
    for (Overload& overload : decl.overloads) {
      if (!ids.insert(overload.id).second) {
        Fail(absl::StrCat("overload `", overload.id, "` is declared twice"));
      }
      if (overload.receiver_style && overload.args.empty()) {
        Fail(absl::StrCat("overload `", overload.id, "` has no receiver"));
      }
      for (const Overload& other : function.overloads) {
        if (other.receiver_style == overload.receiver_style &&
            other.args == overload.args) {
          Fail(absl::StrCat("overloads `", other.id, "` and `", overload.id,
                            "` of `", decl.name, "` take the same arguments"));
        }
      }
      function.overloads.push_back(std::move(overload));
    }
  }
}

void EnvironmentBuilder::BuildEnums(Environment& environment) {
  for (EnumType& declared : enums_) {
    if (environment.FindEnum(declared.name) != nullptr) {
      Fail(absl::StrCat("enum `", declared.name, "` is declared twice"));
    }
    const auto added = std::make_shared<const EnumType>(std::move(declared));
    environment.enums_.push_back(added);
    if (added->descriptor != nullptr) {
      environment.enum_by_descriptor_[added->descriptor] = added;
    }
    const Type type = environment.is_rules() ? Type::Enum(added) : Type::Int();
    for (const EnumType::Value& value : added->values) {
      environment.bare_constants_[value.name].push_back(
          {absl::StrCat(added->name, ".", value.name), value.number, type});
    }
  }
}

absl::StatusOr<std::shared_ptr<const Environment>>
EnvironmentBuilder::Build() && {
  // make_shared cannot reach the private constructor.
  std::shared_ptr<Environment> environment(new Environment());
  environment->mode_ = mode_;
  environment->pool_ = pool_;
  environment->container_ = std::move(container_);
  environment->macros_ = std::move(macros_);
  environment->optional_syntax_ = optional_syntax_;
  environment->map_keys_ = std::move(map_keys_);
  environment->variables_ = std::move(variables_);
  for (std::size_t i = 0; i < environment->variables_.size(); ++i) {
    const std::string& name = environment->variables_[i].name;
    if (!environment->variable_index_.emplace(name, static_cast<int>(i))
             .second) {
      Fail(absl::StrCat("variable `", name, "` is declared twice"));
    }
  }
  BuildFunctions(*environment);
  BuildEnums(*environment);
  for (auto& [name, type] : type_names_) {
    if (!environment->type_names_.emplace(name, type).second) {
      Fail(absl::StrCat("type `", name, "` is declared twice"));
    }
  }
  if (!status_.ok()) return status_;
  return std::shared_ptr<const Environment>(std::move(environment));
}

}  // namespace klausul::cel
