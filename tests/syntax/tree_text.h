#ifndef KLAUSUL_TESTS_SYNTAX_TREE_TEXT_H_
#define KLAUSUL_TESTS_SYNTAX_TREE_TEXT_H_

#include <string>

#include "absl/strings/str_cat.h"

#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {

// A tree on one line, to compare with: `{a: [1, "x", null]}`. Scalars that are
// not plain stand in quotes.
inline std::string TreeText(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::kNull:
      return "null";
    case Node::Kind::kScalar:
      return node.is_plain() ? node.text : absl::StrCat("\"", node.text, "\"");
    case Node::Kind::kSequence:
      for (const Node* item : node.items) {
        absl::StrAppend(&text, text.empty() ? "" : ", ", TreeText(*item));
      }
      return absl::StrCat("[", text, "]");
    case Node::Kind::kMapping:
      for (const Node::Entry& entry : node.entries) {
        absl::StrAppend(&text, text.empty() ? "" : ", ", entry.key, ": ",
                        TreeText(*entry.value));
      }
      return absl::StrCat("{", text, "}");
  }
  return text;
}

// The part of the file that a span covers.
inline std::string Covered(const Tree& tree, Span span) {
  return std::string(
      tree.file()->text().substr(span.begin, span.end - span.begin));
}

}  // namespace klausul::syntax

#endif  // KLAUSUL_TESTS_SYNTAX_TREE_TEXT_H_
