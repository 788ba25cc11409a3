#include "service/cel/conformance_runner.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/base/status_macros.h"
#include "service/cel/cel.h"
#include "service/cel/conformance_convert.h"
#include "service/cel/evaluator.h"
#include "service/cel/extensions/extensions.h"
#include "service/cel/parser.h"
#include "service/cel/standard_library.h"

namespace klausul::cel {
namespace {

using google::protobuf::Message;

// The functions that every test has.
absl::Status AddLibraries(EnvironmentBuilder& builder) {
  RETURN_IF_ERROR(AddStandardLibrary(builder));
  AddAllExtensions(builder);
  return absl::OkStatus();
}

// Whether a library has a function that takes the same arguments: a test may
// declare again what it uses.
bool IsInLibraries(const std::string& name, const Overload& overload) {
  static const auto& libraries = *[] {
    EnvironmentBuilder builder(Mode::kConformance);
    absl::Status added = AddLibraries(builder);
    auto built = std::move(builder).Build();
    return new std::shared_ptr<const Environment>(
        added.ok() && built.ok() ? *std::move(built) : nullptr);
  }();
  const FunctionDecl* function =
      libraries == nullptr ? nullptr : libraries->FindFunction(name);
  if (function == nullptr) return false;
  return std::any_of(
      function->overloads.begin(), function->overloads.end(),
      [&overload](const Overload& other) {
        return other.id == overload.id ||
               (other.receiver_style == overload.receiver_style &&
                other.args == overload.args);
      });
}

absl::Status DeclareFunction(const std::string& name, const Message& decl,
                             const ConformanceSchema& schema,
                             EnvironmentBuilder& builder) {
  FunctionDecl function;
  function.name = name;
  for (const Message* proto : RepeatedField(decl, "overloads")) {
    Overload overload;
    overload.id = StringField(*proto, "overload_id");
    overload.receiver_style = BoolField(*proto, "is_instance_function");
    for (const Message* param : RepeatedField(*proto, "params")) {
      ASSIGN_OR_RETURN(Type type, TypeFromProto(*param, schema.pool()));
      overload.args.push_back(type);
    }
    ASSIGN_OR_RETURN(
        overload.result,
        TypeFromProto(MessageField(*proto, "result_type"), schema.pool()));
    if (IsInLibraries(name, overload)) continue;
    function.overloads.push_back(std::move(overload));
  }
  builder.AddFunction(std::move(function));
  return absl::OkStatus();
}

// The indices of a test's variables.
using Variables = absl::flat_hash_map<std::string, int>;

absl::Status Declare(const Message& test, const ConformanceSchema& schema,
                     EnvironmentBuilder& builder, Variables& variables) {
  for (const Message* decl : RepeatedField(test, "type_env")) {
    const std::string name = StringField(*decl, "name");
    if (OneofCase(*decl, "decl_kind") == "function") {
      RETURN_IF_ERROR(DeclareFunction(name, MessageField(*decl, "function"),
                                      schema, builder));
      continue;
    }
    ASSIGN_OR_RETURN(
        const Type type,
        TypeFromProto(MessageField(MessageField(*decl, "ident"), "type"),
                      schema.pool()));
    variables[name] = builder.AddVariable(name, type);
  }
  // Without a type check a variable is whatever is bound.
  for (const Message* binding : RepeatedField(test, "bindings")) {
    const std::string name = StringField(*binding, "key");
    if (!variables.contains(name)) {
      variables[name] = builder.AddVariable(name, Type::Dyn());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Environment>> MakeEnvironment(
    const Message& test, const ConformanceSchema& schema,
    Variables& variables) {
  EnvironmentBuilder builder(Mode::kConformance);
  builder.set_descriptor_pool(&schema.pool())
      .set_container(StringField(test, "container"));
  RETURN_IF_ERROR(AddLibraries(builder));
  if (BoolField(test, "disable_macros")) builder.ClearMacros();
  RETURN_IF_ERROR(Declare(test, schema, builder, variables));
  return std::move(builder).Build();
}

// One test, from its message to its outcome.
class TestRun {
 public:
  TestRun(const Message& test, ConformanceSchema& schema,
          ConformanceOutcome& outcome)
      : test_(test),
        schema_(schema),
        outcome_(outcome),
        matcher_(OneofCase(test, "result_matcher")) {}

  absl::Status Run() {
    Variables variables;
    ASSIGN_OR_RETURN(environment_, MakeEnvironment(test_, schema_, variables));
    EvalOptions options;
    options.message_factory = &schema_.factory();
    EvalContext context(arena_, *environment_, options);
    std::shared_ptr<const CheckedExpr> checked = Compile();
    if (checked == nullptr) return absl::OkStatus();
    if (!CheckType(*checked)) return absl::OkStatus();
    // A test of a type may say nothing of the value.
    const bool only_type =
        matcher_ == "typed_result" &&
        !HasMessageField(MessageField(test_, matcher_), "result");
    if (BoolField(test_, "check_only") || only_type) {
      outcome_.passed = true;
      return absl::OkStatus();
    }
    const Evaluator evaluator(checked);
    const std::vector<Value> values = Bindings(variables, context);
    Judge(evaluator.Evaluate(VectorActivation(values), context), context);
    return absl::OkStatus();
  }

 private:
  bool WantsError() const {
    return matcher_ == "eval_error" || matcher_ == "any_eval_errors";
  }

  // Null with the outcome decided where it does not parse or check.
  std::shared_ptr<const CheckedExpr> Compile() {
    DiagnosticSink sink;
    auto source = std::make_shared<SourceFile>("test", outcome_.expression);
    CheckOptions options;
    options.type_check = !BoolField(test_, "disable_check");
    std::shared_ptr<const CheckedExpr> checked =
        cel::Compile(source, environment_, options, sink);
    if (checked == nullptr) {
      outcome_.passed = WantsError();
      outcome_.expected = "an expression that compiles";
      outcome_.actual = sink.diagnostics().empty()
                            ? "no expression"
                            : sink.diagnostics().front().message;
    }
    return checked;
  }

  // False with the outcome decided where the deduced type is another.
  bool CheckType(const CheckedExpr& checked) {
    if (matcher_ != "typed_result") return true;
    const Message& typed = MessageField(test_, matcher_);
    const absl::StatusOr<Type> want =
        TypeFromProto(MessageField(typed, "deduced_type"), schema_.pool());
    if (want.ok() && SameType(*want, checked.result_type())) return true;
    outcome_.expected =
        want.ok() ? want->ToString() : std::string(want.status().message());
    outcome_.actual = checked.result_type().ToString();
    return false;
  }

  std::vector<Value> Bindings(const Variables& variables,
                              EvalContext& context) {
    std::vector<Value> values(
        environment_->variables().size(),
        context.Error(ErrorCode::kUnknownIdentifier, "not bound"));
    for (const Message* decl : RepeatedField(test_, "type_env")) {
      if (OneofCase(*decl, "decl_kind") != "ident") continue;
      const Message& ident = MessageField(*decl, "ident");
      if (!HasMessageField(ident, "value")) continue;
      values[static_cast<std::size_t>(
          variables.at(StringField(*decl, "name")))] =
          ValueFromConstant(MessageField(ident, "value"), context);
    }
    for (const Message* binding : RepeatedField(test_, "bindings")) {
      const std::string name = StringField(*binding, "key");
      values[static_cast<std::size_t>(variables.at(name))] =
          ValueFromExprValue(MessageField(*binding, "value"), name, context);
    }
    return values;
  }

  void Judge(const Value& got, EvalContext& context) {
    outcome_.actual = DebugString(got, context);
    if (WantsError()) {
      outcome_.passed = got.is_error();
      outcome_.expected = "an error";
      return;
    }
    if (matcher_ == "unknown" || matcher_ == "any_unknowns") {
      outcome_.passed = got.is_unknown();
      outcome_.expected = "an unknown";
      return;
    }
    Value want = Value::Bool(true);
    if (matcher_ == "value") {
      want = ValueFromProto(MessageField(test_, matcher_), context);
    } else if (matcher_ == "typed_result") {
      want = ValueFromProto(
          MessageField(MessageField(test_, matcher_), "result"), context);
    }
    outcome_.passed = !want.is_error() && SameValue(want, got, context);
    outcome_.expected = DebugString(want, context);
  }

  const Message& test_;
  ConformanceSchema& schema_;
  ConformanceOutcome& outcome_;
  std::string matcher_;
  // Values point into it, and it outlives them.
  EvalArena arena_;
  std::shared_ptr<const Environment> environment_;
};

}  // namespace

void RunConformanceFile(
    const Message& file, ConformanceSchema& schema,
    const std::function<void(const ConformanceOutcome&)>& report) {
  for (const Message* section : RepeatedField(file, "section")) {
    for (const Message* test : RepeatedField(*section, "test")) {
      ConformanceOutcome outcome;
      outcome.name = absl::StrCat(StringField(*section, "name"), "/",
                                  StringField(*test, "name"));
      outcome.expression = StringField(*test, "expr");
      const absl::Status status = TestRun(*test, schema, outcome).Run();
      if (!status.ok()) {
        outcome.passed = false;
        outcome.expected = "a test that can be set up";
        outcome.actual = std::string(status.message());
      }
      report(outcome);
    }
  }
}

}  // namespace klausul::cel
