#include "service/base/diagnostic.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul {
namespace {

std::shared_ptr<const SourceFile> File(std::string text) {
  return std::make_shared<SourceFile>("rules/no/frist.yaml", std::move(text));
}

TEST(RenderTest, PutsTheCaretUnderTheSpanAlsoAfterNorwegianLetters) {
  DiagnosticSink sink;
  sink.Error(File("en\nblåbær = dates.tender_deadlin\n"), {20, 34},
             "unknown-field", "`dates` has no field `tender_deadlin`",
             "did you mean `tender_deadline`?");
  EXPECT_EQ(sink.RenderAll(),
            "error[unknown-field]: `dates` has no field `tender_deadlin`\n"
            "  --> rules/no/frist.yaml:2:16\n"
            "   |\n"
            "2  | blåbær = dates.tender_deadlin\n"
            "   |                ^^^^^^^^^^^^^^\n"
            "   = help: did you mean `tender_deadline`?\n");
}

TEST(RenderTest, ShowsBothPlacesOfAConflict) {
  Diagnostic diagnostic;
  diagnostic.code = "duplicate-id";
  diagnostic.message = "rule `a` is defined twice";
  diagnostic.file = File("id: a\nid: a\n");
  diagnostic.span = {10, 11};
  diagnostic.notes.push_back({diagnostic.file, {4, 5}, "first defined here"});
  EXPECT_EQ(Render(diagnostic),
            "error[duplicate-id]: rule `a` is defined twice\n"
            "  --> rules/no/frist.yaml:2:5\n"
            "   |\n"
            "2  | id: a\n"
            "   |     ^\n"
            "  --> rules/no/frist.yaml:1:5\n"
            "   |\n"
            "1  | id: a\n"
            "   |     ^ first defined here\n");
}

TEST(RenderTest, ASpanOverSeveralLinesIsMarkedToTheEndOfTheFirst) {
  Diagnostic diagnostic;
  diagnostic.message = "m";
  diagnostic.file = File("abc def\nghi");
  diagnostic.span = {4, 10};
  EXPECT_THAT(Render(diagnostic), testing::HasSubstr("    ^^^\n"));
}

TEST(RenderTest, CutsAVeryLongLineRoundTheCaret) {
  Diagnostic diagnostic;
  diagnostic.message = "m";
  diagnostic.file =
      File(std::string(5000, 'x') + "WRONG" + std::string(5000, 'y'));
  diagnostic.span = {5000, 5005};
  const std::string text = Render(diagnostic);
  EXPECT_LT(text.size(), 600U);
  EXPECT_THAT(text, testing::HasSubstr(":1:5001\n"));
  EXPECT_THAT(text, testing::HasSubstr("^^^^^\n"));
}

TEST(RenderTest, WithoutAFileThereIsOnlyTheMessage) {
  Diagnostic diagnostic;
  diagnostic.level = Diagnostic::Level::kWarning;
  diagnostic.message = "no rule set";
  EXPECT_EQ(Render(diagnostic), "warning: no rule set\n");
}

TEST(DiagnosticSinkTest, SortsByFileAndPlaceAndCounts) {
  DiagnosticSink sink;
  const auto file = File("abcdef");
  sink.Warning(file, {4, 5}, "b", "second");
  sink.Error(file, {1, 2}, "a", "first");
  EXPECT_TRUE(sink.has_errors());
  EXPECT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.warning_count(), 1U);
  ASSERT_EQ(sink.Sorted().size(), 2U);
  EXPECT_EQ(sink.Sorted()[0].message, "first");
}

TEST(DiagnosticSinkTest, KeepsABoundedNumberAndSaysHowManyMore) {
  DiagnosticSink sink;
  for (std::size_t i = 0; i < DiagnosticSink::kMaxKept + 5; ++i) {
    sink.Error(nullptr, {}, "c", "m");
  }
  EXPECT_EQ(sink.diagnostics().size(), DiagnosticSink::kMaxKept);
  EXPECT_THAT(sink.RenderAll(), testing::HasSubstr("... and 5 more\n"));
}

}  // namespace
}  // namespace klausul
