#ifndef KLAUSUL_TESTS_RULESET_LINT_CONDITIONS_H_
#define KLAUSUL_TESTS_RULESET_LINT_CONDITIONS_H_

#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "service/engine/program.h"
#include "service/ruleset/repository.h"
#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {

// Two checked expressions, as `applies` and `requires` of one rule.
class Conditions {
 public:
  Conditions(const std::string& applies, const std::string& requirement) {
    DiagnosticSink sink;
    const auto repository = RuleSetRepository::Load(
        SampleSet(Rule({{"contract.cpv_main == \"90910000\"", applies},
                        {"contract.estimated_value >= threshold(\"no.entry\")",
                         requirement}})),
        {}, sink);
    EXPECT_TRUE(repository.ok()) << sink.RenderAll();
    if (!repository.ok()) return;
    repository_ = *repository;
    conditions_ =
        repository_->Find("no")->program->ConditionsOf("no.foa.1-1.value");
  }

  bool ok() const { return repository_ != nullptr; }

  // Only where ok().
  const cel::CheckedExpr& applies() const { return *conditions_.applies; }

  const cel::CheckedExpr& requirement() const {
    return *conditions_.requirement;
  }

 private:
  std::shared_ptr<const RuleSetRepository> repository_;
  engine::RuleConditions conditions_;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_TESTS_RULESET_LINT_CONDITIONS_H_
