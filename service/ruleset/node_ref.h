#ifndef KLAUSUL_SERVICE_RULESET_NODE_REF_H_
#define KLAUSUL_SERVICE_RULESET_NODE_REF_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::ruleset {

// A place in a rule file: a value, or the key of one, with the tree that it
// lives in. Cheap to copy; keeps the tree alive. An empty one stands for what
// is not there.
class NodeRef {
 public:
  NodeRef() = default;

  NodeRef(std::shared_ptr<const syntax::Tree> tree, const syntax::Node* node)
      : tree_(std::move(tree)), node_(node) {}

  // The key of an entry.
  NodeRef(std::shared_ptr<const syntax::Tree> tree,
          const syntax::Node::Entry* key)
      : tree_(std::move(tree)), key_(key) {}

  explicit operator bool() const { return node_ != nullptr || key_ != nullptr; }

  // None of what follows may be asked of an empty one.

  const std::shared_ptr<const syntax::Tree>& tree() const { return tree_; }

  // Null for a key.
  const syntax::Node* node() const { return node_; }

  const std::shared_ptr<const SourceFile>& file() const {
    return tree_->file();
  }

  Span span() const { return key_ != nullptr ? key_->key_span : node_->span; }

  // The value of a scalar, or the key.
  absl::string_view text() const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return key_ != nullptr ? key_->key : node_->text;
  }

  bool IsMapping() const { return node_ != nullptr && node_->is_mapping(); }

  bool IsSequence() const { return node_ != nullptr && node_->is_sequence(); }

  bool IsScalar() const {
    return key_ != nullptr || node_->is_scalar() || node_->is_null();
  }

  bool IsNull() const { return node_ != nullptr && node_->is_null(); }

  // Neither quoted nor a block.
  bool IsPlain() const { return node_ != nullptr && node_->is_plain(); }

  // Of a sequence, in order.
  std::vector<NodeRef> Items() const;

  // Of a mapping, in order: keys and values.
  std::vector<std::pair<NodeRef, NodeRef>> Entries() const;

  // Where a part of the scalar's value stands in the file.
  Span SpanOf(Span in_value) const;

  // A diagnostic here, or at a part of the value.
  Diagnostic MakeError(absl::string_view code, absl::string_view message,
                       absl::string_view help = {}) const;
  void Error(absl::string_view code, absl::string_view message,
             absl::string_view help, DiagnosticSink& sink) const;
  void ErrorAt(Span in_value, absl::string_view code, absl::string_view message,
               absl::string_view help, DiagnosticSink& sink) const;
  void Warning(absl::string_view code, absl::string_view message,
               absl::string_view help, DiagnosticSink& sink) const;

 private:
  std::shared_ptr<const syntax::Tree> tree_;
  const syntax::Node* node_ = nullptr;
  const syntax::Node::Entry* key_ = nullptr;
};

// The root of a YAML text, or empty where it cannot be read; why is in `sink`.
// An empty text is reported.
NodeRef ReadTree(std::string name, std::string text, DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_NODE_REF_H_
