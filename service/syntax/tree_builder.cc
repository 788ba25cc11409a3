#include "service/syntax/tree_builder.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

namespace klausul::syntax {

TreeBuilder::TreeBuilder(std::shared_ptr<const SourceFile> file,
                         Tree::Format format, const Limits& limits,
                         DiagnosticSink& sink)
    : file_(std::move(file)), format_(format), limits_(limits), sink_(sink) {}

Span TreeBuilder::ToSpan(Range range) {
  return {static_cast<std::uint32_t>(range.begin),
          static_cast<std::uint32_t>(range.end)};
}

void TreeBuilder::Refuse(Range range, absl::string_view code,
                         absl::string_view message, absl::string_view help) {
  refused_ = true;
  sink_.Error(file_, ToSpan(range), code, message, help);
}

bool TreeBuilder::expects_key() const {
  return !stack_.empty() && stack_.back().node->is_mapping() &&
         !stack_.back().has_key;
}

Node* TreeBuilder::NewNode(Node::Kind kind, Range range) {
  if (++node_count_ > limits_.max_nodes) {
    Refuse({range.begin, range.begin}, "too-large",
           absl::StrCat("more than ", limits_.max_nodes,
                        " values; that is the limit"));
    return nullptr;
  }
  Node& node = nodes_.emplace_back();
  node.kind = kind;
  node.span = ToSpan(range);
  node.parent = stack_.empty() ? nullptr : stack_.back().node;
  return &node;
}

void TreeBuilder::Attach(Node* node) {
  if (stack_.empty()) {
    root_ = node;
    return;
  }
  Open& open = stack_.back();
  if (open.node->is_sequence()) {
    open.node->items.push_back(node);
    return;
  }
  open.has_key = false;
  open.key.value = node;
  open.node->entries.push_back(std::move(open.key));
  open.key = {};
}

bool TreeBuilder::NoKey(Range range, absl::string_view what) {
  if (collection_key_.has_value()) {
    stack_.back().has_key = true;
    return true;
  }
  Refuse(range, "yaml-key", absl::StrCat(what, " cannot be a key"),
         "a key is a single word or a quoted text");
  return false;
}

bool TreeBuilder::Key(Range range, Node::Style style, absl::string_view text) {
  if (++node_count_ > limits_.max_nodes) {
    Refuse({range.begin, range.begin}, "too-large",
           absl::StrCat("more than ", limits_.max_nodes,
                        " values; that is the limit"));
    return false;
  }
  Open& open = stack_.back();
  open.has_key = true;
  open.key.key = std::string(text);
  open.key.key_span = ToSpan(range);
  open.key.key_style = style;
  const auto [first, is_new] =
      open.keys.try_emplace(open.key.key, open.key.key_span);
  if (!is_new && !collection_key_.has_value()) {
    refused_ = true;
    Diagnostic duplicate;
    duplicate.code = "duplicate-key";
    duplicate.message = absl::StrCat("key `", text, "` appears twice");
    duplicate.file = file_;
    duplicate.span = open.key.key_span;
    duplicate.help = "keep one of the two";
    duplicate.notes.push_back({file_, first->second, "it is here already"});
    sink_.Add(std::move(duplicate));
  }
  last_end_ = range.end;
  return true;
}

bool TreeBuilder::Null(Range range) {
  if (expects_key()) return NoKey(range, "null");
  Node* node = NewNode(Node::Kind::kNull, range);
  if (node == nullptr) return false;
  last_end_ = range.end;
  Attach(node);
  return true;
}

bool TreeBuilder::ImpliedNull() {
  if (expects_key()) return NoKey({last_end_, last_end_}, "nothing");
  Span span{static_cast<std::uint32_t>(last_end_),
            static_cast<std::uint32_t>(last_end_)};
  if (!stack_.empty() && stack_.back().has_key) {
    span = stack_.back().key.key_span;
  }
  Node* node = NewNode(Node::Kind::kNull, {span.begin, span.end});
  if (node == nullptr) return false;
  Attach(node);
  return true;
}

bool TreeBuilder::Scalar(Range range, Node::Style style, absl::string_view text,
                         bool followed_by_comment) {
  if (expects_key()) {
    if (style == Node::Style::kLiteral || style == Node::Style::kFolded) {
      return NoKey({range.begin, range.begin + 1}, "a block of text");
    }
    return Key(range, style, text);
  }
  Node* node = NewNode(Node::Kind::kScalar, range);
  if (node == nullptr) return false;
  node->style = style;
  node->text = std::string(text);
  node->followed_by_comment = followed_by_comment;
  last_end_ = range.end;
  Attach(node);
  return true;
}

bool TreeBuilder::Start(Node::Kind kind, std::size_t begin) {
  if (expects_key()) {
    if (!collection_key_.has_value()) collection_key_ = {begin, begin + 1};
    stack_.back().has_key = true;
  }
  if (static_cast<int>(stack_.size()) >= limits_.max_depth) {
    Refuse({begin, begin + 1}, "too-deep",
           absl::StrCat("more than ", limits_.max_depth,
                        " levels of lists and mappings in one another; that "
                        "is the limit"));
    return false;
  }
  Node* node = NewNode(kind, {begin, begin});
  if (node == nullptr) return false;
  Attach(node);
  stack_.emplace_back().node = node;
  last_end_ = begin;
  return true;
}

void TreeBuilder::End(std::size_t end) {
  stack_.back().node->span.end = static_cast<std::uint32_t>(end);
  stack_.pop_back();
  last_end_ = end;
}

std::shared_ptr<const Tree> TreeBuilder::Finish() {
  if (!refused_ && collection_key_.has_value()) {
    Refuse(*collection_key_, "yaml-key", "a list or mapping cannot be a key",
           "a key is a single word or a quoted text");
  }
  if (refused_) return nullptr;
  if (root_ == nullptr) root_ = NewNode(Node::Kind::kNull, {0, 0});
  return std::make_shared<const Tree>(file_, format_, std::move(nodes_), root_);
}

}  // namespace klausul::syntax
