#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/field_table.h"
#include "service/intake/eforms/parts.h"

namespace klausul::intake::eforms {
namespace {

// Lots, or the lots-to-be of a planning notice. Groups of lots share their
// element and are no purchases of their own.
struct LotElements {
  Elements lots;
  Elements groups;
};

absl::string_view IdOf(const Element& lot) {
  const Element* id = lot.Child(Namespace::kCbc, "ID");
  return id == nullptr ? "" : id->Text();
}

LotElements FindLots(const Element& root) {
  static const ElementPath lots_path("cac:ProcurementProjectLot");
  LotElements found;
  Elements parts;
  for (const Element* lot : lots_path.All(root)) {
    const Element* id = lot->Child(Namespace::kCbc, "ID");
    const absl::string_view scheme =
        id == nullptr ? "" : id->Attribute("schemeName");
    const absl::string_view text = IdOf(*lot);
    if (scheme == "LotsGroup" || absl::StartsWith(text, "GLO-")) {
      found.groups.push_back(lot);
    } else if (scheme == "Part" || absl::StartsWith(text, "PAR-")) {
      parts.push_back(lot);
    } else {
      found.lots.push_back(lot);
    }
  }
  if (found.lots.empty()) found.lots = std::move(parts);
  return found;
}

// Announced combinations of lots, and the ceilings of the groups.
void ReadCombinations(const Element& root, const LotElements& elements,
                      PlanWriter& writer) {
  static const ElementPath groups_path(
      "cac:TenderingTerms/cac:LotDistribution/cac:LotsGroup");
  static const ElementPath id_path("cbc:LotsGroupID");
  static const ElementPath lots_path(
      "cac:ProcurementProjectLotReference/cbc:ID");
  static const ElementPath maximum_path(
      "cac:ProcurementProject/cac:RequestedTenderTotal/EXT/"
      "efbc:FrameworkMaximumAmount");
  absl::flat_hash_map<absl::string_view, const Element*> maximum_by_id;
  for (const Element* lot : elements.groups) {
    if (const Element* maximum = maximum_path.First(*lot)) {
      maximum_by_id.emplace(IdOf(*lot), maximum);
    }
  }
  for (const Element* group : groups_path.All(root)) {
    const Target target =
        writer.Add(writer.PlanTarget(), "division.combinations", *group);
    const Element* id = id_path.First(*group);
    if (id != nullptr) {
      writer.Write(target, "id", Convert::kString, *id, "BT-330-Procedure");
    }
    for (const Element* lot : lots_path.All(*group)) {
      writer.Write(target, "lot_ids", Convert::kStrings, *lot,
                   "BT-1375-Procedure");
    }
    if (id == nullptr) continue;
    const auto maximum = maximum_by_id.find(id->Text());
    if (maximum != maximum_by_id.end()) {
      writer.Write(target, "maximum_value", Convert::kMoney, *maximum->second,
                   "BT-271-LotsGroup");
    }
  }
}

// How many of the lots one tender may cover; said of several lots only.
void ReadTenderScope(const Element& root, std::size_t lot_count,
                     PlanWriter& writer) {
  static const ElementPath all_path(
      "cac:TenderingProcess/cbc:PartPresentationCode");
  static const ElementPath maximum_path(
      "cac:TenderingTerms/cac:LotDistribution/"
      "cbc:MaximumLotsSubmittedNumeric");
  const v1::Division& stated = writer.plan().division();
  const Element* from = all_path.First(root);
  if (from != nullptr && from->Text() == "all") {
    writer.plan().mutable_division()->set_tender_scope(
        v1::LOTS_SCOPE_ALL_LOTS_REQUIRED);
  } else if (stated.has_max_lots_tendered() && lot_count > 1) {
    from = maximum_path.First(root);
    const auto most = static_cast<std::size_t>(stated.max_lots_tendered());
    writer.plan().mutable_division()->set_tender_scope(
        most == 1          ? v1::LOTS_SCOPE_ONE_LOT_ONLY
        : most < lot_count ? v1::LOTS_SCOPE_SEVERAL_LOTS
                           : v1::LOTS_SCOPE_ANY_LOTS);
  }
  if (!writer.plan().division().has_tender_scope() || from == nullptr) return;
  writer.plan().mutable_division()->set_tender_scope_code(
      std::string(from->Text()));
  writer.Record("division.tender_scope", *from);
  writer.Record("division.tender_scope_code", *from);
}

// Ground of a direct award, or of being outside the law altogether.
void ReadDirectAward(const Element& root, PlanWriter& writer) {
  static const ElementPath justifications(
      "cac:TenderingProcess/"
      "cac:ProcessJustification[cbc:ProcessReasonCode/"
      "@listName='direct-award-justification']");
  static const ElementPath code_path(
      "cbc:ProcessReasonCode[@listName='direct-award-justification']");
  static const ElementPath previous_path("cbc:Description");
  v1::ProcurementPlan& plan = writer.plan();
  const Target target = writer.PlanTarget();
  for (const Element* justification : justifications.All(root)) {
    const Element* code = code_path.First(*justification);
    const absl::string_view text = code == nullptr ? "" : code->Text();
    if (SaysNothing(text)) continue;
    const bool exempt =
        ReadCode(*v1::DirectAwardGround_descriptor(), text).meaning !=
            CodeMeaning::kValue &&
        ReadCode(*v1::ExemptionGround_descriptor(), text).meaning !=
            CodeMeaning::kUnknown;
    const char* path = exempt ? "exemption.ground" : "direct_award.ground";
    const bool again = exempt ? plan.exemption().has_ground_code()
                              : plan.direct_award().has_ground_code();
    if (again) {
      writer.Note(*code, absl::StrCat("a further ground `", text,
                                      "` is given; the first is used"));
    } else {
      writer.Write(target, path, Convert::kCode, *code, "BT-136-Procedure");
    }
    if (exempt && plan.direct_award().has_reason() &&
        !plan.direct_award().has_ground_code()) {
      // The text belongs to the exemption that the code names.
      *plan.mutable_exemption()->mutable_reason() =
          plan.direct_award().reason();
      plan.mutable_direct_award()->clear_reason();
      if (plan.direct_award().ByteSizeLong() == 0) plan.clear_direct_award();
      writer.Record("exemption.reason", *justification);
    }
    if (const Element* previous = previous_path.First(*justification)) {
      writer.Write(target, "procedure.previous.id", Convert::kString, *previous,
                   "BT-1252-Procedure");
    }
  }
}

// A reference to an earlier notice is how a notice claims the shorter limits.
void ReadPriorReference(const Element& lot, const NoticeKind& kind,
                        PlanWriter& writer) {
  static const ElementPath reference(
      "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID");
  if (!kind.IsCall()) return;
  const Element* id = reference.First(lot);
  if (id == nullptr || id->Text().empty()) return;
  writer.plan().mutable_procedure()->set_shortened_by_prior_notice(true);
  writer.Record("procedure.shortened_by_prior_notice", *id);
}

void ReadLot(const Element& lot, const NoticeKind& kind, const Target& target,
             PlanWriter& writer) {
  ApplyFields(Context::kShared, lot, target, writer);
  ApplyFields(Context::kLot, lot, target, writer);
  ApplyFields(Context::kLotOfPlan, lot, writer.PlanTarget(), writer);
  ReadLotDetails(lot, target, writer);
  ReadAwardCriteria(lot, kind, target, writer);
  ReadPriorReference(lot, kind, writer);
}

void ReadSingleLot(const Element& lot, const NoticeKind& kind,
                   PlanWriter& writer) {
  v1::Division& division = *writer.plan().mutable_division();
  division.set_divided(false);
  writer.Record("division.divided", lot);
  writer.StateEmpty(writer.PlanTarget(), "lots", lot);
  if (const Element* id = lot.Child(Namespace::kCbc, "ID")) {
    writer.Write(writer.PlanTarget(), "division.undivided_lot_id",
                 Convert::kString, *id, "BT-137-Lot");
  }
  ReadLot(lot, kind, writer.PlanTarget(), writer);
}

void ReadSeveralLots(const Elements& lots, const NoticeKind& kind,
                     PlanWriter& writer) {
  static const ElementPath internal_id("cac:ProcurementProject/cbc:ID");
  writer.plan().mutable_division()->set_divided(true);
  writer.Record("division.divided", *lots.front());
  for (const Element* lot : lots) {
    const Target target = writer.Add(writer.PlanTarget(), "lots", *lot);
    if (const Element* id = lot->Child(Namespace::kCbc, "ID")) {
      writer.Write(target, "id", Convert::kString, *id, "BT-137-Lot");
    }
    if (const Element* id = internal_id.First(*lot)) {
      writer.Write(target, "internal_id", Convert::kString, *id, "BT-22-Lot");
    }
    ReadLot(*lot, kind, target, writer);
  }
}

}  // namespace

void ReadLots(const Element& root, const NoticeKind& kind, PlanWriter& writer) {
  const Target plan = writer.PlanTarget();
  ApplyFields(Context::kProcedure, root, plan, writer);
  ReadDirectAward(root, writer);
  ApplyFields(Context::kShared, root, plan, writer);
  ReadLotDetails(root, plan, writer);

  const LotElements elements = FindLots(root);
  ReadCombinations(root, elements, writer);
  ReadTenderScope(root, elements.lots.size(), writer);
  if (elements.lots.size() == 1) {
    ReadSingleLot(*elements.lots.front(), kind, writer);
  } else if (!elements.lots.empty()) {
    ReadSeveralLots(elements.lots, kind, writer);
  }
}

}  // namespace klausul::intake::eforms
