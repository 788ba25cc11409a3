#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_FIELD_TABLE_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_FIELD_TABLE_H_

#include <string>

#include "service/intake/eforms/element.h"
#include "service/intake/eforms/plan_writer.h"

namespace klausul::intake::eforms {

// The table of the fields that are read straight from one place to one path.
// What takes more than that (organisations by reference, award criteria, the
// role of the notice, results) has a file of its own.
//
// To read a further field, add its row in field_table.cc; a code list is the
// `eforms_code` options of the enum in plan_enums.proto. Names of elements that
// names.cc lacks work, only more slowly. `UPDATE_GOLDEN=1` and the test of this
// file write docs/eforms.md anew.

// Where a row of the table is looked up, and what its plan path starts from.
enum class Context {
  kNotice,        // the root; the plan
  kProcedure,     // the root; the plan
  kShared,        // the root and every lot, at the same place; the plan or lot
  kLot,           // every lot; the lot, or the plan for an only lot
  kLotOfPlan,     // every lot; the plan, which alone has such a field
  kBuyer,         // a contracting party; the buyer or co-buyer
  kOrganization,  // the company behind a buyer; the buyer or co-buyer
  kRole,          // the root; the notice under its role in `notices`
};

// Applies the rows of a context. `from` is the element that the paths of the
// context start at.
void ApplyFields(Context context, const Element& from, const Target& target,
                 PlanWriter& writer);

// The table as the Markdown of docs/eforms.md, which a test holds to it.
std::string FieldTablePage();

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_FIELD_TABLE_H_
