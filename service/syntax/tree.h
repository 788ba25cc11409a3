#ifndef KLAUSUL_SERVICE_SYNTAX_TREE_H_
#define KLAUSUL_SERVICE_SYNTAX_TREE_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

#include "service/base/source.h"

namespace klausul::syntax {

// One tree for YAML and JSON, every part of which knows its place.
//
// The readers (`ReadYaml` in yaml.h, `ReadJson` in json.h) turn a `SourceFile`
// into a `Tree` and say what is wrong as `Diagnostic`s; neither knows what the
// text is about. A scalar keeps its text: whether `12` is a number or a code
// is for whoever knows the field to say.
//
//   DiagnosticSink sink;
//   std::shared_ptr<const Tree> tree =
//       ReadYaml(MakeSourceFile("rule_set.yaml", bytes), {}, sink);
//   if (tree == nullptr) return sink.RenderAll();
//   const Node* id = tree->root().Find("id");
struct Node {
  enum class Kind { kNull, kScalar, kSequence, kMapping };

  // How a scalar is written. JSON strings are kDoubleQuoted; JSON numbers,
  // `true` and `false` are kPlain.
  enum class Style { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

  // A key of a mapping with its value.
  struct Entry {
    std::string key;
    // With its quotes.
    Span key_span;
    Style key_style = Style::kPlain;
    // Never null.
    const Node* value = nullptr;
  };

  Kind kind = Kind::kNull;
  Style style = Style::kPlain;
  // Of a plain YAML scalar: a comment follows on its line, so that what the
  // author took for part of the value may have been cut off.
  bool followed_by_comment = false;
  // Of a scalar with its quotes, of a block scalar from its `|` or `>`, of a
  // collection from its first to its last byte. A null that is written as
  // nothing has the span of its key, or an empty one.
  Span span;
  // The value of a scalar: unquoted, unescaped, unfolded.
  std::string text;
  // Of a sequence, in order; never null.
  std::vector<const Node*> items;
  // Of a mapping, in order; keys are unique.
  std::vector<Entry> entries;
  // Null for the root.
  const Node* parent = nullptr;

  bool is_null() const { return kind == Kind::kNull; }

  bool is_scalar() const { return kind == Kind::kScalar; }

  bool is_sequence() const { return kind == Kind::kSequence; }

  bool is_mapping() const { return kind == Kind::kMapping; }

  // A scalar that can be a number or a truth value: neither quoted nor a block.
  bool is_plain() const { return is_scalar() && style == Style::kPlain; }

  bool is_block() const {
    return is_scalar() && (style == Style::kLiteral || style == Style::kFolded);
  }

  // The value of a key, or null where this is no mapping or has no such key.
  const Node* Find(absl::string_view key) const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The entry of a key, or null.
  const Entry* FindEntry(absl::string_view key) const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;
};

// `a mapping`, `a list`, `a text`...: what a node is, for messages.
std::string Describe(const Node& node);

// A whole text as a tree. Immutable once read; the nodes live as long as it.
class Tree {
 public:
  enum class Format { kYaml, kJson };

  Tree(std::shared_ptr<const SourceFile> file, Format format,
       std::deque<Node> nodes, const Node* root)
      : file_(std::move(file)),
        format_(format),
        nodes_(std::move(nodes)),
        root_(root) {}

  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  const std::shared_ptr<const SourceFile>& file() const { return file_; }

  Format format() const { return format_; }

  const Node& root() const ABSL_ATTRIBUTE_LIFETIME_BOUND { return *root_; }

 private:
  std::shared_ptr<const SourceFile> file_;
  Format format_;
  std::deque<Node> nodes_;
  const Node* root_;
};

// What a reader takes before it refuses. The messages name the limit.
struct Limits {
  // Bytes of the whole text. No plan or rule file written by hand comes near.
  std::size_t max_bytes = std::size_t{16} << 20;
  // Collections within one another. The deepest plan has twelve; recursive
  // readers behind this one may rely on it.
  int max_depth = 100;
  // Scalars, keys and collections together; a node takes about 200 bytes.
  std::size_t max_nodes = 1'000'000;
};

// A source file of `bytes`, without a leading UTF-8 byte order mark, so that
// it shifts no column.
std::shared_ptr<const SourceFile> MakeSourceFile(std::string name,
                                                 std::string bytes);

// The offset in the file of byte `offset` of a scalar's value, for a caret
// inside an expression: quotes, escapes, indentation and folded lines lie
// between the two. The offset of the value's end for one past it.
std::size_t FileOffset(const Tree& tree, const Node& node, std::size_t offset);

// The same for a part of the value.
Span FileSpan(const Tree& tree, const Node& node, Span in_value);

// JSON pointer (RFC 6901) of a node, `/award/criteria/2/weight`; empty for the
// root. Works its way up from the node.
std::string JsonPointer(const Node& node);

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_TREE_H_
