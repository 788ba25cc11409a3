#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_READER_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_READER_H_

#include <cstddef>
#include <forward_list>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/intake/eforms/element.h"
#include "service/intake/eforms/well_formed.h"
#include "service/intake/eforms/xml_fault.h"

namespace klausul::intake::eforms {

// The elements of a document, and what they point to. Moved as a whole, what
// is inside stays where it is.
struct ElementStore {
  // In document order, the root first.
  std::vector<Element> elements;
  // Attributes in blocks; those of one element lie in one block.
  std::vector<std::unique_ptr<XmlAttribute[]>> attribute_blocks;
  // Texts and values that do not stand in the document as they are.
  std::forward_list<std::string> strings;

  // Forgets what is inside and keeps the room for it, unless that is large.
  void Clear();
};

// Reads XML in one pass that is as strict as CheckWellFormed: it takes and
// refuses the same texts, which tests hold it to, but does not say why it
// refuses one. `text` has passed IsXmlText and outlives the elements.
//
// False where the text is refused. `namespace_fault` is set where that is for a
// namespace, which CheckWellFormed knows nothing of, and else empty.
//
// Takes time in proportion to the text, and no stack for its depth.
bool ReadElements(absl::string_view text, const WellFormedLimits& limits,
                  ElementStore& store,
                  absl::optional<XmlFault>& namespace_fault);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_READER_H_
