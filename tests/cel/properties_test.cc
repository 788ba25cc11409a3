// What holds for every expression, tried on generated ones. The seed and the
// number of cases can be set: KLAUSUL_PROPERTY_SEED, KLAUSUL_PROPERTY_CASES.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/everything.h"
#include "tests/cel/expression_generator.h"
#include "tests/cel/fits_type.h"
#include "tests/cel/round_trip.h"

namespace klausul::cel {
namespace {

constexpr int kDefaultCases = 400;
constexpr std::uint64_t kDefaultSeed = 20261123;

template <typename T>
T FromEnvironment(const char* name, T fallback) {
  const char* text = std::getenv(name);
  T value = 0;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : fallback;
}

class CelPropertiesTest : public testing::Test {
 protected:
  CelPropertiesTest()
      : cases_(FromEnvironment("KLAUSUL_PROPERTY_CASES", kDefaultCases)),
        seed_(FromEnvironment("KLAUSUL_PROPERTY_SEED", kDefaultSeed)) {
    RecordProperty("seed", absl::StrCat(seed_));
  }

  // Null where it does not compile.
  static std::shared_ptr<const CheckedExpr> CompileText(const std::string& text,
                                                        const Everything& host,
                                                        bool type_check) {
    CheckOptions options;
    options.type_check = type_check;
    DiagnosticSink sink;
    return Compile(Source(text), host.environment(), options, sink);
  }

  // The value, in an arena and a context that live as long as this.
  struct Outcome {
    EvalArena arena;
    std::unique_ptr<EvalContext> context;
    std::unique_ptr<Evaluator> evaluator;
    std::vector<Value> values;
    Value value;
    std::string text;
  };

  static std::unique_ptr<Outcome> EvaluateIn(
      Everything& host, std::shared_ptr<const CheckedExpr> checked) {
    auto outcome = std::make_unique<Outcome>();
    outcome->context = std::make_unique<EvalContext>(
        outcome->arena, *host.environment(), host.options());
    outcome->evaluator = std::make_unique<Evaluator>(std::move(checked));
    outcome->values = host.Values(*outcome->context);
    outcome->value = outcome->evaluator->Evaluate(
        VectorActivation(outcome->values), *outcome->context);
    outcome->context->ResetSteps();
    outcome->text = DebugString(outcome->value, *outcome->context);
    outcome->context->ResetSteps();
    return outcome;
  }

  const int cases_;
  const std::uint64_t seed_;
};

TEST_F(CelPropertiesTest, WhatIsPrintedParsesBackToTheSameTree) {
  const Everything host(Mode::kConformance);
  ParseOptions options;
  options.macros = &host.environment()->macros();
  options.optional_syntax = true;
  ExpressionGenerator generator(seed_);
  generator.set_wrong_percent(5);
  for (int i = 0; i < cases_; ++i) {
    const std::string text = generator.Next(1 + i % 7);
    DiagnosticSink sink;
    ASSERT_NE(Parse(Source(text), options, sink), nullptr) << text << "\n"
                                                           << sink.RenderAll();
    ASSERT_EQ(RoundTripFault(text, options), "") << "seed " << seed_ << "\n"
                                                 << text;
  }
}

// Any tokens in any order: most of it is no expression, and what is one, is
// one that nobody would write.
TEST_F(CelPropertiesTest, AnyTokensEndInATreeOrInErrors) {
  static const std::vector<std::string> kTokens = {
      "a",           "b.c", "(",   ")",      "[",    "]",   "{",
      "}",           ",",   ":",   "?",      "!",    "-",   "- ",
      "+",           "*",   "==",  "&&",     "||",   "in",  "1",
      "2u",          "1.5", "'s'", "b'y'",   "null", ".f(", ".all(x, ",
      "has(a.b)",    ".?",  "[?",  "// c\n", "\n",   " ",   "`q r`",
      ".`x-y`",      "M{",  "f: ", "true",   "not",  "and", "\"\"\"m\nn\"\"\"",
      "cel.bind(v, "};
  const Everything host(Mode::kConformance);
  ParseOptions options;
  options.macros = &host.environment()->macros();
  options.optional_syntax = true;
  std::mt19937_64 random(seed_);
  int trees = 0;
  for (int i = 0; i < 5 * cases_; ++i) {
    std::string text;
    for (std::uint64_t n = 1 + random() % 9; n > 0; --n) {
      absl::StrAppend(&text, kTokens[random() % kTokens.size()]);
    }
    DiagnosticSink sink;
    const auto ast = Parse(Source(text), options, sink);
    ASSERT_EQ(ast == nullptr, sink.has_errors()) << text;
    ASSERT_EQ(RoundTripFault(text, options), "") << "seed " << seed_ << "\n"
                                                 << text;
    trees += ast == nullptr ? 0 : 1;
  }
  EXPECT_GT(trees, cases_ / 20);
}

TEST_F(CelPropertiesTest, ValuesAreOfTheTypeThatTheCheckerDeduced) {
  for (const Mode mode : {Mode::kConformance, Mode::kRules}) {
    Everything host(mode);
    ExpressionGenerator generator(seed_ + 1);
    generator.set_wrong_percent(2);
    int compiled = 0;
    for (int i = 0; i < cases_; ++i) {
      const std::string text = generator.Next(1 + i % 6);
      const auto checked = CompileText(text, host, /*type_check=*/true);
      if (checked == nullptr) continue;
      ++compiled;
      const auto outcome = EvaluateIn(host, checked);
      ASSERT_TRUE(FitsType(outcome->value, *checked, *outcome->context))
          << "seed " << seed_ << "\n"
          << text << "\n"
          << checked->result_type() << " but " << outcome->text;
    }
    EXPECT_GT(compiled, cases_ / 4);
  }
}

// The type check only refuses: what it lets through means the same without it.
TEST_F(CelPropertiesTest, TheTypeCheckChangesNoValue) {
  Everything host(Mode::kConformance);
  ExpressionGenerator generator(seed_ + 2);
  generator.set_wrong_percent(1);
  int compared = 0;
  for (int i = 0; i < cases_; ++i) {
    const std::string text = generator.Next(1 + i % 6);
    const auto checked = CompileText(text, host, /*type_check=*/true);
    const auto unchecked = CompileText(text, host, /*type_check=*/false);
    ASSERT_NE(unchecked, nullptr) << text;
    const auto without = EvaluateIn(host, unchecked);
    if (checked == nullptr) continue;
    const auto with = EvaluateIn(host, checked);
    if (with->value.is_error() && without->value.is_error()) continue;
    ++compared;
    ASSERT_EQ(with->text, without->text) << "seed " << seed_ << "\n" << text;
  }
  EXPECT_GT(compared, cases_ / 8);
}

// Where every field is set, rules mode and conformance mode agree.
TEST_F(CelPropertiesTest, ModesAgreeWhereEverythingIsStated) {
  Everything conformance(Mode::kConformance);
  Everything rules(Mode::kRules);
  ExpressionGenerator generator(seed_ + 3);
  generator.set_plan_only(true);
  int compared = 0;
  for (int i = 0; i < cases_; ++i) {
    const std::string text = generator.Next(1 + i % 6);
    const auto one = CompileText(text, conformance, /*type_check=*/true);
    const auto other = CompileText(text, rules, /*type_check=*/true);
    if (one == nullptr || other == nullptr) continue;
    const auto a = EvaluateIn(conformance, one);
    const auto b = EvaluateIn(rules, other);
    if (a->value.is_error() && b->value.is_error()) continue;
    ++compared;
    ASSERT_EQ(a->text, b->text) << "seed " << seed_ << "\n" << text;
  }
  EXPECT_GT(compared, cases_ / 8);
}

}  // namespace
}  // namespace klausul::cel
