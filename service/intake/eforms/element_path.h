#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"

#include "service/intake/eforms/element.h"

namespace klausul::intake::eforms {

// Elements of one document; a few of them take no memory of their own.
using Elements = absl::InlinedVector<const Element*, 8>;

// A way down from an element, in the small part of XPath that the field table
// needs:
//
//   cac:ProcurementProject/cbc:Name
//   cbc:ID[@schemeName='Lot']
//   cac:ContractingSystem[cbc:ContractingSystemTypeCode/@listName='dps-usage']
//   EXT/efac:Organizations/efac:Organization
//   .
//
// `EXT` stands for the four elements that lead into an eForms extension; `.` is
// the element itself. The prefixes are those of the SDK and stand for the
// namespaces, whatever prefix the document uses. A list name matches with and
// without the `eforms-` of SDK 1.11 and older.
class ElementPath {
 public:
  // Our own constants alone are parsed, so a mistake ends the program.
  explicit ElementPath(absl::string_view path);

  // The first element that the path leads to, or null.
  const Element* First(const Element& from) const {
    // Most of what a table asks for is not there.
    return from.below.HoldsAll(needed_) ? FindFirst(0, from) : nullptr;
  }

  // Every such element, in document order.
  Elements All(const Element& from) const {
    Elements found;
    if (from.below.HoldsAll(needed_)) FindAll(0, from, found);
    return found;
  }

 private:
  // `cbc:Name`. A name that names.cc lacks is compared letter by letter.
  struct Name {
    Namespace ns = Namespace::kNone;
    NameId id = kUnknownName;
    std::string text;

    bool Is(const Element& element) const {
      return element.name_id == id && element.ns == ns &&
             (id != kUnknownName || element.name == text);
    }
  };

  struct Predicate {
    // The child that it looks at; the element itself where the text is empty.
    Name child;
    // The attribute that it looks at; empty means the text.
    std::string attribute;
    std::string value;
  };

  struct Step {
    Name name;
    std::vector<Predicate> predicates;
    // The names of the steps behind it.
    NameSet needed_below;
  };

  static Name ParseName(absl::string_view text);
  static Step ParseStep(absl::string_view text);
  static bool Matches(const Predicate& predicate, const Element& element);
  // Of an element that has the name of the step.
  static bool Matches(const Step& step, const Element& element);

  // The first element that the steps from `step` on lead to, or null.
  const Element* FindFirst(std::size_t step, const Element& from) const;

  // Adds all of them.
  void FindAll(std::size_t step, const Element& from, Elements& found) const;

  std::vector<Step> steps_;
  // The names on the way, where names.cc has them.
  NameSet needed_;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_
