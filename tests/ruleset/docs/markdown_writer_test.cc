#include "service/ruleset/docs/markdown_writer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset::docs {
namespace {

using testing::HasSubstr;

TEST(EscapeMarkdown, ShowsTheTextAsItIs) {
  EXPECT_EQ(EscapeMarkdown("a*b_c [x](y) `z` <i> & |"),
            "a\\*b\\_c \\[x\\](y) \\`z\\` &lt;i&gt; &amp; \\|");
  EXPECT_EQ(EscapeMarkdown("- no list"), "\\- no list");
}

TEST(WriteMarkdown, WritesEveryKindOfBlock) {
  Page page;
  page.path = "rules/no.a";
  page.title = "T";
  page.section = "law";
  Block facts;
  facts.kind = Block::Kind::kFacts;
  facts.terms = {{{Text("Law")}, {Paragraph({Link("§ 1", "law#x")})}}};
  page.blocks = {
      std::move(facts),
      Heading("Head", "head"),
      Paragraph({Text("All:")}),
      List({{Paragraph({Text("one")}), List({{Paragraph({Text("deep")})}})},
            {Paragraph({Strong("two")})}}),
      Table({{Text("A")}, {Text("B")}}, {{{Code("x|y")}, {Text("p|q")}}}),
      CodeBlock("a &&\nb\n"),
  };
  EXPECT_EQ(WriteMarkdown(page, {"Site", {{"Law", "law"}}, "no 1.0"}),
            "[Law](../law.md)  \n"
            "**Bokmål** · [Nynorsk](../../nn/rules/no.a.md) · "
            "[English](../../en/rules/no.a.md)\n"
            "\n# T\n"
            "\n- **Law**: [§ 1](../law.md#x)\n"
            "\n<a id=\"head\"></a>\n\n## Head\n"
            "\nAll:\n"
            "\n- one\n  - deep\n- **two**\n"
            "\n| A | B |\n| --- | --- |\n| `x\\|y` | p\\|q |\n"
            "\n```\na &&\nb\n```\n"
            "\n---\n\n"
            "Laget av regelfilene. Teksten er en gjengivelse av reglene slik "
            "systemet vurderer dem, ikke av loven selv. Følg lenkene til "
            "bestemmelsene.\n\nno 1.0\n");
}

TEST(WriteMarkdown, FencesCodeWithBackticks) {
  Page page;
  page.path = "a";
  page.title = "T";
  page.blocks = {Paragraph({Code("a`b")})};
  EXPECT_THAT(WriteMarkdown(page, {}), HasSubstr("\n`` a`b ``\n"));
}

}  // namespace
}  // namespace klausul::ruleset::docs
