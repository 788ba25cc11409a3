#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

#include "service/intake/eforms/element_tree.h"

namespace klausul::intake::eforms {

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
  const Element* First(const Element& from) const;

  // Every such element, in document order.
  std::vector<const Element*> All(const Element& from) const;

 private:
  struct Predicate {
    // The child that it looks at; without a name, the element itself.
    Namespace ns = Namespace::kNone;
    std::string name;
    // The attribute that it looks at; empty means the text.
    std::string attribute;
    std::string value;
  };

  struct Step {
    Namespace ns = Namespace::kNone;
    std::string name;
    std::vector<Predicate> predicates;
  };

  static Step ParseStep(absl::string_view text);
  static bool Matches(const Predicate& predicate, const Element& element);
  static bool Matches(const Step& step, const Element& element);

  // True where `found` wants no more.
  bool Walk(std::size_t step, const Element& from,
            absl::FunctionRef<bool(const Element&)> found) const;

  std::vector<Step> steps_;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_PATH_H_
