#include "service/engine/expression_cache.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class ExpressionCacheTest : public testing::Test {
 protected:
  void SetUp() override {
    PlanEnvironmentOptions options;
    plan_ = *BuildPlanEnvironment(options);
    options.for_lots = true;
    lot_ = *BuildPlanEnvironment(options);
  }

  ExpressionScope Scope(const PlanEnvironment& environment) const {
    return {&environment, &parts_, &lot_facts_, options_.calendars.get()};
  }

  static ExpressionRequest Condition(absl::string_view text) {
    return {text, cel::Type::Bool(), false};
  }

  PlanEnvironmentOptions options_;
  ProgramParts parts_;
  absl::flat_hash_set<std::string> lot_facts_;
  PlanEnvironment plan_;
  PlanEnvironment lot_;
  ExpressionCache cache_;
};

TEST_F(ExpressionCacheTest, OneTextIsCompiledOnce) {
  const std::string one = "procedure.kind == OPEN";
  const std::string same = one;
  const auto& first = cache_.Get(Condition(one), Scope(plan_));
  EXPECT_THAT(first.diagnostics, IsEmpty());
  ASSERT_NE(first.expression.evaluator, nullptr);
  EXPECT_EQ(cache_.Get(Condition(same), Scope(plan_)).expression.evaluator,
            first.expression.evaluator);
}

TEST_F(ExpressionCacheTest, WhatDiffersIsCompiledForItself) {
  const std::string text = "size(award.criteria) == 1";
  const auto evaluator = [&](const ExpressionRequest& request,
                             const PlanEnvironment& environment) {
    return cache_.Get(request, Scope(environment)).expression.evaluator;
  };
  const auto first = evaluator(Condition(text), plan_);
  EXPECT_NE(evaluator(Condition(text), lot_), first);
  EXPECT_NE(evaluator({text, {}, false}, plan_), first);
  EXPECT_NE(evaluator({text, cel::Type::Bool(), true}, plan_), first);
}

TEST_F(ExpressionCacheTest, MistakesAreToldEachTime) {
  for (int i = 0; i < 2; ++i) {
    const auto& result = cache_.Get(Condition("nothing == 1"), Scope(plan_));
    EXPECT_THAT(result.diagnostics, SizeIs(1));
    EXPECT_EQ(result.expression.evaluator, nullptr);
  }
}

TEST_F(ExpressionCacheTest, ManyAtOnceAreAsOneByOne) {
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    // Every tenth is wrong, every other one is there twice.
    texts.push_back(absl::StrCat("procedure.tender_count > ", i / 2,
                                 i % 10 == 0 ? " &&" : ""));
  }
  for (const std::string& text : texts)
    cache_.Expect(Condition(text), Scope(plan_));
  cache_.CompileExpected();
  ExpressionCache one_by_one;
  for (const std::string& text : texts) {
    const auto& many = cache_.Get(Condition(text), Scope(plan_));
    const auto& one = one_by_one.Get(Condition(text), Scope(plan_));
    EXPECT_EQ(many.expression.evaluator == nullptr,
              one.expression.evaluator == nullptr)
        << text;
    ASSERT_EQ(many.diagnostics.size(), one.diagnostics.size()) << text;
    for (std::size_t i = 0; i < one.diagnostics.size(); ++i)
      EXPECT_EQ(many.diagnostics[i].message, one.diagnostics[i].message);
  }
}

}  // namespace
}  // namespace klausul::engine
