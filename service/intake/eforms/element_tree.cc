#include "service/intake/eforms/element_tree.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace klausul::intake::eforms {
namespace {

// Namespace declarations in force at one place; each name is looked up among
// them one by one. A notice has about ten.
constexpr std::size_t kMaxBindings = 128;

constexpr char kUbl[] = "urn:oasis:names:specification:ubl:schema:xsd:";
constexpr char kEforms[] = "http://data.europa.eu/p27/eforms-ubl-extension";

Namespace NamespaceOf(absl::string_view uri) {
  if (uri.empty()) return Namespace::kNone;
  if (absl::ConsumePrefix(&uri, kUbl)) {
    if (uri == "CommonAggregateComponents-2") return Namespace::kCac;
    if (uri == "CommonBasicComponents-2") return Namespace::kCbc;
    if (uri == "CommonExtensionComponents-2") return Namespace::kExt;
    if (uri == "PriorInformationNotice-2" || uri == "ContractNotice-2" ||
        uri == "ContractAwardNotice-2" ||
        uri == "BusinessRegistrationInformationNotice-2") {
      return Namespace::kNotice;
    }
    return Namespace::kOther;
  }
  if (absl::ConsumePrefix(&uri, kEforms)) {
    if (uri == "s/1") return Namespace::kEfext;
    if (uri == "-aggregate-components/1") return Namespace::kEfac;
    if (uri == "-basic-components/1") return Namespace::kEfbc;
  }
  // The registration notice is of another family.
  if (uri ==
      "http://data.europa.eu/p27/eforms-business-registration-information-"
      "notice/1") {
    return Namespace::kNotice;
  }
  return Namespace::kOther;
}

struct Binding {
  absl::string_view prefix;
  Namespace ns;
};

// The namespace bound last to a prefix; nullopt where none is.
absl::optional<Namespace> Resolve(const std::vector<Binding>& bindings,
                                  absl::string_view prefix) {
  for (auto it = bindings.rbegin(); it != bindings.rend(); ++it) {
    if (it->prefix == prefix) return it->ns;
  }
  if (prefix.empty()) return Namespace::kNone;
  if (prefix == "xml") return Namespace::kOther;
  return absl::nullopt;
}

std::pair<absl::string_view, absl::string_view> SplitName(
    absl::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == absl::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

pugi::xml_node FirstElement(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element)
    node = node.next_sibling();
  return node;
}

}  // namespace

absl::string_view PrefixOf(Namespace ns) {
  switch (ns) {
    case Namespace::kCac:
      return "cac";
    case Namespace::kCbc:
      return "cbc";
    case Namespace::kExt:
      return "ext";
    case Namespace::kEfext:
      return "efext";
    case Namespace::kEfac:
      return "efac";
    case Namespace::kEfbc:
      return "efbc";
    case Namespace::kNone:
    case Namespace::kNotice:
    case Namespace::kOther:
      break;
  }
  return {};
}

std::string Element::Text() const {
  std::string text;
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  absl::StripAsciiWhitespace(&text);
  return text;
}

absl::string_view Element::Attribute(const char* attribute) const {
  return absl::StripAsciiWhitespace(node.attribute(attribute).value());
}

const Element* Element::Child(Namespace child_ns,
                              absl::string_view child_name) const {
  for (const Element* child = first_child; child != nullptr;
       child = child->next) {
    if (child->Is(child_ns, child_name)) return child;
  }
  return nullptr;
}

std::unique_ptr<ElementTree> ElementTree::Parse(absl::string_view text,
                                                const WellFormedLimits& limits,
                                                XmlFault& fault) {
  std::size_t element_count = 0;
  if (auto found = CheckWellFormed(text, limits, element_count)) {
    fault = *std::move(found);
    return nullptr;
  }
  auto tree = absl::WrapUnique(new ElementTree);
  tree->text_ = text;
  tree->buffer_ = std::string(text);
  const pugi::xml_parse_result result = tree->document_.load_buffer_inplace(
      tree->buffer_.data(), tree->buffer_.size(), pugi::parse_default,
      pugi::encoding_utf8);
  if (!result) {
    // The check above is stricter, so this is for our own mistakes.
    const auto at = static_cast<std::uint32_t>(
        std::clamp<std::ptrdiff_t>(result.offset, 0, text.size()));
    fault = {{at, at}, "xml-syntax", result.description(), ""};
    return nullptr;
  }
  if (auto found = tree->Index(element_count)) {
    fault = *std::move(found);
    return nullptr;
  }
  return tree;
}

absl::optional<XmlFault> ElementTree::Index(std::size_t element_count) {
  elements_.reserve(element_count);
  std::vector<Binding> bindings;

  // The open elements: each with its last child so far and the number of
  // bindings to go back to. The depth is bounded by the check before.
  struct Open {
    Element* element;
    Element* last_child;
    std::size_t binding_count;
  };

  std::vector<Open> open;
  pugi::xml_node node = FirstElement(document_.first_child());
  while (node) {
    const std::size_t binding_count = bindings.size();
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const absl::string_view name = attribute.name();
      if (name == "xmlns") {
        bindings.push_back({"", NamespaceOf(attribute.value())});
      } else if (absl::StartsWith(name, "xmlns:")) {
        bindings.push_back({name.substr(6), NamespaceOf(attribute.value())});
      }
    }
    if (bindings.size() > kMaxBindings) {
      const auto at = static_cast<std::uint32_t>(
          std::max<std::ptrdiff_t>(1, node.offset_debug()));
      return XmlFault{{at - 1, at},
                      "xml-limit",
                      absl::StrCat("more than ", kMaxBindings,
                                   " namespaces are declared at once"),
                      ""};
    }
    const auto [prefix, local] = SplitName(node.name());
    const absl::optional<Namespace> ns = Resolve(bindings, prefix);
    const auto name_begin = static_cast<std::uint32_t>(
        std::max<std::ptrdiff_t>(1, node.offset_debug()));
    if (!ns.has_value()) {
      return XmlFault{
          {name_begin, static_cast<std::uint32_t>(name_begin + prefix.size())},
          "xml-namespace",
          absl::StrCat("prefix `", prefix, "` is bound to no namespace"),
          absl::StrCat("declare it: `xmlns:", prefix, "=\"…\"`")};
    }
    elements_.push_back(
        {*ns, local, nullptr, nullptr, nullptr, name_begin - 1, node});
    Element* element = &elements_.back();
    if (!open.empty()) {
      Open& parent = open.back();
      element->parent = parent.element;
      if (parent.last_child == nullptr) {
        parent.element->first_child = element;
      } else {
        parent.last_child->next = element;
      }
      parent.last_child = element;
    }
    open.push_back({element, nullptr, binding_count});

    if (const pugi::xml_node child = FirstElement(node.first_child())) {
      node = child;
      continue;
    }
    // Up until there is a sibling.
    node = {};
    while (!open.empty() && !node) {
      bindings.resize(open.back().binding_count);
      node = FirstElement(open.back().element->node.next_sibling());
      open.pop_back();
    }
  }
  return absl::nullopt;
}

Span ElementTree::TagSpan(const Element& element) const {
  char quote = '\0';
  std::size_t at = element.begin;
  for (; at < text_.size(); ++at) {
    const char c = text_[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      ++at;
      break;
    }
  }
  return {element.begin, static_cast<std::uint32_t>(at)};
}

std::string XPathOf(const Element& element) {
  if (element.parent == nullptr) return "/*";
  std::string path = XPathOf(*element.parent);
  const absl::string_view prefix = PrefixOf(element.ns);
  if (prefix.empty()) {
    absl::StrAppend(&path, "/*[local-name()='", element.name, "']");
  } else {
    absl::StrAppend(&path, "/", prefix, ":", element.name);
  }
  int position = 0;
  int count = 0;
  for (const Element* sibling = element.parent->first_child; sibling != nullptr;
       sibling = sibling->next) {
    if (!sibling->Is(element.ns, element.name)) continue;
    ++count;
    if (sibling == &element) position = count;
  }
  if (count > 1) absl::StrAppend(&path, "[", position, "]");
  return path;
}

}  // namespace klausul::intake::eforms
