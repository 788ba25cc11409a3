#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_PARTS_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_PARTS_H_

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "service/intake/eforms/element.h"
#include "service/intake/eforms/notice_kind.h"
#include "service/intake/eforms/plan_writer.h"

namespace klausul::intake::eforms {

// The parts of a notice that the field table cannot say. Each has a file of its
// own, named after it.

// Organisations of the notice by technical id, such as `ORG-0001`.
using Organizations = absl::flat_hash_map<absl::string_view, const Element*>;

Organizations FindOrganizations(const Element& root);

// Form, law, dates and the notice itself. (notice_head.cc)
void ReadHead(const Element& root, const NoticeKind& kind, PlanWriter& writer);

// Contract, concession or contest; ordinary or light service. Asks what the
// lots have told. (notice_head.cc)
void ReadContractForm(const NoticeKind& kind, PlanWriter& writer);

// The lead buyer and the others. (buyers.cc)
void ReadBuyers(const Element& root, const Organizations& organizations,
                PlanWriter& writer);

// The procedure as a whole, and how it is divided; then each lot, or part of a
// planning notice. A single one is lifted to the plan. (lots.cc)
void ReadLots(const Element& root, const NoticeKind& kind, PlanWriter& writer);

// What a lot says beyond the table. (lot_details.cc)
void ReadLotDetails(const Element& lot, const Target& target,
                    PlanWriter& writer);

// Award criteria of a lot, and the Norwegian claims about climate that are
// written as such. (award_criteria.cc)
void ReadAwardCriteria(const Element& lot, const NoticeKind& kind,
                       const Target& target, PlanWriter& writer);

// Results and contract changes. (results.cc)
void ReadResults(const Element& root, const NoticeKind& kind,
                 const Organizations& organizations, PlanWriter& writer);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_PARTS_H_
