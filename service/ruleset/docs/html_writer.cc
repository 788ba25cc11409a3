#include "service/ruleset/docs/html_writer.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "service/ruleset/docs/labels.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;

constexpr Language kLanguages[] = {Language::kBokmal, Language::kNynorsk,
                                   Language::kEnglish};

class HtmlWriter {
 public:
  HtmlWriter(const Page& page, const SiteFrame& frame)
      : page_(page), frame_(frame), labels_(LabelsOf(page.language)) {}

  std::string Write() {
    Head();
    Header();
    absl::StrAppend(&out_, "<main id=\"content\" tabindex=\"-1\">\n");
    if (!page_.kicker.empty()) {
      absl::StrAppend(&out_, "<p class=\"kicker\">", Said(page_.kicker),
                      "</p>\n");
    }
    absl::StrAppend(&out_, "<h1>", EscapeHtml(page_.title), "</h1>\n");
    Write(page_.blocks);
    absl::StrAppend(&out_, "</main>\n<footer class=\"foot\"><p>",
                    EscapeHtml(labels_.disclaimer), "</p><p>",
                    EscapeHtml(frame_.colophon), "</p></footer>\n",
                    "</body>\n</html>\n");
    return std::move(out_);
  }

 private:
  // From the page to the folder of the languages.
  std::string Root() const {
    std::string root = "../";
    for (const char c : page_.path) {
      if (c == '/') root += "../";
    }
    return root;
  }

  std::string LinkTo(absl::string_view target) const {
    return EscapeHtml(RelativeLink(page_, target, ".html"));
  }

  void Head() {
    absl::StrAppend(
        &out_, "<!DOCTYPE html>\n<html lang=\"",
        engine::LanguageCode(page_.language),
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
        "dark\">\n<title>",
        EscapeHtml(page_.title), " · ", EscapeHtml(frame_.name),
        "</title>\n<link rel=\"stylesheet\" href=\"", Root(),
        "assets/site.css\">\n");
    for (const Language language : kLanguages) {
      const absl::string_view code = engine::LanguageCode(language);
      absl::StrAppend(&out_, "<link rel=\"alternate\" hreflang=\"", code,
                      "\" href=\"", Root(), code, "/", EscapeHtml(page_.path),
                      ".html\">\n");
    }
    absl::StrAppend(&out_,
                    "</head>\n<body>\n<a class=\"skip\" "
                    "href=\"#content\">",
                    EscapeHtml(labels_.skip), "</a>\n");
  }

  void Header() {
    absl::StrAppend(&out_, "<header class=\"top\">\n<div class=\"bar\">\n",
                    "<a class=\"brand\" href=\"", LinkTo("index"),
                    "\"><span class=\"mark\" aria-hidden=\"true\">§</span> ",
                    EscapeHtml(frame_.name), "</a>\n");
    absl::StrAppend(&out_, "<nav class=\"languages\" aria-label=\"",
                    EscapeHtml(labels_.language), "\">");
    for (const Language language : kLanguages) {
      const absl::string_view code = engine::LanguageCode(language);
      absl::StrAppend(
          &out_, "<a lang=\"", code, "\" hreflang=\"", code, "\" href=\"",
          Root(), code, "/", EscapeHtml(page_.path), ".html\"",
          language == page_.language ? " aria-current=\"true\"" : "", ">",
          LabelsOf(language).language_name, "</a>");
    }
    absl::StrAppend(&out_, "</nav>\n</div>\n<div class=\"bar\">\n",
                    "<nav class=\"pages\" aria-label=\"",
                    EscapeHtml(labels_.pages), "\"><ul>\n");
    for (const auto& [title, path] : frame_.navigation) {
      absl::StrAppend(&out_, "<li><a href=\"", LinkTo(path), "\"",
                      path == page_.path      ? " aria-current=\"page\""
                      : path == page_.section ? " aria-current=\"true\""
                                              : "",
                      ">", EscapeHtml(title), "</a></li>\n");
    }
    absl::StrAppend(&out_, "</ul></nav>\n");
    if (page_.path != kSearchPath) SearchForm("q-top");
    absl::StrAppend(&out_, "</div>\n</header>\n");
  }

  void SearchForm(absl::string_view id) {
    absl::StrAppend(&out_, "<form class=\"find\" role=\"search\" action=\"",
                    LinkTo(kSearchPath), "\"><label for=\"", id, "\">",
                    EscapeHtml(labels_.search), "</label><input id=\"", id,
                    "\" name=\"q\" type=\"search\" autocomplete=\"off\" "
                    "spellcheck=\"false\"><button>",
                    EscapeHtml(labels_.search_go), "</button></form>\n");
  }

  // The words of the script stand in the page, since it serves all languages.
  void Search() {
    SearchForm("q");
    absl::StrAppend(
        &out_, "<noscript><p>", EscapeHtml(labels_.search_needs_script),
        "</p></noscript>\n<p id=\"hits\" role=\"status\" "
        "data-none=\"",
        EscapeHtml(labels_.search_none), "\" data-one=\"",
        EscapeHtml(labels_.search_one), "\" data-many=\"",
        EscapeHtml(labels_.search_many), "\" data-more=\"",
        EscapeHtml(labels_.search_more), "\">", EscapeHtml(labels_.search_help),
        "</p>\n<ol id=\"results\" class=\"results\"></ol>\n"
        "<script src=\"search-data.js\"></script>\n<script src=\"",
        Root(), "assets/site.js\"></script>\n");
  }

  std::string Said(const Inlines& text) const {
    std::string html;
    for (const Inline& part : text)
      absl::StrAppend(&html, Said(part));
    return html;
  }

  std::string Said(const Inline& part) const {
    std::string inside = EscapeHtml(part.text);
    const std::string title =
        part.hint.empty()
            ? ""
            : absl::StrCat(" title=\"", EscapeHtml(part.hint), "\"");
    absl::string_view element;
    std::string style;
    switch (part.kind) {
      case Inline::Kind::kText:
        break;
      case Inline::Kind::kStrong:
        element = "strong";
        break;
      case Inline::Kind::kCode:
        element = "code";
        break;
      case Inline::Kind::kField:
        element = "span";
        style = "field";
        break;
      case Inline::Kind::kVariable:
        element = "var";
        break;
      case Inline::Kind::kBadge:
        return absl::StrCat("<span class=\"badge ", EscapeHtml(part.hint),
                            "\">", inside, "</span>");
    }
    if (!element.empty()) {
      inside = absl::StrCat(
          "<", element,
          style.empty() ? "" : absl::StrCat(" class=\"", style, "\""), ">",
          inside, "</", element, ">");
    }
    const std::string link = part.target.empty() ? "" : LinkTo(part.target);
    if (!link.empty()) {
      return absl::StrCat("<a href=\"", link, "\"", title, ">", inside, "</a>");
    }
    return title.empty() ? inside
                         : absl::StrCat("<span", title, ">", inside, "</span>");
  }

  void Write(const Blocks& blocks) {
    for (const Block& block : blocks)
      Write(block);
  }

  void Write(const Block& block) {
    const std::string id =
        block.id.empty() ? ""
                         : absl::StrCat(" id=\"", EscapeHtml(block.id), "\"");
    const std::string style =
        block.style.empty()
            ? ""
            : absl::StrCat(" class=\"", EscapeHtml(block.style), "\"");
    switch (block.kind) {
      case Block::Kind::kHeading:
        absl::StrAppend(&out_, "<h", block.level, id, ">", Said(block.text),
                        "</h", block.level, ">\n");
        return;
      case Block::Kind::kParagraph:
        absl::StrAppend(&out_, "<p>", Said(block.text), "</p>\n");
        return;
      case Block::Kind::kList:
        absl::StrAppend(&out_, "<ul", style, ">\n");
        for (const Blocks& item : block.items) {
          absl::StrAppend(&out_, "<li>");
          Write(item);
          absl::StrAppend(&out_, "</li>\n");
        }
        absl::StrAppend(&out_, "</ul>\n");
        return;
      case Block::Kind::kTable:
        return Table(block, style);
      case Block::Kind::kFacts:
        absl::StrAppend(&out_, "<dl", style, ">\n");
        for (const auto& [term, meaning] : block.terms) {
          absl::StrAppend(&out_, "<div><dt>", Said(term), "</dt><dd>");
          Write(meaning);
          absl::StrAppend(&out_, "</dd></div>\n");
        }
        absl::StrAppend(&out_, "</dl>\n");
        return;
      case Block::Kind::kCode:
        // What is wider than the page is scrolled to with the keyboard too.
        absl::StrAppend(&out_, "<pre tabindex=\"0\"><code>",
                        EscapeHtml(block.code), "</code></pre>\n");
        return;
      case Block::Kind::kSection:
        absl::StrAppend(&out_, "<section", id, style, ">\n");
        for (const Blocks& part : block.items)
          Write(part);
        absl::StrAppend(&out_, "</section>\n");
        return;
      case Block::Kind::kSearch:
        return Search();
    }
  }

  void Table(const Block& block, absl::string_view style) {
    absl::StrAppend(&out_, "<div class=\"wide\"><table", style,
                    ">\n<thead><tr>");
    for (const Inlines& cell : block.header) {
      absl::StrAppend(&out_, "<th scope=\"col\">", Said(cell), "</th>");
    }
    absl::StrAppend(&out_, "</tr></thead>\n<tbody>\n");
    for (const std::vector<Inlines>& row : block.rows) {
      absl::StrAppend(&out_, "<tr>");
      for (const Inlines& cell : row)
        absl::StrAppend(&out_, "<td>", Said(cell), "</td>");
      absl::StrAppend(&out_, "</tr>\n");
    }
    absl::StrAppend(&out_, "</tbody></table></div>\n");
  }

  const Page& page_;
  const SiteFrame& frame_;
  const Labels& labels_;
  std::string out_;
};

}  // namespace

std::string EscapeHtml(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"\"", "&quot;"},
                                    {"'", "&#39;"}});
}

std::string RelativeLink(const Page& from, absl::string_view target,
                         absl::string_view extension) {
  const std::size_t colon = target.find(':');
  if (colon != absl::string_view::npos) {
    const absl::string_view scheme = target.substr(0, colon);
    const bool safe = absl::EqualsIgnoreCase(scheme, "http") ||
                      absl::EqualsIgnoreCase(scheme, "https") ||
                      absl::EqualsIgnoreCase(scheme, "mailto");
    return safe ? std::string(target) : "";
  }
  const std::size_t hash = target.find('#');
  const absl::string_view path = target.substr(0, hash);
  const absl::string_view rest =
      hash == absl::string_view::npos ? "" : target.substr(hash);
  if (path.empty()) return std::string(rest);
  std::string link;
  for (const char c : from.path) {
    if (c == '/') link += "../";
  }
  absl::StrAppend(&link, path, extension, rest);
  return link;
}

std::string WriteHtml(const Page& page, const SiteFrame& frame) {
  return HtmlWriter(page, frame).Write();
}

}  // namespace klausul::ruleset::docs
