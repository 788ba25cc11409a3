#ifndef KLAUSUL_SERVICE_CEL_ENVIRONMENT_H_
#define KLAUSUL_SERVICE_CEL_ENVIRONMENT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"

#include "service/cel/ast.h"
#include "service/cel/macros.h"
#include "service/cel/type.h"

// What an expression may speak of: variables, functions, enums, messages,
// macros. Built once, immutable afterwards, shared between threads:
//
//   EnvironmentBuilder builder(Mode::kRules);
//   RETURN_IF_ERROR(AddStandardLibrary(builder));
//   builder.set_descriptor_pool(pool).set_container("klausul.v1");
//   builder.AddVariable("contract", Type::Message(contract));
//   builder.AddEnum({"ProcedureKind", {{"OPEN", 1}}, descriptor});
//   ASSIGN_OR_RETURN(auto environment, std::move(builder).Build());

namespace klausul::cel {

class Value;
class EvalContext;

enum class Mode {
  // As the language definition says.
  kConformance,
  // For conditions over a plan: unset fields are unknown, enums are types of
  // their own, literals are of one type. See README.md.
  kRules,
};

// What a function does. It is called with as many values as the overload has
// arguments, the receiver first, each of the declared type (a `dyn` argument
// is anything), and returns a value or an error value. An error or unknown
// argument never reaches it unless the overload is `non_strict`.
using FunctionImpl =
    std::function<Value(absl::Span<const Value> args, EvalContext& context)>;

struct Overload {
  // Unique over all functions: `add_int64`.
  std::string id;
  // `args[0].name(args[1], ...)` rather than `name(args[0], ...)`.
  bool receiver_style = false;
  std::vector<Type> args;
  Type result;
  FunctionImpl impl;
  bool non_strict = false;
  // Looks at the arguments that are literals (null for the others) when an
  // expression is checked; what it says is reported as an error there, such as
  // a bad regular expression. May be empty.
  std::function<absl::Status(absl::Span<const Constant* const> args)>
      check_constants;
};

struct FunctionDecl {
  std::string name;
  std::vector<Overload> overloads;
};

struct Variable {
  // May have dots: `a.b.c`.
  std::string name;
  Type type;
  // The message field that it is, or null; for MapKeysHook.
  const google::protobuf::FieldDescriptor* field = nullptr;
};

// A named constant: an enum value, whose number it is.
struct EnumConstant {
  std::string qualified_name;
  std::int32_t number = 0;
  // The enum in rules mode, int in conformance mode.
  Type type;
};

// What a name stands for, apart from the variables of folds and lets.
struct ResolvedName {
  enum class Kind : std::uint8_t { kNothing, kVariable, kConstant, kType };

  Kind kind = Kind::kNothing;
  // kVariable: into Environment::variables().
  int index = -1;
  // kConstant.
  std::int32_t number = 0;
  // kConstant: its type. kType: the type that the name stands for.
  Type type;
  // The full name.
  std::string name;
};

// The keys that a map field may have, or nullopt where any may stand.
using MapKeysHook = std::function<absl::optional<std::vector<std::string>>(
    const google::protobuf::FieldDescriptor* field)>;

class Environment {
 public:
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  Mode mode() const { return mode_; }

  bool is_rules() const { return mode_ == Mode::kRules; }

  const google::protobuf::DescriptorPool& descriptor_pool() const {
    return *pool_;
  }

  absl::string_view container() const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return container_;
  }

  const std::vector<Macro>& macros() const { return macros_; }

  bool optional_syntax() const { return optional_syntax_; }

  // In the order of AddVariable(); the place is what references and
  // activations call the variable's index.
  const std::vector<Variable>& variables() const { return variables_; }

  // -1 where there is none. Exact name, no container.
  int FindVariable(absl::string_view name) const;

  // Null where there is none. Exact name, no container.
  const FunctionDecl* FindFunction(absl::string_view name) const;

  // `pkg.Enum.VALUE` in the descriptor pool, or `Enum.VALUE` of an added enum.
  absl::optional<EnumConstant> FindEnumConstant(absl::string_view name) const;

  // All values of added enums with this bare name; more than one is ambiguous.
  absl::Span<const EnumConstant> FindBareEnumConstant(
      absl::string_view name) const;

  // An added enum by name, or null.
  std::shared_ptr<const EnumType> FindEnum(absl::string_view name) const;

  // The type that a type name stands for (`int`, `pkg.Message`, an opaque
  // type): not type(T) but T. nullopt where it is none.
  absl::optional<Type> FindTypeName(absl::string_view name) const;

  // Null where the pool has none. Exact full name.
  const google::protobuf::Descriptor* FindMessage(absl::string_view name) const;

  // The field of a message by its proto name, or an extension by its full
  // name; null where there is none.
  const google::protobuf::FieldDescriptor* FindField(
      const google::protobuf::Descriptor* message,
      absl::string_view name) const;

  // The type that selecting the field gives.
  Type FieldType(const google::protobuf::FieldDescriptor* field) const;

  // See MapKeysHook.
  absl::optional<std::vector<std::string>> MapKeys(
      const google::protobuf::FieldDescriptor* field) const;

  // The first of CandidateNames() that is a variable, an enum constant or a
  // type; else the enum value that goes by this bare name, if only one does.
  // The answer is remembered: descriptor pools take their time to say no, and
  // the expressions of one host ask for the same names again and again.
  std::shared_ptr<const ResolvedName> ResolveName(absl::string_view name) const;

  // The names that `name` may stand for in the container, in the order in
  // which they are tried: with container `A.B`, `A.B.a`, `A.a`, `a`. A leading
  // dot leaves the last only.
  std::vector<std::string> CandidateNames(absl::string_view name) const;

  // Names for "did you mean": variables, bare and qualified enum values;
  // functions and macros.
  std::vector<std::string> IdentifierNames() const;
  std::vector<std::string> FunctionNames() const;

 private:
  friend class EnvironmentBuilder;
  Environment() = default;

  // The most names that ResolveName() remembers, and their bytes: a stranger's
  // expressions may have any number of them, of any length.
  static constexpr std::size_t kMaxRemembered = 10'000;
  static constexpr std::size_t kMaxRememberedBytes = 200;

  ResolvedName LookUp(absl::string_view name) const;

  // The type of one element of the field.
  Type SingularFieldType(const google::protobuf::FieldDescriptor* field) const;

  Mode mode_ = Mode::kConformance;
  const google::protobuf::DescriptorPool* pool_ = nullptr;
  std::string container_;
  std::vector<Macro> macros_;
  bool optional_syntax_ = false;
  std::vector<Variable> variables_;
  absl::flat_hash_map<std::string, int> variable_index_;
  // Nodes stay where they are: checked expressions point at overloads.
  absl::node_hash_map<std::string, FunctionDecl> functions_;
  std::vector<std::shared_ptr<const EnumType>> enums_;
  absl::flat_hash_map<std::string, std::vector<EnumConstant>> bare_constants_;
  absl::flat_hash_map<const google::protobuf::EnumDescriptor*,
                      std::shared_ptr<const EnumType>>
      enum_by_descriptor_;
  absl::flat_hash_map<std::string, Type> type_names_;
  MapKeysHook map_keys_;
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::shared_ptr<const ResolvedName>>
      remembered_;
};

// Collects what an Environment is made of. Mistakes of the host (a name twice,
// two overloads that no call could tell apart) come out of Build().
class EnvironmentBuilder {
 public:
  // The pool is protobuf's generated pool, macros are StandardMacros(), the
  // container is empty.
  explicit EnvironmentBuilder(Mode mode);

  Mode mode() const { return mode_; }

  // The pool must outlive the environment.
  EnvironmentBuilder& set_descriptor_pool(
      const google::protobuf::DescriptorPool* pool);
  EnvironmentBuilder& set_container(absl::string_view container);
  // `e.?f`, `e[?i]`, `[?e]`, `{?k: v}`, `M{?f: v}`.
  EnvironmentBuilder& set_optional_syntax(bool enabled);
  EnvironmentBuilder& set_map_keys(MapKeysHook hook);

  // Leaves no macros at all, not even the standard ones.
  EnvironmentBuilder& ClearMacros();
  EnvironmentBuilder& AddMacro(Macro macro);
  EnvironmentBuilder& AddMacros(const std::vector<Macro>& macros);

  // Returns the variable's index. `field` is the message field that the
  // variable is, if it is one.
  int AddVariable(absl::string_view name, const Type& type,
                  const google::protobuf::FieldDescriptor* field = nullptr);

  // Adds overloads to a function, which comes into being with the first.
  EnvironmentBuilder& AddFunction(FunctionDecl decl);

  // In rules mode fields of `enum_type.descriptor` get this type, its values
  // resolve as `Enum.VALUE`, and by bare name where no other enum has it. In
  // conformance mode the values are ints.
  EnvironmentBuilder& AddEnum(EnumType enum_type);

  // Makes `name` a type name; for opaque types and for messages under another
  // name.
  EnvironmentBuilder& AddTypeName(absl::string_view name, const Type& type);

  absl::StatusOr<std::shared_ptr<const Environment>> Build() &&;

 private:
  void Fail(const std::string& message);
  void BuildFunctions(Environment& environment);
  void BuildEnums(Environment& environment);

  Mode mode_;
  const google::protobuf::DescriptorPool* pool_;
  std::string container_;
  bool optional_syntax_ = false;
  MapKeysHook map_keys_;
  std::vector<Macro> macros_;
  std::vector<Variable> variables_;
  std::vector<FunctionDecl> functions_;
  std::vector<EnumType> enums_;
  std::vector<std::pair<std::string, Type>> type_names_;
  absl::Status status_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_ENVIRONMENT_H_
