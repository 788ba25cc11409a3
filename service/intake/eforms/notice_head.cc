#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "re2/re2.h"

#include "service/base/strings.h"
#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/field_table.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

// 1 to 5 for an Arabic or a Roman number in lower case; 0 for another word.
int PartNumber(absl::string_view word) {
  constexpr absl::string_view kRoman[] = {"i", "ii", "iii", "iv", "v"};
  for (int i = 0; i < 5; ++i) {
    if (word == kRoman[i] || word == absl::StrCat(i + 1)) return i + 1;
  }
  return 0;
}

// The highest part of a regulation that a text names, as a Roman number;
// empty where it names none: `Anskaffelsesforskriften Del 1 og 2` is `II`, for
// Part I applies beside every other part.
std::string PartNamed(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  const std::vector<absl::string_view> words = absl::StrSplit(
      lower, absl::ByAnyChar(" \t\r\n,.;:()"), absl::SkipEmpty());
  int highest = 0;
  bool in_list = false;
  for (const absl::string_view word : words) {
    if (word == "del" || word == "part" || word == "parts") {
      in_list = true;
    } else if (in_list && PartNumber(word) > 0) {
      highest = std::max(highest, PartNumber(word));
    } else if (word != "og" && word != "and") {
      in_list = false;
    }
  }
  constexpr const char* kNames[] = {"", "I", "II", "III", "IV", "V"};
  return kNames[highest];
}

bool SaysExempt(absl::string_view text) {
  return absl::StrContains(text, "Unntatt fra lov om offentlige") ||
         absl::StrContains(text, "Unnateke frå lov om offentlege") ||
         absl::StrContains(text, "Exempt from the Public Procurement Act");
}

// BT-01(c) to (f) and BT-09.
void ReadLaws(const Element& root, PlanWriter& writer) {
  static const ElementPath laws(
      "cac:TenderingTerms/cac:ProcurementLegislationDocumentReference");
  static const ElementPath id_path("cbc:ID");
  static const ElementPath text_path("cbc:DocumentDescription");
  v1::ProcurementPlan& plan = writer.plan();
  for (const Element* law : laws.All(root)) {
    const Element* id = id_path.First(*law);
    const absl::string_view id_text = id == nullptr ? "" : id->Text();
    if (id_text == "CrossBorderLaw") {
      plan.mutable_buyer()->mutable_joint_agreement()->set_on_file(true);
      writer.Record("buyer.joint_agreement", *id);
      for (const Element* text : text_path.All(*law)) {
        writer.Write(writer.PlanTarget(), "buyer.joint_agreement",
                     Convert::kReasoned, *text, "BT-09(b)-Procedure");
      }
      continue;
    }
    const Target named = writer.Add(writer.PlanTarget(), "legal_bases", *law);
    std::string all_text(id_text);
    if (id != nullptr) {
      writer.Write(named, "id", Convert::kString, *id, "BT-01(c)-Procedure");
      auto* message = static_cast<v1::NamedLaw*>(named.message);
      if (!id->Attribute("schemeName").empty()) {
        message->set_scheme(std::string(id->Attribute("schemeName")));
      }
    }
    const Element* place = id == nullptr ? law : id;
    for (const Element* text : text_path.All(*law)) {
      writer.Write(named, "description", Convert::kText, *text,
                   "BT-01(d)-Procedure");
      absl::StrAppend(&all_text, "\n", text->Text());
      place = text;
    }
    const std::string part = PartNamed(all_text);
    if (!part.empty() && plan.regime_part().empty()) {
      plan.set_regime_part(part);
      writer.Record("regime_part", *place);
    }
    if (SaysExempt(all_text)) {
      plan.set_regime(v1::REGIME_OUTSIDE_PROCUREMENT_LAW);
    }
  }
}

// Where the notice is published, by its profile.
void ReadChannels(const Element& root, const NoticeKind& kind,
                  v1::Notice& notice, const Target& target,
                  PlanWriter& writer) {
  static const ElementPath customization_path("cbc:CustomizationID");
  const Element* customization = customization_path.First(root);
  if (customization == nullptr) return;
  const absl::string_view profile = customization->Text();
  // The profiles `…:national` and `…:national-e` stay in the national portal;
  // `…:eu` goes on from there to TED.
  const bool national = absl::StrContains(profile, ":eforms:national");
  if (kind.norwegian) notice.add_channels(v1::CHANNEL_NATIONAL_PORTAL);
  if (!national) notice.add_channels(v1::CHANNEL_EU_JOURNAL);
  notice.add_channels_codes(std::string(profile));
  writer.Record(target, "channels", *customization);
  writer.Record(target, "channels_codes", *customization);
}

// The notice under its role.
void ReadNoticeItself(const Element& root, const NoticeKind& kind,
                      PlanWriter& writer) {
  v1::Notices& notices = *writer.plan().mutable_notices();
  const google::protobuf::FieldDescriptor* field =
      notices.GetDescriptor()->FindFieldByName(RoleField(kind.role));
  auto* notice = static_cast<v1::Notice*>(
      notices.GetReflection()->MutableMessage(&notices, field));
  const Target target = {notice,
                         absl::StrCat("notices.", RoleField(kind.role), "."),
                         v1::Notice::descriptor()};
  writer.Record(absl::StrCat("notices.", RoleField(kind.role)), root);
  ApplyFields(Context::kRole, root, target, writer);
  if (kind.role == NoticeRole::kPrior) {
    notice->set_used_as_call(kind.used_as_call);
    if (kind.subtype_element != nullptr) {
      writer.Record(target, "used_as_call", *kind.subtype_element);
    }
  }
  ReadChannels(root, kind, *notice, target, writer);
  // One that tells nothing of itself is not stated.
  if (notice->ByteSizeLong() > 0) return;
  notices.GetReflection()->ClearField(&notices, field);
  if (notices.ByteSizeLong() == 0) writer.plan().clear_notices();
}

// The days on which it was sent and published, under the names that its role
// gives them.
void ReadDates(const Element& root, const NoticeKind& kind,
               PlanWriter& writer) {
  static const ElementPath issue_path("cbc:IssueDate");
  static const ElementPath transmission_path("EXT/efbc:TransmissionDate");
  static const ElementPath publication_path(
      "EXT/efac:Publication/efbc:PublicationDate");
  const Target plan = writer.PlanTarget();
  const auto write = [&](const char* path, const Element* from) {
    if (from != nullptr) {
      writer.Write(plan, path, Convert::kDate, *from, "BT-05(a)-notice");
    }
  };
  // The buyer's dispatch; the technical one only where that is missing.
  const Element* sent = issue_path.First(root);
  if (sent == nullptr) sent = transmission_path.First(root);
  const Element* published = publication_path.First(root);
  if (kind.IsCall()) {
    write("dates.notice_sent", sent);
    write("dates.notice_published", published);
  }
  switch (kind.role) {
    case NoticeRole::kPlanning:
    case NoticeRole::kPrior:
      write("dates.prior_notice_sent", sent);
      break;
    case NoticeRole::kTransparency:
      write("dates.transparency_notice_published", published);
      break;
    case NoticeRole::kAward:
      write("dates.award_notice_sent", sent);
      break;
    case NoticeRole::kCompletion:
      write("dates.completion_notice_sent", sent);
      break;
    case NoticeRole::kConsultation:
    case NoticeRole::kCall:
    case NoticeRole::kModification:
    case NoticeRole::kRegistration:
      break;
  }
}

bool IsStandardSubtype(const std::string& subtype) {
  for (const char* standard :
       {"7", "8", "9", "10", "11", "16", "17", "18", "19", "22", "25", "26",
        "27", "28", "29", "30", "31", "32"}) {
    if (subtype == standard) return true;
  }
  return false;
}

// A market consultation is an activity of the dialogue with the market.
void ReadConsultation(const Element& root, const NoticeKind& kind,
                      PlanWriter& writer) {
  static const ElementPath answers_path(
      "cac:ProcurementProjectLot/cac:TenderingProcess/EXT/"
      "efac:AnswerReceptionPeriod/cbc:EndDate");
  const Element& place =
      kind.subtype_element == nullptr ? root : *kind.subtype_element;
  const Target target =
      writer.Add(writer.PlanTarget(), "market_dialogue.activities", place);
  auto* activity = static_cast<v1::DialogueActivity*>(target.message);
  activity->set_kind(v1::DIALOGUE_KIND_INFORMATION_REQUEST);
  if (!kind.subtype.empty()) activity->set_kind_code(kind.subtype);
  activity->set_announced(true);
  writer.Record(target, "kind", place);
  writer.Record(target, "announced", place);
  if (const Element* answers = answers_path.First(root)) {
    writer.Write(target, "date", Convert::kDate, *answers, "BT-800(d)-Lot");
  }
}

// Changes of the procurement documents that a change notice tells.
void ReadDocumentChanges(const Element& root, PlanWriter& writer) {
  static const ElementPath changes("EXT/efac:Changes/efac:Change");
  static const ElementPath indicator(
      "efbc:ProcurementDocumentsChangeIndicator");
  static const ElementPath date("efbc:ProcurementDocumentsChangeDate");
  for (const Element* change : changes.All(root)) {
    const Element* changed = indicator.First(*change);
    if (changed == nullptr || changed->Text() != "true") continue;
    const Target target =
        writer.Add(writer.PlanTarget(), "submission.changes", *change);
    if (const Element* day = date.First(*change)) {
      writer.Write(target, "date", Convert::kDate, *day, "BT-719-notice");
    }
  }
}

}  // namespace

void ReadContractForm(const NoticeKind& kind, PlanWriter& writer) {
  v1::ProcurementPlan& plan = writer.plan();
  const CodeValue form = ReadCode(*v1::ContractForm_descriptor(), kind.subtype);
  bool concession = plan.regime() == v1::REGIME_CONCESSIONS;
  for (const v1::NamedLaw& law : plan.legal_bases()) {
    // The Norwegian regulation on concession contracts.
    concession = concession || absl::EndsWith(law.id(), "/2016/8/12/976");
  }
  if (form.meaning == CodeMeaning::kValue) {
    plan.mutable_contract()->set_form(
        static_cast<v1::ContractForm>(*form.number));
  } else if (concession) {
    plan.mutable_contract()->set_form(v1::CONTRACT_FORM_CONCESSION);
  } else if (!kind.subtype.empty() && kind.subtype != "99") {
    plan.mutable_contract()->set_form(v1::CONTRACT_FORM_PUBLIC_CONTRACT);
  }
  if (plan.contract().has_form() && kind.subtype_element != nullptr) {
    plan.mutable_contract()->set_form_code(kind.subtype);
    writer.Record("contract.form", *kind.subtype_element);
    writer.Record("contract.form_code", *kind.subtype_element);
  }

  const auto set_class = [&](v1::ServiceClass value, const std::string& code,
                             const Element* from) {
    plan.mutable_contract()->set_service_class(value);
    plan.mutable_contract()->set_service_class_code(code);
    if (from == nullptr) return;
    writer.Record("contract.service_class", *from);
    writer.Record("contract.service_class_code", *from);
  };
  const google::protobuf::EnumDescriptor& type = *v1::ServiceClass_descriptor();
  if (ReadCode(type, kind.subtype).meaning == CodeMeaning::kValue) {
    set_class(v1::SERVICE_CLASS_LIGHT_SERVICE, kind.subtype,
              kind.subtype_element);
  } else if (ReadCode(type, kind.type).meaning == CodeMeaning::kValue) {
    set_class(v1::SERVICE_CLASS_LIGHT_SERVICE, kind.type, kind.type_element);
  } else if (IsStandardSubtype(kind.subtype) &&
             plan.contract().nature() == v1::CONTRACT_NATURE_SERVICES) {
    set_class(v1::SERVICE_CLASS_ORDINARY_SERVICE, kind.subtype,
              kind.subtype_element);
  }
}

void ReadHead(const Element& root, const NoticeKind& kind, PlanWriter& writer) {
  static const ElementPath reason_path(
      "EXT/efac:Changes/efac:ChangeReason/cbc:ReasonCode");
  v1::ProcurementPlan& plan = writer.plan();
  ApplyFields(Context::kNotice, root, writer.PlanTarget(), writer);
  plan.set_vat_basis(v1::VAT_BASIS_EXCLUDED);
  plan.set_stage(StageOf(kind));
  const Element& type_place =
      kind.type_element == nullptr ? root : *kind.type_element;
  writer.Record("stage", type_place);
  if (!kind.form.empty()) {
    plan.set_stage_code(kind.form);
    writer.Record("stage_code", type_place);
  }
  if (const Element* reason = reason_path.First(root)) {
    if (reason->Text() == "cancel") plan.set_stage(v1::STAGE_CANCELLED);
  }
  ReadLaws(root, writer);
  ReadNoticeItself(root, kind, writer);
  ReadDates(root, kind, writer);
  if (kind.subtype == "15" || kind.type == "qu-sy") {
    plan.mutable_dps()->set_kind(v1::DPS_KIND_QUALIFICATION_SYSTEM);
    plan.mutable_dps()->set_kind_code(kind.subtype == "15" ? kind.subtype
                                                           : kind.type);
    writer.Record("dps.kind",
                  kind.subtype == "15" ? *kind.subtype_element : type_place);
  }
  if (kind.role == NoticeRole::kConsultation) {
    ReadConsultation(root, kind, writer);
  }
  ReadDocumentChanges(root, writer);
}

}  // namespace klausul::intake::eforms
