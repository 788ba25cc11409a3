#ifndef KLAUSUL_TESTS_CEL_EXTENSIONS_EXTENSION_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_EXTENSIONS_EXTENSION_FIXTURE_H_

#include <string>

#include "gtest/gtest.h"

#include "service/cel/extensions/extensions.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {

// Compiles and evaluates with every extension library there is.
class ExtensionFixture {
 public:
  explicit ExtensionFixture(Mode mode = Mode::kConformance) : builder_(mode) {
    EXPECT_TRUE(AddStandardLibrary(builder_).ok());
    AddAllExtensions(builder_);
  }

  EnvironmentBuilder& builder() { return builder_; }

  EvalOptions& options() { return options_; }

  CheckOptions& check_options() { return check_options_; }

  // What the expression comes to, or what is wrong with it.
  std::string Text(const std::string& expression) {
    const auto checked = Compiled(expression);
    if (checked == nullptr) return wrong_;
    const Value value =
        Evaluate(checked, VectorActivation({}), arena_, options_);
    EvalContext context(arena_, *environment_, options_);
    return DebugString(value, context);
  }

  // The type that the checker gives it, or what is wrong with it.
  std::string TypeText(const std::string& expression) {
    const auto checked = Compiled(expression);
    return checked == nullptr ? wrong_ : checked->result_type().ToString();
  }

  std::shared_ptr<const CheckedExpr> Compiled(const std::string& expression) {
    if (environment_ == nullptr) {
      auto built = std::move(builder_).Build();
      EXPECT_TRUE(built.ok()) << built.status();
      environment_ = *built;
    }
    DiagnosticSink sink;
    auto checked =
        Compile(Source(expression), environment_, check_options_, sink);
    if (checked == nullptr) wrong_ = Describe(sink).front();
    return checked;
  }

 private:
  EnvironmentBuilder builder_;
  EvalOptions options_;
  CheckOptions check_options_;
  std::shared_ptr<const Environment> environment_;
  std::string wrong_;
  EvalArena arena_;
};

// A table of expressions and what they come to.
class ExtensionTableTest : public testing::TestWithParam<EvalCase> {
 protected:
  void CheckValue() {
    ExtensionFixture fixture;
    EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
  }

  void CheckType() {
    ExtensionFixture fixture;
    EXPECT_EQ(fixture.TypeText(GetParam().expression), GetParam().want);
  }
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_EXTENSIONS_EXTENSION_FIXTURE_H_
