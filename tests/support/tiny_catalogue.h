#ifndef KLAUSUL_TESTS_SUPPORT_TINY_CATALOGUE_H_
#define KLAUSUL_TESTS_SUPPORT_TINY_CATALOGUE_H_

#include <memory>

#include "gtest/gtest.h"

#include "service/review/plan_reader_adapter.h"
#include "service/review/rule_catalogue.h"
#include "tests/support/tiny_rules.h"

namespace klausul::testing_support {

// The rules of tiny_rules.h, loaded.
inline std::shared_ptr<const review::RuleCatalogue> TinyCatalogue() {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  ruleset::LoadOptions options;
  options.plan_reader = &plan_reader;
  auto repository =
      ruleset::RuleSetRepository::Load(TinyRules(), options, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  if (!repository.ok()) return nullptr;
  return std::make_shared<const review::RuleCatalogue>(*repository);
}

}  // namespace klausul::testing_support

#endif  // KLAUSUL_TESTS_SUPPORT_TINY_CATALOGUE_H_
