#include "service/ruleset/node_ref.h"

#include <algorithm>

#include "service/syntax/yaml.h"

namespace klausul::ruleset {

std::vector<NodeRef> NodeRef::Items() const {
  std::vector<NodeRef> out;
  if (!IsSequence()) return out;
  for (const syntax::Node* item : node_->items)
    out.emplace_back(tree_, item);
  return out;
}

std::vector<std::pair<NodeRef, NodeRef>> NodeRef::Entries() const {
  std::vector<std::pair<NodeRef, NodeRef>> out;
  if (!IsMapping()) return out;
  for (const syntax::Node::Entry& entry : node_->entries) {
    out.emplace_back(NodeRef(tree_, &entry), NodeRef(tree_, entry.value));
  }
  return out;
}

Span NodeRef::SpanOf(Span in_value) const {
  if (node_ == nullptr || !node_->is_scalar()) return span();
  return syntax::FileSpan(*tree_, *node_, in_value);
}

Diagnostic NodeRef::MakeError(absl::string_view code, absl::string_view message,
                              absl::string_view help) const {
  Diagnostic diagnostic;
  diagnostic.code = std::string(code);
  diagnostic.message = std::string(message);
  diagnostic.help = std::string(help);
  diagnostic.file = file();
  diagnostic.span = span();
  return diagnostic;
}

void NodeRef::Error(absl::string_view code, absl::string_view message,
                    absl::string_view help, DiagnosticSink& sink) const {
  sink.Add(MakeError(code, message, help));
}

void NodeRef::ErrorAt(Span in_value, absl::string_view code,
                      absl::string_view message, absl::string_view help,
                      DiagnosticSink& sink) const {
  Diagnostic diagnostic = MakeError(code, message, help);
  diagnostic.span = SpanOf(in_value);
  sink.Add(std::move(diagnostic));
}

void NodeRef::Warning(absl::string_view code, absl::string_view message,
                      absl::string_view help, DiagnosticSink& sink) const {
  Diagnostic diagnostic = MakeError(code, message, help);
  diagnostic.level = Diagnostic::Level::kWarning;
  sink.Add(std::move(diagnostic));
}

NodeRef ReadTree(std::string name, std::string text, DiagnosticSink& sink) {
  std::shared_ptr<const SourceFile> file =
      syntax::MakeSourceFile(std::move(name), std::move(text));
  std::shared_ptr<const syntax::Tree> tree =
      syntax::ReadYaml(file, syntax::Limits(), sink);
  if (tree == nullptr) return {};
  if (tree->root().is_null()) {
    sink.Error(file, {0, 0}, "empty-file", "the file says nothing",
               "remove it, or write what belongs in it");
    return {};
  }
  const syntax::Node* root = &tree->root();
  return {std::move(tree), root};
}

}  // namespace klausul::ruleset
