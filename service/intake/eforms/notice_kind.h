#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_NOTICE_KIND_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_NOTICE_KIND_H_

#include <string>

#include "klausul/v1/plan_enums.pb.h"

#include "service/intake/eforms/element.h"

namespace klausul::intake::eforms {

// The part that a notice plays in a procurement; each but the last is a field
// of `notices`.
enum class NoticeRole {
  kPlanning,
  kPrior,
  kConsultation,
  kCall,
  kTransparency,
  kAward,
  kModification,
  kCompletion,
  // Company registration (X01, X02): no procurement at all.
  kRegistration,
};

// What kind of notice it is, and the codes that say so.
struct NoticeKind {
  NoticeRole role = NoticeRole::kCall;
  // A planning notice that is itself the call: subtypes 10 to 14.
  bool used_as_call = false;
  // OPP-070, as written; may be empty.
  std::string subtype;
  // BT-02, as written; may be empty.
  std::string type;
  // BT-03, as written; may be empty.
  std::string form;
  // Where the codes stand; null where the notice has none.
  const Element* subtype_element = nullptr;
  const Element* type_element = nullptr;
  // It comes from the Norwegian profile, whose award criterion types tell what
  // is about climate and environment.
  bool norwegian = false;

  // Subtypes 10 to 24 and their like: the day it is sent is the day the
  // competition starts.
  bool IsCall() const { return role == NoticeRole::kCall || used_as_call; }
};

// By subtype, else by notice type, else by form type, else by the root: all of
// them are missing or wrong in some real notice.
NoticeKind KindOf(const Element& root);

// Field of `notices` for a role, such as `call`.
const char* RoleField(NoticeRole role);

// How far the procurement has come when such a notice is sent.
v1::Stage StageOf(const NoticeKind& kind);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_NOTICE_KIND_H_
