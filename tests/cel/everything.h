#ifndef KLAUSUL_TESTS_CEL_EVERYTHING_H_
#define KLAUSUL_TESTS_CEL_EVERYTHING_H_

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"

#include "service/cel/evaluator.h"
#include "service/cel/extensions/extensions.h"
#include "service/cel/standard_library.h"
#include "tests/cel/checker_fixture.h"

namespace klausul::cel {

// A host that offers all there is: the standard library, every extension, and
// a bound variable of every type. For tests and fuzzers that throw anything at
// the language.
class Everything {
 public:
  explicit Everything(Mode mode) : mode_(mode), factory_(PlanPool()) {
    EnvironmentBuilder builder(mode);
    builder.set_descriptor_pool(PlanPool())
        .set_container("shop")
        .set_optional_syntax(true);
    if (!AddStandardLibrary(builder).ok()) std::abort();
    AddAllExtensions(builder);
    if (mode == Mode::kRules) {
      builder.AddEnum({"Kind",
                       {{"OPEN", 1}, {"OTHER", 2}},
                       PlanPool()->FindEnumTypeByName("shop.Kind")});
    }
    builder.AddVariable("plan", Type::Message(PlanMessage("Plan")));
    builder.AddVariable("b", Type::Bool());
    builder.AddVariable("i", Type::Int());
    builder.AddVariable("u", Type::Uint());
    builder.AddVariable("d", Type::Double());
    builder.AddVariable("s", Type::String());
    builder.AddVariable("y", Type::Bytes());
    builder.AddVariable("t", Type::Timestamp());
    builder.AddVariable("p", Type::Duration());
    builder.AddVariable("l", Type::List(Type::Int()));
    builder.AddVariable("ls", Type::List(Type::String()));
    builder.AddVariable("m", Type::Map(Type::String(), Type::Int()));
    builder.AddVariable("w", Type::Wrapper(Type::Int()));
    builder.AddVariable("o", Type::Optional(Type::Int()));
    builder.AddVariable("x", Type::Dyn());
    auto built = std::move(builder).Build();
    if (!built.ok()) std::abort();
    environment_ = *std::move(built);
    plan_.reset(factory_.GetPrototype(PlanMessage("Plan"))->New());
    if (!google::protobuf::TextFormat::ParseFromString(kPlan, plan_.get())) {
      std::abort();
    }
    options_.message_factory = &factory_;
    options_.step_limit = 20'000;
  }

  const std::shared_ptr<const Environment>& environment() const {
    return environment_;
  }

  EvalOptions& options() { return options_; }

  // The variables' values; some live in the context's arena.
  std::vector<Value> Values(EvalContext& context) const {
    static const AttributePath kPath("plan");
    const std::vector<Value> numbers = {Value::Int(3), Value::Int(-1),
                                        Value::Int(2)};
    const std::vector<Value> words = {
        Value::String("a"), Value::String("b\u00E6"), Value::String("")};
    const std::vector<MapEntry> entries = {{Value::String("a"), Value::Int(1)},
                                           {Value::String("b"), Value::Int(2)}};
    return {Value::Message(*plan_, mode_ == Mode::kRules ? &kPath : nullptr,
                           context),
            Value::Bool(true),
            Value::Int(7),
            Value::Uint(9),
            Value::Double(2.5),
            Value::String("abc \u00F8\U0001F600"),
            Value::Bytes("\x01\xFFz"),
            Value::Timestamp({1'767'225'600, 5}),
            Value::Duration({3600, 0}),
            Value::List(numbers, context.arena()),
            Value::List(words, context.arena()),
            MakeMap(entries, context),
            Value::Null(),
            Value::Optional(Value::Int(4), context.arena()),
            Value::List(words, context.arena())};
  }

 private:
  // Every field says something, those of its parts included.
  static constexpr char kPlan[] = R"pb(
    kind : KIND_OPEN
    title : "t"
    count : 3
    size : 4
    share : 0.5
    blob : "\001\377"
    ready : true
    value {units : 12}
    codes : "one"
    codes : "two"
    lots {title : "l1" count : 1 ready : true}
    lots {title : "l2" count : 2 ready : true}
    clauses {
      key : "wages"
      value {included : true}
    }
    limit {value : 5}
    label {value : "label"}
    sent {seconds : 1767225600}
    period {seconds : 60}
    json {
      list_value {
        values {number_value : 1}
        values {string_value : "j"}
      }
    }
    object {
      fields {
        key : "k"
        value {bool_value : true}
      }
    }
    buyer : BUYER_STATE
    by_number {key : 1 value : "one"}
  )pb";

  Mode mode_;
  google::protobuf::DynamicMessageFactory factory_;
  std::shared_ptr<const Environment> environment_;
  std::unique_ptr<google::protobuf::Message> plan_;
  EvalOptions options_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_EVERYTHING_H_
