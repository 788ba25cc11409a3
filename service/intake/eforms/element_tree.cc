#include "service/intake/eforms/element_tree.h"

#include <cstddef>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/intake/eforms/namespaces.h"
#include "service/intake/eforms/xml_text.h"

namespace klausul::intake::eforms {
namespace {

// Set when the spare store of the thread is no more, which may be before the
// last tree: objects of static storage live longer than those of the thread.
thread_local bool spare_is_gone = false;

struct SpareStore {
  ElementStore store;

  ~SpareStore() { spare_is_gone = true; }
};

// The store of the last tree that this thread let go of, empty; or null.
ElementStore* Spare() {
  if (spare_is_gone) return nullptr;
  static thread_local SpareStore spare;
  return &spare.store;
}

// Why a text that the reader refused is no notice. Only now is it worth
// knowing, so a good text is read once.
XmlFault FaultOf(absl::string_view text, const WellFormedLimits& limits,
                 absl::optional<XmlFault> namespace_fault) {
  std::size_t element_count = 0;
  if (auto found = CheckWellFormed(text, limits, element_count)) {
    return *std::move(found);
  }
  if (namespace_fault.has_value()) return *std::move(namespace_fault);
  // The two agree, so this is for our own mistakes.
  return {{0, 0}, "xml-syntax", "the text is no XML that can be read", ""};
}

}  // namespace

ElementTree::ElementTree() {
  if (ElementStore* spare = Spare()) std::swap(store_, *spare);
}

ElementTree::~ElementTree() {
  store_.Clear();
  if (ElementStore* spare = Spare()) std::swap(store_, *spare);
}

std::unique_ptr<ElementTree> ElementTree::Parse(
    std::shared_ptr<const SourceFile> file, const WellFormedLimits& limits,
    XmlFault& fault, bool is_xml_text) {
  auto tree = absl::WrapUnique(new ElementTree);
  tree->file_ = std::move(file);
  const absl::string_view text = tree->file_->text();
  absl::optional<XmlFault> namespace_fault;
  if ((is_xml_text || IsXmlText(text)) &&
      ReadElements(text, limits, tree->store_, namespace_fault)) {
    return tree;
  }
  fault = FaultOf(text, limits, std::move(namespace_fault));
  return nullptr;
}

std::unique_ptr<ElementTree> ElementTree::Parse(absl::string_view text,
                                                const WellFormedLimits& limits,
                                                XmlFault& fault) {
  return Parse(std::make_shared<const SourceFile>("", std::string(text)),
               limits, fault);
}

std::string XPathOf(const Element& element) {
  const Element* parent = element.parent();
  if (parent == nullptr) return "/*";
  std::string path = XPathOf(*parent);
  const absl::string_view prefix = PrefixOf(element.ns);
  if (prefix.empty()) {
    absl::StrAppend(&path, "/*[local-name()='", element.name, "']");
  } else {
    absl::StrAppend(&path, "/", prefix, ":", element.name);
  }
  int position = 0;
  int count = 0;
  for (const Element& sibling : parent->children()) {
    if (!sibling.Is(element.ns, element.name)) continue;
    ++count;
    if (&sibling == &element) position = count;
  }
  if (count > 1) absl::StrAppend(&path, "[", position, "]");
  return path;
}

}  // namespace klausul::intake::eforms
