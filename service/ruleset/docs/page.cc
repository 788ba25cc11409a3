#include "service/ruleset/docs/page.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace klausul::ruleset::docs {

Inline Text(std::string text) {
  return {Inline::Kind::kText, std::move(text), {}, {}};
}

Inline Strong(std::string text) {
  return {Inline::Kind::kStrong, std::move(text), {}, {}};
}

Inline Code(std::string text) {
  return {Inline::Kind::kCode, std::move(text), {}, {}};
}

Inline Link(std::string text, std::string target) {
  return {Inline::Kind::kText, std::move(text), std::move(target), {}};
}

Inline Badge(std::string text, std::string style) {
  return {Inline::Kind::kBadge, std::move(text), {}, std::move(style)};
}

Block Heading(std::string text, std::string id, int level) {
  Block block;
  block.kind = Block::Kind::kHeading;
  block.level = level;
  block.id = std::move(id);
  block.text.push_back(Text(std::move(text)));
  return block;
}

Block Paragraph(Inlines text) {
  Block block;
  block.text = std::move(text);
  return block;
}

Block List(std::vector<Blocks> items, std::string style) {
  Block block;
  block.kind = Block::Kind::kList;
  block.style = std::move(style);
  block.items = std::move(items);
  return block;
}

Block Table(std::vector<Inlines> header,
            std::vector<std::vector<Inlines>> rows) {
  Block block;
  block.kind = Block::Kind::kTable;
  block.header = std::move(header);
  block.rows = std::move(rows);
  return block;
}

Block CodeBlock(std::string code) {
  Block block;
  block.kind = Block::Kind::kCode;
  block.code = std::move(code);
  return block;
}

Block Section(std::string style, Blocks blocks, std::string id) {
  Block block;
  block.kind = Block::Kind::kSection;
  block.style = std::move(style);
  block.id = std::move(id);
  block.items.push_back(std::move(blocks));
  return block;
}

void Append(Inlines more, Inlines& to) {
  to.insert(to.end(), std::make_move_iterator(more.begin()),
            std::make_move_iterator(more.end()));
}

void Append(Blocks more, Blocks& to) {
  to.insert(to.end(), std::make_move_iterator(more.begin()),
            std::make_move_iterator(more.end()));
}

std::string PlainText(const Inlines& text) {
  std::string plain;
  for (const Inline& part : text)
    absl::StrAppend(&plain, part.text);
  return plain;
}

Inlines Enumerate(std::vector<Inlines> parts, const std::string& word) {
  Inlines all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      all.push_back(Text(i + 1 == parts.size() ? absl::StrCat(" ", word, " ")
                                               : std::string(", ")));
    }
    Append(std::move(parts[i]), all);
  }
  return all;
}

}  // namespace klausul::ruleset::docs
