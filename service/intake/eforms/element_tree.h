#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

#include "service/base/source.h"
#include "service/intake/eforms/element.h"
#include "service/intake/eforms/element_reader.h"
#include "service/intake/eforms/well_formed.h"
#include "service/intake/eforms/xml_fault.h"

namespace klausul::intake::eforms {

// A parsed notice: elements with namespaces resolved and places kept.
// Immutable once made; not copied or moved, since elements point into it.
class ElementTree {
 public:
  // Checks and parses the text of a file, which the tree keeps. Null, and
  // `fault` set, where it is not well-formed. `is_xml_text` says that the text
  // has passed IsXmlText before; what has not is asked again.
  static std::unique_ptr<ElementTree> Parse(
      std::shared_ptr<const SourceFile> file, const WellFormedLimits& limits,
      XmlFault& fault, bool is_xml_text = false);

  // The same of a text that is copied.
  static std::unique_ptr<ElementTree> Parse(absl::string_view text,
                                            const WellFormedLimits& limits,
                                            XmlFault& fault);

  ~ElementTree();
  ElementTree(const ElementTree&) = delete;
  ElementTree& operator=(const ElementTree&) = delete;

  const Element& root() const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return store_.elements.front();
  }

  // How many elements there are.
  std::size_t size() const { return store_.elements.size(); }

  // Elements are numbered in document order, the root with 0.
  std::uint32_t NumberOf(const Element& element) const {
    return element.number;
  }

  const Element& At(std::uint32_t number) const ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return store_.elements[number];
  }

  // From the `<` of its start tag to the end of the tag.
  Span TagSpan(const Element& element) const { return element.TagSpan(); }

 private:
  ElementTree();

  std::shared_ptr<const SourceFile> file_;
  // Room that is used again for the next notice of the thread.
  ElementStore store_;
};

// The path of an element in the form of the eForms SDK, such as
// `/*/cac:ProcurementProjectLot[2]/cac:TenderingTerms`: SDK prefixes, a
// position only among several of one name.
std::string XPathOf(const Element& element);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_TREE_H_
