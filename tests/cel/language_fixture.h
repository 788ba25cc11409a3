#ifndef KLAUSUL_TESTS_CEL_LANGUAGE_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_LANGUAGE_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"

#include "service/cel/evaluator.h"
#include "service/cel/extensions/extensions.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {

// The whole language over messages of a pool, with and without a type check.
class LanguageFixture {
 public:
  LanguageFixture(const google::protobuf::DescriptorPool& pool,
                  google::protobuf::MessageFactory& factory,
                  const std::string& container)
      : builder_(Mode::kConformance) {
    builder_.set_descriptor_pool(&pool).set_container(container);
    EXPECT_TRUE(AddStandardLibrary(builder_).ok());
    AddAllExtensions(builder_);
    options_.message_factory = &factory;
  }

  void Bind(const std::string& name, const Type& type, const Value& value) {
    builder_.AddVariable(name, type);
    values_.push_back(value);
  }

  EvalArena& arena() { return arena_; }

  // What the expression comes to; `does not compile` where it does not.
  std::string Text(const std::string& expression, bool type_check) {
    if (environment_ == nullptr) {
      auto built = std::move(builder_).Build();
      EXPECT_TRUE(built.ok()) << built.status();
      environment_ = *built;
    }
    DiagnosticSink sink;
    CheckOptions check_options;
    check_options.type_check = type_check;
    const auto checked =
        Compile(Source(expression), environment_, check_options, sink);
    if (checked == nullptr) return "does not compile";
    const Value value =
        Evaluate(checked, VectorActivation(values_), arena_, options_);
    EvalContext context(arena_, *environment_, options_);
    // Errors by their kind: their words differ with what is known beforehand.
    return value.is_error() ? std::string(ErrorCodeName(value.error().code))
                            : DebugString(value, context);
  }

  // Both ways, where the expression compiles.
  void ExpectBothWays(const EvalCase& test) {
    const std::string checked = Text(test.expression, /*type_check=*/true);
    if (checked != "does not compile") {
      EXPECT_EQ(checked, test.want) << test.expression;
    }
    EXPECT_EQ(Text(test.expression, /*type_check=*/false), test.want)
        << test.expression;
  }

 private:
  EnvironmentBuilder builder_;
  EvalOptions options_;
  std::shared_ptr<const Environment> environment_;
  std::vector<Value> values_;
  EvalArena arena_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_LANGUAGE_FIXTURE_H_
