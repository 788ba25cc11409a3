#include "service/intake/eforms/notice_kind.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"

namespace klausul::intake::eforms {
namespace {

// The role of a subtype; nullopt for codes beyond the list, such as `99`.
absl::optional<NoticeRole> RoleOfSubtype(absl::string_view subtype) {
  // The Norwegian N4, N16 and N29 are copies of 4, 16 and 29.
  absl::string_view digits = absl::StripPrefix(subtype, "N");
  int number = 0;
  if (absl::SimpleAtoi(digits, &number)) {
    if (number < 1 || number > 40) return absl::nullopt;
    if (number <= 6) return NoticeRole::kPlanning;
    if (number <= 14) return NoticeRole::kPrior;
    if (number <= 24) return NoticeRole::kCall;
    if (number <= 28) return NoticeRole::kTransparency;
    if (number <= 37) return NoticeRole::kAward;
    return NoticeRole::kModification;
  }

  struct Named {
    absl::string_view subtype;
    NoticeRole role;
  };

  constexpr Named kNamed[] = {
      {"E1", NoticeRole::kConsultation}, {"E2", NoticeRole::kPlanning},
      {"E3", NoticeRole::kCall},         {"E4", NoticeRole::kAward},
      {"E5", NoticeRole::kCompletion},   {"E6", NoticeRole::kModification},
      {"CEI", NoticeRole::kCall},        {"T01", NoticeRole::kPlanning},
      {"T02", NoticeRole::kAward},       {"X01", NoticeRole::kRegistration},
      {"X02", NoticeRole::kRegistration}};
  for (const Named& named : kNamed) {
    if (named.subtype == subtype) return named.role;
  }
  return absl::nullopt;
}

absl::optional<NoticeRole> RoleOfType(absl::string_view type) {
  struct Start {
    absl::string_view prefix;
    NoticeRole role;
  };

  // The longer prefix first.
  constexpr Start kStarts[] = {{"pin-cfc", NoticeRole::kPrior},
                               {"pin-rtl", NoticeRole::kPrior},
                               {"pin-", NoticeRole::kPlanning},
                               {"pmc", NoticeRole::kConsultation},
                               {"cn-", NoticeRole::kCall},
                               {"qu-sy", NoticeRole::kCall},
                               {"subco", NoticeRole::kCall},
                               {"veat", NoticeRole::kTransparency},
                               {"can-modif", NoticeRole::kModification},
                               {"can-", NoticeRole::kAward},
                               {"compl", NoticeRole::kCompletion},
                               {"brin-", NoticeRole::kRegistration}};
  for (const Start& start : kStarts) {
    if (absl::StartsWith(type, start.prefix)) return start.role;
  }
  return absl::nullopt;
}

absl::optional<NoticeRole> RoleOfForm(absl::string_view form) {
  if (form == "planning") return NoticeRole::kPlanning;
  if (form == "consultation") return NoticeRole::kConsultation;
  if (form == "competition") return NoticeRole::kCall;
  if (form == "dir-awa-pre") return NoticeRole::kTransparency;
  if (form == "result") return NoticeRole::kAward;
  if (form == "cont-modif") return NoticeRole::kModification;
  if (form == "completion") return NoticeRole::kCompletion;
  if (form == "bri") return NoticeRole::kRegistration;
  return absl::nullopt;
}

NoticeRole RoleOfRoot(absl::string_view name) {
  if (name == "PriorInformationNotice") return NoticeRole::kPlanning;
  if (name == "ContractAwardNotice") return NoticeRole::kAward;
  if (name == "ContractNotice") return NoticeRole::kCall;
  return NoticeRole::kRegistration;
}

bool UsedAsCall(const NoticeKind& kind) {
  int number = 0;
  if (absl::SimpleAtoi(kind.subtype, &number) && number >= 1 && number <= 40) {
    return number >= 10 && number <= 14;
  }
  return absl::StartsWith(kind.type, "pin-cfc");
}

}  // namespace

NoticeKind KindOf(const Element& root) {
  static const ElementPath subtype_path(
      "EXT/efac:NoticeSubType/cbc:SubTypeCode");
  static const ElementPath type_path("cbc:NoticeTypeCode");
  static const ElementPath customization_path("cbc:CustomizationID");
  NoticeKind kind;
  kind.subtype_element = subtype_path.First(root);
  if (kind.subtype_element != nullptr) {
    kind.subtype = std::string(kind.subtype_element->Text());
  }
  kind.type_element = type_path.First(root);
  if (kind.type_element != nullptr) {
    kind.type = std::string(kind.type_element->Text());
    kind.form = std::string(kind.type_element->Attribute("listName"));
  }
  absl::optional<NoticeRole> role = RoleOfSubtype(kind.subtype);
  if (!role.has_value()) role = RoleOfType(kind.type);
  if (!role.has_value()) role = RoleOfForm(kind.form);
  kind.role = role.value_or(RoleOfRoot(root.name));
  kind.used_as_call = kind.role == NoticeRole::kPrior && UsedAsCall(kind);
  const Element* customization = customization_path.First(root);
  kind.norwegian = customization != nullptr &&
                   absl::StrContains(customization->Text(), "anskaffelser.no:");
  return kind;
}

const char* RoleField(NoticeRole role) {
  switch (role) {
    case NoticeRole::kPlanning:
      return "planning";
    case NoticeRole::kPrior:
      return "prior";
    case NoticeRole::kConsultation:
      return "consultation";
    case NoticeRole::kCall:
      return "call";
    case NoticeRole::kTransparency:
      return "transparency";
    case NoticeRole::kAward:
      return "award";
    case NoticeRole::kModification:
      return "modification";
    case NoticeRole::kCompletion:
      return "completion";
    case NoticeRole::kRegistration:
      break;
  }
  return "";
}

v1::Stage StageOf(const NoticeKind& kind) {
  const CodeValue stage = ReadCode(*v1::Stage_descriptor(), kind.form);
  if (stage.number.has_value()) return static_cast<v1::Stage>(*stage.number);
  if (kind.IsCall()) return v1::STAGE_ANNOUNCED;
  switch (kind.role) {
    case NoticeRole::kPlanning:
    case NoticeRole::kPrior:
    case NoticeRole::kConsultation:
      return v1::STAGE_PREPARATION;
    case NoticeRole::kCall:
      return v1::STAGE_ANNOUNCED;
    case NoticeRole::kTransparency:
      return v1::STAGE_AWARD_DECIDED;
    case NoticeRole::kAward:
      return v1::STAGE_CONTRACT_SIGNED;
    case NoticeRole::kModification:
      return v1::STAGE_IN_PERFORMANCE;
    case NoticeRole::kCompletion:
      return v1::STAGE_ENDED;
    case NoticeRole::kRegistration:
      break;
  }
  return v1::STAGE_UNSPECIFIED;
}

}  // namespace klausul::intake::eforms
