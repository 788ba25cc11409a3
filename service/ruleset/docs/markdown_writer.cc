#include "service/ruleset/docs/markdown_writer.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/ruleset/docs/labels.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;

// Between backticks, one more than the text has in a row.
std::string CodeSpan(absl::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string ticks(longest + 1, '`');
  const absl::string_view pad = longest > 0 ? " " : "";
  return absl::StrCat(ticks, pad, text, pad, ticks);
}

class MarkdownWriter {
 public:
  MarkdownWriter(const Page& page, const SiteFrame& frame)
      : page_(page), frame_(frame) {}

  std::string Write() {
    std::vector<std::string> bar;
    for (const auto& [title, path] : frame_.navigation)
      bar.push_back(Said(Link(title, path)));
    std::string root = "../";
    for (const char c : page_.path) {
      if (c == '/') root += "../";
    }
    std::vector<std::string> languages;
    for (const Language language :
         {Language::kBokmal, Language::kNynorsk, Language::kEnglish}) {
      const absl::string_view name = LabelsOf(language).language_name;
      languages.push_back(language == page_.language
                              ? absl::StrCat("**", name, "**")
                              : absl::StrCat("[", name, "](", root,
                                             engine::LanguageCode(language),
                                             "/", page_.path, ".md)"));
    }
    absl::StrAppend(&out_, absl::StrJoin(bar, " · "), "  \n",
                    absl::StrJoin(languages, " · "), "\n\n# ",
                    EscapeMarkdown(page_.title), "\n");
    if (!page_.kicker.empty()) {
      absl::StrAppend(&out_, "\n", Said(page_.kicker), "\n");
    }
    Write(page_.blocks, "");
    absl::StrAppend(&out_, "\n---\n\n",
                    EscapeMarkdown(LabelsOf(page_.language).disclaimer), "\n\n",
                    EscapeMarkdown(frame_.colophon), "\n");
    return std::move(out_);
  }

 private:
  std::string Said(const Inlines& text) const {
    std::string said;
    for (const Inline& part : text)
      absl::StrAppend(&said, Said(part));
    return said;
  }

  std::string Said(const Inline& part) const {
    std::string said;
    switch (part.kind) {
      case Inline::Kind::kText:
      case Inline::Kind::kField:
        said = EscapeMarkdown(part.text);
        break;
      case Inline::Kind::kStrong:
      case Inline::Kind::kBadge:
        said = absl::StrCat("**", EscapeMarkdown(part.text), "**");
        break;
      case Inline::Kind::kCode:
        said = CodeSpan(part.text);
        break;
      case Inline::Kind::kVariable:
        said = absl::StrCat("*", EscapeMarkdown(part.text), "*");
        break;
    }
    const std::string link =
        part.target.empty() ? "" : RelativeLink(page_, part.target, ".md");
    if (link.empty()) return said;
    return absl::StrCat(
        "[", said, "](",
        absl::StrReplaceAll(link, {{" ", "%20"}, {"(", "%28"}, {")", "%29"}}),
        ")");
  }

  // In a table a bar ends the cell, even in code, and a line the row.
  std::string Cell(const Inlines& text) const {
    return absl::StrReplaceAll(Said(text),
                               {{"\\|", "\\|"}, {"|", "\\|"}, {"\n", " "}});
  }

  void Row(const std::vector<Inlines>& cells) {
    out_ += "|";
    for (const Inlines& cell : cells)
      absl::StrAppend(&out_, " ", Cell(cell), " |");
    out_ += "\n";
  }

  void Write(const Blocks& blocks, const std::string& indent) {
    for (const Block& block : blocks)
      Write(block, indent);
  }

  // Items whose first block stands behind the bullet.
  void Item(const Blocks& blocks, const std::string& indent) {
    bool first = true;
    for (const Block& block : blocks) {
      if (first && block.kind == Block::Kind::kParagraph) {
        absl::StrAppend(&out_, indent, "- ", Said(block.text), "\n");
      } else {
        if (first) absl::StrAppend(&out_, indent, "-\n");
        Write(block, indent + "  ");
      }
      first = false;
    }
  }

  void Write(const Block& block, const std::string& indent) {
    switch (block.kind) {
      case Block::Kind::kHeading:
        out_ += "\n";
        if (!block.id.empty()) {
          absl::StrAppend(&out_, "<a id=\"", EscapeHtml(block.id),
                          "\"></a>\n\n");
        }
        absl::StrAppend(&out_,
                        std::string(static_cast<std::size_t>(block.level), '#'),
                        " ", Said(block.text), "\n");
        return;
      case Block::Kind::kParagraph:
        // A list goes on under the words that lead to it.
        absl::StrAppend(&out_, indent.empty() ? "\n" : "", indent,
                        Said(block.text), "\n");
        return;
      case Block::Kind::kList:
        if (indent.empty()) out_ += "\n";
        for (const Blocks& item : block.items)
          Item(item, indent);
        return;
      case Block::Kind::kTable:
        out_ += "\n";
        Row(block.header);
        out_ += "|";
        for (std::size_t i = 0; i < block.header.size(); ++i)
          out_ += " --- |";
        out_ += "\n";
        for (const std::vector<Inlines>& row : block.rows)
          Row(row);
        return;
      case Block::Kind::kFacts:
        out_ += "\n";
        for (const auto& [term, meaning] : block.terms) {
          Blocks blocks = {Paragraph({Strong(PlainText(term)), Text(": ")})};
          Blocks rest;
          for (const Block& part : meaning) {
            if (rest.empty() && part.kind == Block::Kind::kParagraph) {
              if (blocks[0].text.size() > 2)
                blocks[0].text.push_back(Text(" "));
              Append(part.text, blocks[0].text);
            } else {
              rest.push_back(part);
            }
          }
          Append(std::move(rest), blocks);
          Item(blocks, indent);
        }
        return;
      case Block::Kind::kCode:
        absl::StrAppend(
            &out_, "\n", indent, "```\n", indent,
            absl::StrReplaceAll(absl::StripTrailingAsciiWhitespace(block.code),
                                {{"\n", absl::StrCat("\n", indent)}}),
            "\n", indent, "```\n");
        return;
      case Block::Kind::kSection:
        if (!block.id.empty()) {
          absl::StrAppend(&out_, "\n<a id=\"", EscapeHtml(block.id),
                          "\"></a>\n");
        }
        for (const Blocks& part : block.items)
          Write(part, indent);
        return;
      case Block::Kind::kSearch:
        return;
    }
  }

  const Page& page_;
  const SiteFrame& frame_;
  std::string out_;
};

}  // namespace

std::string EscapeMarkdown(absl::string_view text) {
  std::string escaped = absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                                   {"`", "\\`"},
                                                   {"*", "\\*"},
                                                   {"_", "\\_"},
                                                   {"[", "\\["},
                                                   {"]", "\\]"},
                                                   {"<", "&lt;"},
                                                   {">", "&gt;"},
                                                   {"&", "&amp;"},
                                                   {"|", "\\|"},
                                                   {"#", "\\#"},
                                                   {"~", "\\~"}});
  // What would start a list at the beginning of a line.
  if (!escaped.empty() && (escaped[0] == '-' || escaped[0] == '+')) {
    escaped.insert(0, "\\");
  }
  return escaped;
}

std::string WriteMarkdown(const Page& page, const SiteFrame& frame) {
  return MarkdownWriter(page, frame).Write();
}

}  // namespace klausul::ruleset::docs
