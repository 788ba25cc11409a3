#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

using ById = absl::flat_hash_map<absl::string_view, const Element*>;

ById IndexById(const Elements& elements) {
  ById index;
  for (const Element* element : elements) {
    if (const Element* id = element->Child(Namespace::kCbc, "ID")) {
      index.emplace(id->Text(), element);
    }
  }
  return index;
}

const Element* Lookup(const ById& index, const Element* reference) {
  if (reference == nullptr) return nullptr;
  const auto found = index.find(reference->Text());
  return found == index.end() ? nullptr : found->second;
}

// The result part of a notice, with what refers to each other by id.
struct ResultPart {
  const Element* result = nullptr;
  Elements lot_results;
  Elements tenders;
  Elements contracts;
  ById tender_by_id;
  ById party_by_id;
};

ResultPart FindResults(const Element& root) {
  static const ElementPath result_path("EXT/efac:NoticeResult");
  static const ElementPath lot_results("efac:LotResult");
  static const ElementPath tenders("efac:LotTender");
  static const ElementPath contracts("efac:SettledContract");
  static const ElementPath parties("efac:TenderingParty");
  ResultPart part;
  part.result = result_path.First(root);
  if (part.result == nullptr) return part;
  part.lot_results = lot_results.All(*part.result);
  part.tenders = tenders.All(*part.result);
  part.contracts = contracts.All(*part.result);
  part.tender_by_id = IndexById(part.tenders);
  part.party_by_id = IndexById(parties.All(*part.result));
  return part;
}

// Kind and country of the tenderer, as an organisation; never its name.
void ReadSupplier(const Element& tender, const ResultPart& part,
                  const Organizations& organizations, const Target& award,
                  PlanWriter& writer) {
  static const ElementPath party_id("efac:TenderingParty/cbc:ID");
  static const ElementPath organization_id("efac:Tenderer/cbc:ID");
  static const ElementPath country_path(
      "efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode");
  static const ElementPath size_path("efac:Company/efbc:CompanySizeCode");
  static const ElementPath origin_path("efac:Origin/efbc:AreaCode");
  for (const Element* origin : origin_path.All(tender)) {
    const absl::optional<std::string> code = ReadCountry(origin->Text());
    if (!code.has_value()) continue;
    auto* result = static_cast<v1::AwardResult*>(award.message);
    result->mutable_supplier()->add_origin_countries(*code);
    writer.Record(award, "supplier.origin_countries", *origin);
  }
  const Element* party = Lookup(part.party_by_id, party_id.First(tender));
  if (party == nullptr) return;
  const Element* id = organization_id.First(*party);
  if (id == nullptr) return;
  writer.Write(award, "supplier.ref", Convert::kString, *id,
               "OPT-300-Tenderer");
  const auto found = organizations.find(id->Text());
  if (found == organizations.end()) return;
  if (const Element* country = country_path.First(*found->second)) {
    writer.Write(award, "supplier.country", Convert::kCountry, *country,
                 "BT-514-Organization-Company");
  }
  const Element* size = size_path.First(*found->second);
  // `sme` does not tell which; it is no unknown code either.
  if (size != nullptr && size->Text() != "sme") {
    writer.Write(award, "supplier.size", Convert::kCode, *size,
                 "BT-165-Organization-Company");
  }
}

// One tender that was chosen; `contract` may be null.
void ReadAward(const Element& tender, const Element* contract,
               const ResultPart& part, const Organizations& organizations,
               PlanWriter& writer) {
  static const ElementPath lot_id("efac:TenderLot/cbc:ID");
  static const ElementPath value_path(
      "cac:LegalMonetaryTotal/cbc:PayableAmount");
  static const ElementPath contract_id("cbc:ID");
  static const ElementPath decided_path("cbc:AwardDate");
  const Target award =
      writer.Add(writer.PlanTarget(), "decision.awards", tender);
  // An undivided plan leaves the lots out.
  if (writer.plan().division().divided()) {
    for (const Element* lot : lot_id.All(tender)) {
      writer.Write(award, "lot_ids", Convert::kStrings, *lot,
                   "BT-13714-Tender");
    }
  }
  if (const Element* value = value_path.First(tender)) {
    writer.Write(award, "value", Convert::kMoney, *value, "BT-720-Tender");
  }
  if (contract != nullptr) {
    if (const Element* id = contract_id.First(*contract)) {
      writer.Write(award, "contract_id", Convert::kString, *id,
                   "OPT-316-Contract");
    }
    if (const Element* decided = decided_path.First(*contract)) {
      writer.Write(award, "decided_date", Convert::kDate, *decided,
                   "BT-1451-Contract");
    }
  }
  ReadSupplier(tender, part, organizations, award, writer);
}

// Tenders that became contracts; before there are contracts, those chosen.
void ReadAwards(const ResultPart& part, const Organizations& organizations,
                PlanWriter& writer) {
  static const ElementPath tender_id("efac:LotTender/cbc:ID");
  static const ElementPath signed_path("cbc:IssueDate");
  // A tender belongs to one contract.
  absl::flat_hash_set<const Element*> seen;
  for (const Element* contract : part.contracts) {
    if (const Element* day = signed_path.First(*contract)) {
      writer.Write(writer.PlanTarget(), "dates.contract_signed", Convert::kDate,
                   *day, "BT-145-Contract");
    }
    for (const Element* id : tender_id.All(*contract)) {
      const Element* tender = Lookup(part.tender_by_id, id);
      if (tender != nullptr && seen.insert(tender).second) {
        ReadAward(*tender, contract, part, organizations, writer);
      }
    }
  }
  if (!part.contracts.empty()) return;
  static const ElementPath code_path("cbc:TenderResultCode");
  for (const Element* lot_result : part.lot_results) {
    const Element* code = code_path.First(*lot_result);
    if (code == nullptr || code->Text() != "selec-w") continue;
    for (const Element* id : tender_id.All(*lot_result)) {
      const Element* tender = Lookup(part.tender_by_id, id);
      if (tender != nullptr && seen.insert(tender).second) {
        ReadAward(*tender, nullptr, part, organizations, writer);
      }
    }
  }
}

// How many came, where the notice tells it for the whole: of several lots each
// has a number of its own.
void ReadStatistics(const ResultPart& part, PlanWriter& writer) {
  static const ElementPath statistics("efac:ReceivedSubmissionsStatistics");
  static const ElementPath code_path("efbc:StatisticsCode");
  static const ElementPath number_path("efbc:StatisticsNumeric");
  if (part.lot_results.size() != 1) return;
  for (const Element* entry : statistics.All(*part.lot_results.front())) {
    const Element* code = code_path.First(*entry);
    const Element* number = number_path.First(*entry);
    if (code == nullptr || number == nullptr) continue;
    const absl::string_view text = code->Text();
    if (text == "tenders") {
      writer.Write(writer.PlanTarget(), "procedure.tender_count",
                   Convert::kCount, *number, "BT-759-LotResult");
    } else if (text == "part-req") {
      writer.Write(writer.PlanTarget(), "procedure.invited_count",
                   Convert::kCount, *number, "BT-759-LotResult");
    }
  }
}

// No contract in any lot: the procedure was stopped.
void ReadCancellation(const ResultPart& part, const NoticeKind& kind,
                      PlanWriter& writer) {
  static const ElementPath code_path("cbc:TenderResultCode");
  static const ElementPath reason_path(
      "efac:DecisionReason/efbc:DecisionReasonCode");
  if (kind.role != NoticeRole::kAward || part.lot_results.empty()) return;
  const Element* reason = nullptr;
  const Element* place = nullptr;
  for (const Element* lot_result : part.lot_results) {
    const Element* code = code_path.First(*lot_result);
    if (code == nullptr || code->Text() != "clos-nw") return;
    place = code;
    if (reason == nullptr) reason = reason_path.First(*lot_result);
  }
  writer.plan().set_stage(v1::STAGE_CANCELLED);
  writer.StateEmpty(writer.PlanTarget(), "decision.awards", *place);
  if (reason == nullptr || SaysNothing(reason->Text())) return;
  writer.Write(writer.PlanTarget(), "decision.cancellation_reason_code",
               Convert::kString, *reason, "BT-144-LotResult");
  writer.plan().mutable_decision()->mutable_cancellation_reason()->set_on_file(
      true);
  writer.Record("decision.cancellation_reason", *reason);
}

void ReadModifications(const Element& root, const NoticeKind& kind,
                       PlanWriter& writer) {
  static const ElementPath modifications("EXT/efac:ContractModification");
  static const ElementPath contract_path("efbc:ModifiedContractIdentifier");
  static const ElementPath code_path("efac:ChangeReason/cbc:ReasonCode");
  static const ElementPath reason_path(
      "efac:ChangeReason/efbc:ReasonDescription");
  static const ElementPath change_path("efac:Change/efbc:ChangeDescription");
  static const ElementPath sent_path("cbc:IssueDate");
  if (kind.role != NoticeRole::kModification) return;
  for (const Element* modification : modifications.All(root)) {
    const Target target =
        writer.Add(writer.PlanTarget(), "modifications", *modification);
    if (const Element* contract = contract_path.First(*modification)) {
      writer.Write(target, "contract_id", Convert::kString, *contract,
                   "BT-1501(c)-Contract");
    }
    if (const Element* code = code_path.First(*modification)) {
      writer.Write(target, "kind", Convert::kCode, *code, "BT-200-Contract");
    }
    Elements reasons = reason_path.All(*modification);
    if (reasons.empty()) reasons = change_path.All(*modification);
    for (const Element* reason : reasons) {
      writer.Write(target, "reason", Convert::kReasoned, *reason,
                   "BT-201-Contract");
    }
    if (const Element* sent = sent_path.First(root)) {
      writer.Write(target, "notice_sent_date", Convert::kDate, *sent,
                   "BT-05(a)-notice");
    }
  }
}

}  // namespace

void ReadResults(const Element& root, const NoticeKind& kind,
                 const Organizations& organizations, PlanWriter& writer) {
  static const ElementPath total_path("cbc:TotalAmount");
  static const ElementPath withheld_path("efac:FieldsPrivacy/cbc:ReasonCode");
  ReadModifications(root, kind, writer);
  const ResultPart part = FindResults(root);
  if (part.result == nullptr) return;
  if (const Element* total = total_path.First(*part.result)) {
    writer.Write(writer.PlanTarget(), "decision.total_value", Convert::kMoney,
                 *total, "BT-161-NoticeResult");
  }
  ReadAwards(part, organizations, writer);
  ReadStatistics(part, writer);
  ReadCancellation(part, kind, writer);
  if (kind.role != NoticeRole::kAward) return;
  Elements holders = part.lot_results;
  holders.insert(holders.end(), part.tenders.begin(), part.tenders.end());
  for (const Element* holder : holders) {
    if (const Element* reason = withheld_path.First(*holder)) {
      writer.Write(writer.PlanTarget(), "notices.award.withheld_code",
                   Convert::kString, *reason, "BT-197(BT-720)-Tender");
    }
  }
}

}  // namespace klausul::intake::eforms
