#include "service/ruleset/docs/html_writer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

Page SamplePage() {
  Page page;
  page.path = "rules/no.a";
  page.language = engine::Language::kNynorsk;
  page.section = "law";
  page.title = "A <script>alert('1')</script> & \"B\"";
  return page;
}

SiteFrame Frame() {
  return {"Site & <law>", {{"Law", "law"}, {"Facts", "facts"}}, "no 1.0 <x>"};
}

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\" id='y'>&amp;</a> æ"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt; æ");
}

// Whatever rule files say, in every place where a text can stand.
TEST(WriteHtml, EscapesEveryText) {
  const std::string evil = "</code></pre><script>x('\"')</script>&";
  Page page = SamplePage();
  page.kicker = {Code(evil)};
  page.blocks = {
      Heading(evil, evil),
      Paragraph({Text(evil),
                 Strong(evil),
                 Badge(evil, evil),
                 {Inline::Kind::kField, evil, "fields#" + evil, evil},
                 {Inline::Kind::kVariable, evil, {}, {}},
                 Link(evil, "https://e.example/?" + evil)}),
      List({{Paragraph({Text(evil)})}}, evil),
      Table({{Text(evil)}}, {{{Text(evil)}}}),
      CodeBlock(evil),
      Section(evil, {Paragraph({Text(evil)})}, evil),
  };
  Block facts;
  facts.kind = Block::Kind::kFacts;
  facts.style = evil;
  facts.terms = {{{Text(evil)}, {Paragraph({Text(evil)})}}};
  page.blocks.push_back(facts);
  SiteFrame frame = Frame();
  frame.name = evil;
  frame.colophon = evil;
  frame.navigation = {{evil, "law"}};
  const std::string html = WriteHtml(page, frame);
  EXPECT_THAT(html, Not(HasSubstr("<script>x")));
  EXPECT_THAT(html, Not(HasSubstr("x('")));
  EXPECT_THAT(html, Not(HasSubstr("('\"')")));
  EXPECT_THAT(html, HasSubstr("<h1>A &lt;script&gt;alert(&#39;1&#39;)"
                              "&lt;/script&gt; &amp; &quot;B&quot;</h1>"));
}

TEST(WriteHtml, NoScriptRunsFromALink) {
  Page page = SamplePage();
  page.blocks = {Paragraph({Link("a", "javascript:alert(1)"),
                            Link("b", "JavaScript:alert(1)"),
                            Link("c", "data:text/html,x")})};
  const std::string html = WriteHtml(page, Frame());
  EXPECT_THAT(html, HasSubstr("<p>abc</p>"));
  EXPECT_THAT(html, Not(HasSubstr("alert(1)")));
}

TEST(WriteHtml, HasLandmarksLanguageAndAlternates) {
  const std::string html = WriteHtml(SamplePage(), Frame());
  EXPECT_THAT(html, HasSubstr("<html lang=\"nn\">"));
  EXPECT_THAT(html, HasSubstr("<a class=\"skip\" href=\"#content\">"));
  EXPECT_THAT(html, HasSubstr("<header class=\"top\">"));
  EXPECT_THAT(html, HasSubstr("<nav class=\"pages\" aria-label=\"Sider\">"));
  EXPECT_THAT(html, HasSubstr("<main id=\"content\""));
  EXPECT_THAT(html, HasSubstr("<footer"));
  EXPECT_THAT(html, HasSubstr("role=\"search\""));
  EXPECT_THAT(html, HasSubstr("<label for=\"q-top\">"));
  EXPECT_THAT(html, HasSubstr("hreflang=\"en\" "
                              "href=\"../../en/rules/no.a.html\">"));
  EXPECT_THAT(html, HasSubstr("href=\"../../nn/rules/no.a.html\" "
                              "aria-current=\"true\">Nynorsk"));
  EXPECT_THAT(html,
              HasSubstr("<a href=\"../law.html\" aria-current=\"true\">Law"));
  EXPECT_THAT(html, HasSubstr("href=\"../../assets/site.css\""));
}

TEST(RelativeLink, LeadsFromPageToPage) {
  Page deep = SamplePage();
  EXPECT_EQ(RelativeLink(deep, "facts/no.x#y", ".html"),
            "../facts/no.x.html#y");
  EXPECT_EQ(RelativeLink(deep, "#y", ".html"), "#y");
  deep.path = "index";
  EXPECT_EQ(RelativeLink(deep, "facts/no.x", ".md"), "facts/no.x.md");
  EXPECT_EQ(RelativeLink(deep, "https://x.example/a", ".md"),
            "https://x.example/a");
  EXPECT_EQ(RelativeLink(deep, "ftp://x.example/a", ".md"), "");
}

}  // namespace
}  // namespace klausul::ruleset::docs
