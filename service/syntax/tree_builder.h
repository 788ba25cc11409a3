#ifndef KLAUSUL_SERVICE_SYNTAX_TREE_BUILDER_H_
#define KLAUSUL_SERVICE_SYNTAX_TREE_BUILDER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {

// Builds a tree from the events of a reader, keys coming as scalars before
// their values, and keeps the rules that YAML and JSON share: unique keys,
// limits of depth and size.
//
// Functions that return a bool say whether reading may go on: a limit, or a key
// that is none, ends it; a duplicate key is reported and reading goes on.
//
// A collection as a key is held back until the end: the YAML library also sees
// one where a bracket is never closed, and then what comes after tells better
// what is wrong.
class TreeBuilder {
 public:
  // A range of bytes in the text.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  TreeBuilder(std::shared_ptr<const SourceFile> file, Tree::Format format,
              const Limits& limits, DiagnosticSink& sink);

  bool Null(Range range);
  // A null written as nothing: it stands where its key does.
  bool ImpliedNull();
  bool Scalar(Range range, Node::Style style, absl::string_view text,
              bool followed_by_comment = false);
  bool Start(Node::Kind kind, std::size_t begin);
  void End(std::size_t end);

  // Whether the next scalar is a key.
  bool expects_key() const;

  // Where the innermost open collection begins.
  std::size_t open_begin() const { return stack_.back().node->span.begin; }

  // Where the last scalar or collection ended.
  std::size_t last_end() const { return last_end_; }

  // Reports an error; the tree will not be given out.
  void Refuse(Range range, absl::string_view code, absl::string_view message,
              absl::string_view help = {});

  // The tree, or null where anything was refused.
  std::shared_ptr<const Tree> Finish();

 private:
  struct Open {
    Node* node = nullptr;
    bool has_key = false;
    Node::Entry key;
    // Only filled from the first few keys on: most mappings are small.
    absl::flat_hash_map<std::string, Span> keys;
  };

  static Span ToSpan(Range range);
  Node* NewNode(Node::Kind kind, Range range);
  bool Key(Range range, Node::Style style, absl::string_view text);
  bool NoKey(Range range, absl::string_view what);
  void Attach(Node* node);

  std::shared_ptr<const SourceFile> file_;
  Tree::Format format_;
  Limits limits_;
  DiagnosticSink& sink_;
  std::deque<Node> nodes_;
  Node* root_ = nullptr;
  std::vector<Open> stack_;
  std::size_t last_end_ = 0;
  std::size_t node_count_ = 0;
  bool refused_ = false;
  // Set by a collection as a key.
  absl::optional<Range> collection_key_;
};

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_TREE_BUILDER_H_
