#ifndef KLAUSUL_SERVICE_RULESET_DOCS_PAGE_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_PAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "service/engine/reason.h"

// A page of the documentation before it is HTML or Markdown: what it says, not
// how it looks. Texts are plain; the writers escape them.

namespace klausul::ruleset::docs {

// A piece of running text.
struct Inline {
  enum class Kind {
    kText,
    kStrong,
    // A name or a value as rule files spell it.
    kCode,
    // A field of the plan: `text` is its label.
    kField,
    // A variable that a condition runs through a list with.
    kVariable,
    // One of a few words that stand out: a severity, an outcome.
    kBadge,
  };

  Kind kind = Kind::kText;
  std::string text;
  // Empty, or where it leads: a page of this site, by Page::path and perhaps
  // `#` and an id, or an address with its scheme.
  std::string target;
  // What else is to be told of it, such as the path of a field. Of a badge: its
  // class, such as `error`.
  std::string hint;
};

using Inlines = std::vector<Inline>;

struct Block;
using Blocks = std::vector<Block>;

struct Block {
  enum class Kind {
    kHeading,    // text; level from 2
    kParagraph,  // text
    kList,       // items
    kTable,      // header and rows
    kFacts,      // terms
    kCode,       // code
    kSection,    // items[0]: what belongs together, with a name
    kSearch,     // the search of the site
  };

  Kind kind = Kind::kParagraph;
  int level = 2;
  // Of a heading or a section: what links lead to. Empty: none do.
  std::string id;
  // Of a section: `condition`, `note`, `card`; of a list: `cases`, `plain`.
  std::string style;
  Inlines text;
  std::string code;
  std::vector<Blocks> items;
  std::vector<Inlines> header;
  std::vector<std::vector<Inlines>> rows;
  std::vector<std::pair<Inlines, Blocks>> terms;
};

struct Page {
  // Below the language's folder, without an extension: `rules/no.foa.7-9`.
  std::string path;
  engine::Language language = engine::Language::kBokmal;
  std::string title;
  // Above the title, such as the rule's id.
  Inlines kicker;
  // Which entry of the navigation it belongs to, by path.
  std::string section;
  Blocks blocks;
};

// --- Making them -------------------------------------------------------------

Inline Text(std::string text);
Inline Strong(std::string text);
Inline Code(std::string text);
Inline Link(std::string text, std::string target);
Inline Badge(std::string text, std::string style);

Block Heading(std::string text, std::string id = {}, int level = 2);
Block Paragraph(Inlines text);
Block List(std::vector<Blocks> items, std::string style = {});
Block Table(std::vector<Inlines> header,
            std::vector<std::vector<Inlines>> rows);
Block CodeBlock(std::string code);
Block Section(std::string style, Blocks blocks, std::string id = {});

// Appends.
void Append(Inlines more, Inlines& to);
void Append(Blocks more, Blocks& to);

// The texts alone.
std::string PlainText(const Inlines& text);

// `a`, `a og b`, `a, b og c`, with `word` before the last.
Inlines Enumerate(std::vector<Inlines> parts, const std::string& word);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_PAGE_H_
