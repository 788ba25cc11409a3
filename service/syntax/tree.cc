#include "service/syntax/tree.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "service/syntax/scalar.h"

namespace klausul::syntax {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The token of a node within its parent: a key, or an index.
std::string PointerToken(const Node& node) {
  const Node& parent = *node.parent;
  for (const Node::Entry& entry : parent.entries) {
    if (entry.value == &node) {
      return absl::StrReplaceAll(entry.key, {{"~", "~0"}, {"/", "~1"}});
    }
  }
  const auto found = std::find(parent.items.begin(), parent.items.end(), &node);
  return absl::StrCat(found - parent.items.begin());
}

}  // namespace

const Node* Node::Find(absl::string_view key) const {
  const Entry* entry = FindEntry(key);
  return entry == nullptr ? nullptr : entry->value;
}

const Node::Entry* Node::FindEntry(absl::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

std::string Describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "nothing";
    case Node::Kind::kSequence:
      return "a list";
    case Node::Kind::kMapping:
      return "a mapping";
    case Node::Kind::kScalar:
      break;
  }
  if (node.is_block()) return "a block of text";
  // Long or broken values would make the message unreadable.
  constexpr std::size_t kMaxShown = 40;
  absl::string_view shown = node.text;
  const std::size_t line_end = shown.find_first_of("\r\n");
  if (line_end != absl::string_view::npos) shown = shown.substr(0, line_end);
  std::size_t count = 0;
  std::size_t end = 0;
  while (end < shown.size() && count < kMaxShown) {
    ++end;
    while (end < shown.size() &&
           (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) {
      ++end;
    }
    ++count;
  }
  const bool cut = end < node.text.size();
  const absl::string_view quote = node.is_plain() ? "" : "\"";
  return absl::StrCat("`", quote, shown.substr(0, end), cut ? "..." : "", quote,
                      "`");
}

std::shared_ptr<const SourceFile> MakeSourceFile(std::string name,
                                                 std::string bytes) {
  if (absl::StartsWith(bytes, kByteOrderMark)) {
    bytes.erase(0, kByteOrderMark.size());
  }
  return std::make_shared<const SourceFile>(std::move(name), std::move(bytes));
}

std::size_t FileOffset(const Tree& tree, const Node& node, std::size_t offset) {
  if (!node.is_scalar()) return node.span.begin;
  return RawOffset(tree.file()->text(), node.span.begin, node.style, node.text,
                   std::min(offset, node.text.size()));
}

Span FileSpan(const Tree& tree, const Node& node, Span in_value) {
  const auto begin =
      static_cast<std::uint32_t>(FileOffset(tree, node, in_value.begin));
  const auto end =
      static_cast<std::uint32_t>(FileOffset(tree, node, in_value.end));
  return {begin, std::max(begin, end)};
}

std::string JsonPointer(const Node& node) {
  std::vector<std::string> tokens;
  for (const Node* step = &node; step->parent != nullptr; step = step->parent) {
    tokens.push_back(PointerToken(*step));
  }
  std::string pointer;
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
    absl::StrAppend(&pointer, "/", *token);
  }
  return pointer;
}

}  // namespace klausul::syntax
