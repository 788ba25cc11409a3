#ifndef KLAUSUL_TESTS_CEL_EVAL_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_EVAL_FIXTURE_H_

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "service/cel/cel.h"
#include "service/cel/evaluator.h"
#include "service/cel/macros.h"
#include "service/cel/standard_library.h"
#include "tests/cel/describe.h"

namespace klausul::cel {

// One row of a table: what an expression comes to, as DebugString() has it.
struct EvalCase {
  std::string expression;
  std::string want;

  friend std::ostream& operator<<(std::ostream& out, const EvalCase& test) {
    return out << test.expression;
  }
};

// Messages to read from: an order with presence in every form.
class Shop {
 public:
  Shop() : factory_(&pool_) {
    google::protobuf::FileDescriptorProto file;
    const bool parsed = google::protobuf::TextFormat::ParseFromString(
        R"pb(
          name : "shop.proto"
          package : "shop"
          syntax : "proto3"
          enum_type {
            name : "Kind"
            value {name : "KIND_UNSPECIFIED" number : 0}
            value {name : "KIND_FAST" number : 1}
          }
          message_type {
            name : "Clause"
            field {
              name : "included"
              number : 1
              type : TYPE_BOOL
              label : LABEL_OPTIONAL
              oneof_index : 0
              proto3_optional : true
            }
            field {
              name : "notes"
              number : 2
              type : TYPE_STRING
              label : LABEL_REPEATED
            }
            field {
              name : "rate"
              number : 3
              type : TYPE_INT64
              label : LABEL_OPTIONAL
              oneof_index : 1
              proto3_optional : true
            }
            oneof_decl {name : "_included"}
            oneof_decl {name : "_rate"}
          }
          message_type {
            name : "Order"
            field {
              name : "count"
              number : 1
              type : TYPE_INT64
              label : LABEL_OPTIONAL
              oneof_index : 0
              proto3_optional : true
            }
            field {
              name : "title"
              number : 2
              type : TYPE_STRING
              label : LABEL_OPTIONAL
            }
            field {
              name : "kind"
              number : 3
              type : TYPE_ENUM
              type_name : ".shop.Kind"
              label : LABEL_OPTIONAL
            }
            field {
              name : "part"
              number : 4
              type : TYPE_MESSAGE
              type_name : ".shop.Order"
              label : LABEL_OPTIONAL
            }
            field {
              name : "items"
              number : 5
              type : TYPE_MESSAGE
              type_name : ".shop.Order"
              label : LABEL_REPEATED
            }
            field {
              name : "codes"
              number : 6
              type : TYPE_STRING
              label : LABEL_REPEATED
            }
            field {
              name : "clauses"
              number : 7
              type : TYPE_MESSAGE
              type_name : ".shop.Order.ClausesEntry"
              label : LABEL_REPEATED
            }
            field {
              name : "size"
              number : 8
              type : TYPE_INT32
              label : LABEL_OPTIONAL
            }
            oneof_decl {name : "_count"}
            nested_type {
              name : "ClausesEntry"
              options {map_entry : true}
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
            }
          })pb",
        &file);
    EXPECT_TRUE(parsed);
    EXPECT_NE(pool_.BuildFile(file), nullptr);
  }

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  google::protobuf::MessageFactory& factory() { return factory_; }

  // An order from its text form.
  std::unique_ptr<google::protobuf::Message> Order(const std::string& text) {
    std::unique_ptr<google::protobuf::Message> order(
        factory_.GetPrototype(pool_.FindMessageTypeByName("shop.Order"))
            ->New());
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(text, order.get()));
    return order;
  }

 private:
  google::protobuf::DescriptorPool pool_{
      google::protobuf::DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_;
};

// `stated(e.f)`, as a host would define it.
inline Macro StatedMacro() {
  return {"stated", /*receiver_style=*/false, /*arg_count=*/1,
          [](MacroContext& context, Expr& call) -> Expr* {
            Expr* select = call.args[0];
            return context.NewSelect(select->operand, select->name,
                                     SelectMode::kStated);
          }};
}

// Compiles and evaluates over one variable `order` and what a test adds.
class EvalFixture {
 public:
  explicit EvalFixture(Mode mode) : mode_(mode), builder_(mode) {
    builder_.set_descriptor_pool(&shop_.pool())
        .set_optional_syntax(true)
        .AddMacros(TwoVariableMacros())
        .AddMacros(BindMacros())
        .AddMacro(StatedMacro());
    EXPECT_TRUE(AddStandardLibrary(builder_).ok());
    builder_.AddVariable("order", order_type());
    options_.message_factory = &shop_.factory();
  }

  EnvironmentBuilder& builder() { return builder_; }

  Type order_type() const {
    return Type::Message(shop_.pool().FindMessageTypeByName("shop.Order"));
  }

  EvalOptions& options() { return options_; }

  CheckOptions& check_options() { return check_options_; }

  EvalArena& arena() { return arena_; }

  // A variable besides `order`.
  void Bind(const std::string& name, const Type& type, const Value& value) {
    builder_.AddVariable(name, type);
    extra_.push_back(value);
  }

  void SetOrder(const std::string& text) { order_ = shop_.Order(text); }

  const std::shared_ptr<const Environment>& environment() {
    if (environment_ == nullptr) {
      auto built = std::move(builder_).Build();
      EXPECT_TRUE(built.ok()) << built.status();
      environment_ = *built;
    }
    return environment_;
  }

  // The result; an error value with the diagnostics where it does not compile.
  Value Evaluate(const std::string& expression) {
    DiagnosticSink sink;
    EvalContext context(arena_, *environment(), options_);
    const auto checked =
        Compile(Source(expression), environment(), check_options_, sink);
    if (checked == nullptr) {
      return context.Error(ErrorCode::kInvalidArgument, sink.RenderAll());
    }
    static const AttributePath kOrder("order");
    if (order_ == nullptr) SetOrder("");
    std::vector<Value> values = {Value::Message(
        *order_, mode_ == Mode::kRules ? &kOrder : nullptr, context)};
    values.insert(values.end(), extra_.begin(), extra_.end());
    return cel::Evaluate(checked, VectorActivation(values), arena_, options_);
  }

  std::string Text(const std::string& expression) {
    const Value value = Evaluate(expression);
    EvalContext context(arena_, *environment(), options_);
    return DebugString(value, context);
  }

 private:
  Mode mode_;
  Shop shop_;
  EnvironmentBuilder builder_;
  EvalOptions options_;
  CheckOptions check_options_;
  std::shared_ptr<const Environment> environment_;
  std::unique_ptr<google::protobuf::Message> order_;
  std::vector<Value> extra_;
  EvalArena arena_;
};

// A table of expressions over an order of which all that matters is stated,
// in conformance mode. Each file derives its own.
class EvalTableTest : public testing::TestWithParam<EvalCase> {
 protected:
  void Check() {
    EvalFixture fixture(Mode::kConformance);
    fixture.SetOrder(R"pb(
      count : 2
      title : "T"
      items {count : 1}
      items {count : 5}
      codes : "a"
      clauses {
        key : "wages"
        value {included : true}
      })pb");
    EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
  }
};

// A context to work with values in.
class ValueFixtureTest : public testing::Test {
 protected:
  EvalFixture fixture_{Mode::kConformance};
  EvalArena& arena_ = fixture_.arena();
  EvalContext context_{arena_, *fixture_.environment(), fixture_.options()};
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_EVAL_FIXTURE_H_
