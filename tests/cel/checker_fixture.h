#ifndef KLAUSUL_TESTS_CEL_CHECKER_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_CHECKER_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"

#include "service/cel/cel.h"
#include "tests/cel/describe.h"

namespace klausul::cel {

// A pool of its own with a small plan and the well-known types.
inline const google::protobuf::DescriptorPool* PlanPool() {
  static constexpr char kFile[] = R"pb(
    name : "plan.proto"
    package : "shop"
    syntax : "proto3"
    dependency : "google/protobuf/any.proto"
    dependency : "google/protobuf/duration.proto"
    dependency : "google/protobuf/struct.proto"
    dependency : "google/protobuf/timestamp.proto"
    dependency : "google/protobuf/wrappers.proto"
    enum_type {
      name : "Kind"
      value {name : "KIND_UNSPECIFIED" number : 0}
      value {name : "KIND_OPEN" number : 1}
      value {name : "KIND_OTHER" number : 2}
    }
    enum_type {
      name : "Buyer"
      value {name : "BUYER_UNSPECIFIED" number : 0}
      value {name : "BUYER_STATE" number : 1}
      value {name : "BUYER_OTHER" number : 2}
    }
    message_type {
      name : "Money"
      field {name : "units" number : 1 type : TYPE_INT64 label : LABEL_OPTIONAL}
    }
    message_type {
      name : "Clause"
      field {
        name : "included"
        number : 1
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
      }
    }
    message_type {
      name : "Plan"
      field {
        name : "kind"
        number : 1
        type : TYPE_ENUM
        type_name : ".shop.Kind"
        label : LABEL_OPTIONAL
      }
      field {
        name : "title"
        number : 2
        type : TYPE_STRING
        label : LABEL_OPTIONAL
      }
      field {name : "count" number : 3 type : TYPE_INT32 label : LABEL_OPTIONAL}
      field {name : "size" number : 4 type : TYPE_UINT64 label : LABEL_OPTIONAL}
      field {name : "share" number : 5 type : TYPE_FLOAT label : LABEL_OPTIONAL}
      field {name : "blob" number : 6 type : TYPE_BYTES label : LABEL_OPTIONAL}
      field {name : "ready" number : 7 type : TYPE_BOOL label : LABEL_OPTIONAL}
      field {
        name : "value"
        number : 8
        type : TYPE_MESSAGE
        type_name : ".shop.Money"
        label : LABEL_OPTIONAL
      }
      field {
        name : "codes"
        number : 9
        type : TYPE_STRING
        label : LABEL_REPEATED
      }
      field {
        name : "lots"
        number : 10
        type : TYPE_MESSAGE
        type_name : ".shop.Plan"
        label : LABEL_REPEATED
      }
      field {
        name : "clauses"
        number : 11
        type : TYPE_MESSAGE
        type_name : ".shop.Plan.ClausesEntry"
        label : LABEL_REPEATED
      }
      field {
        name : "limit"
        number : 12
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Int64Value"
        label : LABEL_OPTIONAL
      }
      field {
        name : "label"
        number : 13
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.StringValue"
        label : LABEL_OPTIONAL
      }
      field {
        name : "sent"
        number : 14
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Timestamp"
        label : LABEL_OPTIONAL
      }
      field {
        name : "period"
        number : 15
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Duration"
        label : LABEL_OPTIONAL
      }
      field {
        name : "extra"
        number : 16
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Any"
        label : LABEL_OPTIONAL
      }
      field {
        name : "json"
        number : 17
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Value"
        label : LABEL_OPTIONAL
      }
      field {
        name : "object"
        number : 18
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Struct"
        label : LABEL_OPTIONAL
      }
      field {
        name : "buyer"
        number : 19
        type : TYPE_ENUM
        type_name : ".shop.Buyer"
        label : LABEL_OPTIONAL
      }
      field {
        name : "by_number"
        number : 20
        type : TYPE_MESSAGE
        type_name : ".shop.Plan.ByNumberEntry"
        label : LABEL_REPEATED
      }
      nested_type {
        name : "ClausesEntry"
        field {
          name : "key"
          number : 1
          type : TYPE_STRING
          label : LABEL_OPTIONAL
        }
        field {
          name : "value"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".shop.Clause"
          label : LABEL_OPTIONAL
        }
        options {map_entry : true}
      }
      nested_type {
        name : "ByNumberEntry"
        field {name : "key" number : 1 type : TYPE_INT64 label : LABEL_OPTIONAL}
        field {
          name : "value"
          number : 2
          type : TYPE_STRING
          label : LABEL_OPTIONAL
        }
        options {map_entry : true}
      }
    }
  )pb";
  static const auto* pool = [] {
    auto* made = new google::protobuf::DescriptorPool();
    const auto add = [made](const google::protobuf::FileDescriptor* file) {
      google::protobuf::FileDescriptorProto proto;
      file->CopyTo(&proto);
      made->BuildFile(proto);
    };
    add(google::protobuf::Any::descriptor()->file());
    add(google::protobuf::Duration::descriptor()->file());
    add(google::protobuf::Struct::descriptor()->file());
    add(google::protobuf::Timestamp::descriptor()->file());
    add(google::protobuf::Int64Value::descriptor()->file());
    google::protobuf::FileDescriptorProto proto;
    google::protobuf::TextFormat::ParseFromString(kFile, &proto);
    made->BuildFile(proto);
    return made;
  }();
  return pool;
}

inline const google::protobuf::Descriptor* PlanMessage(absl::string_view name) {
  return PlanPool()->FindMessageTypeByName(
      absl::StrCat("shop.", std::string(name)));
}

inline Overload MakeOverload(absl::string_view id, std::vector<Type> args,
                             const Type& result, bool receiver_style = false) {
  Overload overload;
  overload.id = std::string(id);
  overload.receiver_style = receiver_style;
  overload.args = std::move(args);
  overload.result = result;
  return overload;
}

// Declarations like the standard library's, without what they do: these tests
// are about types.
inline void AddSomeFunctions(EnvironmentBuilder& builder) {
  const Type a = Type::Param("A");
  const Type b = Type::Param("B");
  const auto numbers = [](absl::string_view name) {
    FunctionDecl decl{std::string(name), {}};
    for (const Type& type : {Type::Int(), Type::Uint(), Type::Double()}) {
      decl.overloads.push_back(
          MakeOverload(absl::StrCat(std::string(name), type.ToString()),
                       {type, type}, type));
    }
    return decl;
  };
  for (const absl::string_view name : {op::kSubtract, op::kMultiply}) {
    builder.AddFunction(numbers(name));
  }
  FunctionDecl add = numbers(op::kAdd);
  add.overloads.push_back(MakeOverload(
      "add_string", {Type::String(), Type::String()}, Type::String()));
  add.overloads.push_back(
      MakeOverload("add_list", {Type::List(a), Type::List(a)}, Type::List(a)));
  builder.AddFunction(add);
  for (const absl::string_view name : {op::kLess, op::kGreater}) {
    FunctionDecl decl = numbers(name);
    for (Overload& overload : decl.overloads)
      overload.result = Type::Bool();
    builder.AddFunction(decl);
  }
  builder.AddFunction(
      {std::string(op::kEquals), {MakeOverload("eq", {a, a}, Type::Bool())}});
  builder.AddFunction({std::string(op::kNot),
                       {MakeOverload("not", {Type::Bool()}, Type::Bool())}});
  builder.AddFunction(
      {std::string(op::kNegate),
       {MakeOverload("neg_int", {Type::Int()}, Type::Int()),
        MakeOverload("neg_double", {Type::Double()}, Type::Double())}});
  builder.AddFunction(
      {std::string(op::kIn),
       {MakeOverload("in_list", {a, Type::List(a)}, Type::Bool()),
        MakeOverload("in_map", {a, Type::Map(a, b)}, Type::Bool())}});
  builder.AddFunction(
      {std::string(op::kIndex),
       {MakeOverload("index_list", {Type::List(a), Type::Int()}, a),
        MakeOverload("index_map", {Type::Map(a, b), a}, b)}});
  builder.AddFunction(
      {"size",
       {MakeOverload("size_list", {Type::List(a)}, Type::Int()),
        MakeOverload("size_string", {Type::String()}, Type::Int()),
        MakeOverload("size_string_method", {Type::String()}, Type::Int(),
                     true)}});
  builder.AddFunction(
      {"contains",
       {MakeOverload("contains", {Type::String(), Type::String()}, Type::Bool(),
                     true)}});
  builder.AddFunction({"dyn", {MakeOverload("to_dyn", {a}, Type::Dyn())}});
  builder.AddFunction({"type", {MakeOverload("type", {a}, Type::TypeOf(a))}});
  builder.AddFunction(
      {"optional.of", {MakeOverload("some", {a}, Type::Optional(a))}});
  builder.AddFunction(
      {"optional.none", {MakeOverload("none", {}, Type::Optional(a))}});
}

inline EnvironmentBuilder PlanBuilder(Mode mode) {
  EnvironmentBuilder builder(mode);
  builder.set_descriptor_pool(PlanPool())
      .set_container("shop")
      .set_optional_syntax(true)
      .AddMacros(BindMacros())
      .AddMacros(TwoVariableMacros());
  AddSomeFunctions(builder);
  const auto* plan = PlanMessage("Plan");
  builder.AddVariable("plan", Type::Message(plan));
  return builder;
}

// What a rule author sees: enums are types, clauses have certain names only,
// money compares and adds.
inline std::shared_ptr<const Environment> RulesEnvironment() {
  EnvironmentBuilder builder = PlanBuilder(Mode::kRules);
  const auto* plan = PlanMessage("Plan");
  const Type money = Type::Message(PlanMessage("Money"));
  builder.AddVariable(
      "clauses",
      Type::Map(Type::String(), Type::Message(PlanMessage("Clause"))),
      plan->FindFieldByName("clauses"));
  builder.AddVariable("price", money);
  builder.AddEnum({"Kind",
                   {{"OPEN", 1}, {"OTHER", 2}},
                   PlanPool()->FindEnumTypeByName("shop.Kind")});
  builder.AddEnum({"Buyer",
                   {{"STATE", 1}, {"OTHER", 2}},
                   PlanPool()->FindEnumTypeByName("shop.Buyer")});
  builder.AddFunction(
      {std::string(op::kEquals),
       {MakeOverload("eq_money", {money, money}, Type::Bool())}});
  builder.AddFunction({std::string(op::kAdd),
                       {MakeOverload("add_money", {money, money}, money)}});
  builder.AddFunction(
      {"days_between",
       {MakeOverload("days_between", {Type::Timestamp(), Type::Timestamp()},
                     Type::Int())}});
  Overload checked =
      MakeOverload("in_cpv", {Type::String(), Type::String()}, Type::Bool(),
                   /*receiver_style=*/true);
  checked.check_constants =
      [](absl::Span<const Constant* const> args) -> absl::Status {
    if (args[1] == nullptr || args[1]->text.size() == 8) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError("a CPV code has eight digits");
  };
  builder.AddFunction({"in_cpv", {checked}});
  builder.set_map_keys([](const google::protobuf::FieldDescriptor* field)
                           -> absl::optional<std::vector<std::string>> {
    if (field->name() != "clauses") return absl::nullopt;
    return std::vector<std::string>{"wages", "apprentices"};
  });
  auto environment = std::move(builder).Build();
  return environment.ok() ? *environment : nullptr;
}

inline std::shared_ptr<const Environment> ConformanceEnvironment() {
  EnvironmentBuilder builder = PlanBuilder(Mode::kConformance);
  builder.AddVariable("x", Type::Int());
  builder.AddVariable("any", Type::Any());
  builder.AddVariable("unknown", Type::Dyn());
  builder.AddVariable("a.b", Type::Map(Type::String(), Type::Int()));
  builder.AddVariable("a.b.c", Type::String());
  builder.AddVariable("shop.y", Type::Double());
  builder.AddVariable("y", Type::Int());
  builder.AddFunction(
      {"shop.f", {MakeOverload("shop_f", {Type::Int()}, Type::String())}});
  auto environment = std::move(builder).Build();
  return environment.ok() ? *environment : nullptr;
}

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_CHECKER_FIXTURE_H_
