#include "service/ruleset/program_diagnostics.h"

#include <string>

#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

class ToDiagnosticTest : public testing::Test {
 protected:
  void SetUp() override {
    DiagnosticSink sink;
    const NodeRef root =
        ReadTree("a.yaml",
                 "id: no.a\nmessage: \"{who}\"\nrequires: |\n  x == y\n", sink);
    ASSERT_TRUE(root) << sink.RenderAll();
    const auto entries = root.Entries();
    ElementSource& rule = source_.rules["no.a"];
    rule.place = entries[0].second;
    rule.fields["message.nb"] = entries[1].second;
    expression_.set_file("a.yaml");
    expression_.set_line(4);
    expression_.set_column(3);
    source_.expressions[{"a.yaml", 4, 3}] = entries[2].second;
    from_.subject = engine::ProgramDiagnostic::Subject::kRule;
    from_.name = "no.a";
    from_.code = "c";
    from_.message = "m";
    from_.help = "h";
  }

  std::string Under() const {
    const Diagnostic to = ToDiagnostic(from_, source_);
    EXPECT_EQ(to.code, "c");
    EXPECT_EQ(to.message, "m");
    EXPECT_EQ(to.help, "h");
    if (to.file == nullptr) return "";
    return std::string(
        to.file->text().substr(to.span.begin, to.span.end - to.span.begin));
  }

  SetSource source_;
  v1::Expression expression_;
  engine::ProgramDiagnostic from_;
};

TEST_F(ToDiagnosticTest, APieceOfAnExpression) {
  from_.expression = &expression_;
  from_.span = {5, 6};
  EXPECT_EQ(Under(), "y");
}

TEST_F(ToDiagnosticTest, APieceOfAText) {
  from_.field = "message.nb";
  from_.has_text_span = true;
  from_.span = {1, 4};
  EXPECT_EQ(Under(), "who");
}

TEST_F(ToDiagnosticTest, AWholeField) {
  from_.field = "message.nb";
  EXPECT_EQ(Under(), "\"{who}\"");
}

TEST_F(ToDiagnosticTest, TheIdWhereTheFieldIsNotWritten) {
  from_.field = "refines";
  EXPECT_EQ(Under(), "no.a");
}

TEST_F(ToDiagnosticTest, NoPlaceWhereNothingIsKnown) {
  from_.name = "no.b";
  EXPECT_EQ(Under(), "");
}

}  // namespace
}  // namespace klausul::ruleset
