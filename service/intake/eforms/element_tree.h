#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "pugixml.hpp"

#include "service/base/source.h"
#include "service/intake/eforms/well_formed.h"
#include "service/intake/eforms/xml_fault.h"

namespace klausul::intake::eforms {

// The XML namespaces of a notice. Documents choose their own prefixes, so
// elements are known by these alone.
enum class Namespace : std::uint8_t {
  kNone,
  kNotice,  // that of the three UBL roots
  kCac,     // UBL aggregates
  kCbc,     // UBL basic components
  kExt,     // UBL extensions
  kEfext,   // eForms extension
  kEfac,    // eForms aggregates
  kEfbc,    // eForms basic components
  kOther,
};

// The prefix that the eForms SDK writes; empty for the last and the first two.
absl::string_view PrefixOf(Namespace ns);

// An element of a notice. Lives as long as its tree.
struct Element {
  Namespace ns = Namespace::kNone;
  // Without prefix.
  absl::string_view name;
  const Element* parent = nullptr;
  const Element* first_child = nullptr;
  const Element* next = nullptr;
  // Offset of its `<` in the decoded text.
  std::uint32_t begin = 0;
  pugi::xml_node node;

  bool Is(Namespace wanted_ns, absl::string_view wanted_name) const {
    return ns == wanted_ns && name == wanted_name;
  }

  // Its own text, CDATA included, without space around it.
  std::string Text() const;

  // The value of an attribute without prefix; empty where there is none.
  absl::string_view Attribute(const char* attribute) const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The first child of that name, or null.
  const Element* Child(Namespace child_ns, absl::string_view child_name) const;
};

// A parsed notice: elements with namespaces resolved and places kept.
// Immutable once made; not copied or moved, since elements point into it.
class ElementTree {
 public:
  // Checks and parses UTF-8 text, which has to outlive the tree. Null, and
  // `fault` set, where it is not well-formed.
  static std::unique_ptr<ElementTree> Parse(absl::string_view text,
                                            const WellFormedLimits& limits,
                                            XmlFault& fault);

  ElementTree(const ElementTree&) = delete;
  ElementTree& operator=(const ElementTree&) = delete;

  const Element& root() const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return elements_.front();
  }

  // Elements are numbered in document order, the root with 0.
  std::uint32_t NumberOf(const Element& element) const {
    return static_cast<std::uint32_t>(&element - elements_.data());
  }

  const Element& At(std::uint32_t number) const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return elements_[number];
  }

  // From the `<` of its start tag to the end of the tag.
  Span TagSpan(const Element& element) const;

 private:
  ElementTree() = default;

  absl::optional<XmlFault> Index(std::size_t element_count);

  absl::string_view text_;
  // A copy, which pugixml parses in place.
  std::string buffer_;
  pugi::xml_document document_;
  // Reserved once, so that pointers into it stay.
  std::vector<Element> elements_;
};

// The path of an element in the form of the eForms SDK, such as
// `/*/cac:ProcurementProjectLot[2]/cac:TenderingTerms`: SDK prefixes, a
// position only among several of one name.
std::string XPathOf(const Element& element);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_
