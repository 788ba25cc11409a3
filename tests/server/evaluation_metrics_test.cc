#include "service/server/evaluation_metrics.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(EvaluationMetricsTest, CountsPlansAndFindings) {
  MetricsRegistry registry;
  EvaluationMetrics metrics(registry);
  v1::DocumentReport report;
  report.mutable_counts()->set_satisfied(5);
  report.mutable_counts()->set_undetermined(7);
  report.mutable_counts()->mutable_violated()->set_error(1);
  report.mutable_counts()->mutable_violated()->set_advice(2);
  v1::Finding& finding = *report.add_findings();
  finding.set_rule_id("no.a");
  finding.set_outcome(v1::Finding::VIOLATED);
  metrics.Count(report);
  metrics.Count(report);
  const std::string page = registry.Render();
  EXPECT_THAT(page, HasSubstr("klausul_plans_total 2\n"));
  EXPECT_THAT(page,
              HasSubstr("klausul_findings_total{outcome=\"satisfied\"} 10\n"));
  EXPECT_THAT(page,
              HasSubstr("klausul_findings_total{outcome=\"violated\"} 6\n"));
  EXPECT_THAT(
      page, HasSubstr("klausul_findings_total{outcome=\"undetermined\"} 14\n"));
  EXPECT_THAT(page,
              HasSubstr("klausul_findings_total{outcome=\"failed\"} 0\n"));
  EXPECT_THAT(page, HasSubstr("klausul_rule_findings_total{rule=\"no.a\","
                              "outcome=\"violated\"} 2\n"));
  EXPECT_THAT(page, Not(HasSubstr("unspecified")));
}

}  // namespace
}  // namespace klausul::server
