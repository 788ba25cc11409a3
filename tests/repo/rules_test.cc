// The rule sets of rules/: they load, lint has nothing to say, and every
// example comes out as its author says.

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/engine/legal_link.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/docs/site_index.h"
#include "service/ruleset/example_runner.h"
#include "service/ruleset/lint.h"
#include "service/ruleset/repository.h"

namespace klausul {
namespace {

class RulesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    DiagnosticSink sink;
    const auto loaded = ruleset::RuleSetRepository::LoadRoot(
        absl::StrCat(KLAUSUL_SOURCE_DIR, "/rules"), {}, sink);
    EXPECT_TRUE(loaded.ok()) << loaded.status() << "\n" << sink.RenderAll();
    // Warnings of the engine are lint, too.
    EXPECT_EQ(sink.warning_count(), 0U) << sink.RenderAll();
    if (loaded.ok()) repository_ = *loaded;
  }

  void SetUp() override { ASSERT_NE(repository_, nullptr); }

  static inline std::shared_ptr<const ruleset::RuleSetRepository> repository_;
};

TEST_F(RulesTest, LintIsClean) {
  DiagnosticSink sink;
  ruleset::Lint(*repository_, sink);
  EXPECT_TRUE(sink.diagnostics().empty()) << sink.RenderAll();
}

// A reader is led to every provision; to the paragraph itself where the act
// has addresses for them.
TEST_F(RulesTest, EveryProvisionHasALink) {
  const ruleset::docs::SiteIndex index(*repository_, repository_->entries());
  for (const ruleset::docs::RuleEntry& entry : index.rules()) {
    for (const v1::LegalBasis& basis : entry.rule->legal_basis()) {
      const v1::Instrument* instrument =
          index.FindInstrument(*entry.set->rule_set, basis.instrument());
      ASSERT_NE(instrument, nullptr) << entry.rule->id();
      const std::string url =
          basis.url().empty()
              ? engine::ProvisionUrl(*instrument, basis.provision())
              : basis.url();
      EXPECT_THAT(url, testing::StartsWith("http")) << entry.rule->id();
      if (absl::StartsWith(basis.provision(), "§ ")) {
        EXPECT_THAT(url, testing::HasSubstr("/%C2%A7"))
            << entry.rule->id() << " " << basis.provision();
      }
    }
  }
}

TEST_F(RulesTest, EveryExampleComesOutAsItsAuthorSays) {
  const review::PlanReaderAdapter reader;
  DiagnosticSink sink;
  ruleset::ExampleRunOptions options;
  // Plans without a date of their own; none of them should turn on it.
  options.now = absl::FromUnixSeconds(1795392000);
  const auto report = ruleset::RunExamples(*repository_, reader, options, sink);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(sink.has_errors()) << sink.RenderAll();
  for (const ruleset::FailedExample& failed : report->failed) {
    ADD_FAILURE() << failed.place << ": " << failed.rule_id << ": "
                  << failed.name << "\n"
                  << failed.difference << failed.trace;
  }
  EXPECT_GT(report->example_count, 4 * report->rule_count);
}

}  // namespace
}  // namespace klausul
