#include "service/intake/plan_file/value_reader.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/intake/plan_text.h"

namespace klausul::intake {
namespace {

TEST(ValueReaderTest, KnowsLanguageCodes) {
  for (const char* code : {"nb", "nn", "en", "en-GB", "sma"}) {
    EXPECT_TRUE(IsLanguageCode(code)) << code;
  }
  for (const char* code : {"", "n", "NB", "norsk", "nb-", "nb_NO", "text"}) {
    EXPECT_FALSE(IsLanguageCode(code)) << code;
  }
}

TEST(ValueReaderTest, ReadsAGroupWithoutASourceMap) {
  DiagnosticSink sink;
  const auto tree = ReadTree("duration: 2 years\nrenewal_count: x\n", sink);
  ASSERT_NE(tree, nullptr);
  v1::ProcurementPlan plan;
  ValueReader reader(*tree, {}, plan, nullptr, sink);
  reader.ReadGroup(tree->root(), *plan.mutable_term(), "term");
  EXPECT_EQ(plan.term().duration().months(), 24);
  EXPECT_TRUE(reader.failed());
  EXPECT_TRUE(reader.FailedAt("term.renewal_count"));
  EXPECT_TRUE(reader.FailedAt("term"));
  EXPECT_FALSE(reader.FailedAt("term.renewal"));
  EXPECT_EQ(Summarise(sink),
            "2:16 wrong-type: `term.renewal_count`: expected a whole number, "
            "got `x`\n");
}

TEST(ValueReaderTest, TextsWithoutLanguageGetTheReaders) {
  DiagnosticSink sink;
  const auto tree = ReadTree("name: Hest\n", sink);
  v1::ProcurementPlan plan;
  ReadOptions options;
  options.text_language = "nn";
  ValueReader reader(*tree, options, plan, nullptr, sink);
  v1::Criterion& criterion = *plan.mutable_award()->add_criteria();
  reader.ReadGroup(tree->root(), criterion, "award.criteria[0]");
  EXPECT_EQ(criterion.name().by_language().at("nn"), "Hest");
}

}  // namespace
}  // namespace klausul::intake
