#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/field_table.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

// A contracting party and the organisation that it points to, if that exists.
struct BuyerParty {
  const Element* party = nullptr;
  const Element* organization = nullptr;
};

const Element* Company(const Element& organization) {
  return organization.Child(Namespace::kEfac, "Company");
}

bool Indicates(const Element& organization, absl::string_view name) {
  const Element* indicator = organization.Child(Namespace::kEfbc, name);
  return indicator != nullptr &&
         ReadIndicator(indicator->Text()).value_or(false);
}

std::vector<BuyerParty> FindBuyers(const Element& root,
                                   const Organizations& organizations,
                                   PlanWriter& writer) {
  static const ElementPath parties("cac:ContractingParty");
  static const ElementPath id_path("cac:Party/cac:PartyIdentification/cbc:ID");
  std::vector<BuyerParty> buyers;
  for (const Element* party : parties.All(root)) {
    BuyerParty buyer{party, nullptr};
    if (const Element* id = id_path.First(*party)) {
      const auto found = organizations.find(id->Text());
      if (found != organizations.end()) {
        buyer.organization = found->second;
      } else {
        writer.Note(*id, absl::StrCat("the buyer `", id->Text(),
                                      "` names no organisation of the notice"));
      }
    }
    buyers.push_back(buyer);
  }
  // The lead of the group first; the order of the others stays.
  std::stable_partition(
      buyers.begin(), buyers.end(), [](const BuyerParty& buyer) {
        return buyer.organization != nullptr &&
               Indicates(*buyer.organization, "GroupLeadIndicator");
      });
  return buyers;
}

void ReadParty(const BuyerParty& buyer, const Target& target,
               PlanWriter& writer) {
  static const ElementPath type_path(
      "cac:ContractingPartyType/"
      "cbc:PartyTypeCode[@listName='buyer-legal-type']");
  ApplyFields(Context::kBuyer, *buyer.party, target, writer);
  if (buyer.organization != nullptr) {
    if (const Element* company = Company(*buyer.organization)) {
      ApplyFields(Context::kOrganization, *company, target, writer);
    }
  }
  // Most types tell the level of government too; the others say nothing of it.
  const Element* type = type_path.First(*buyer.party);
  if (type == nullptr) return;
  const CodeValue level =
      ReadCode(*v1::GovernmentLevel_descriptor(), type->Text());
  if (level.meaning == CodeMeaning::kValue) {
    writer.Write(target, "level", Convert::kCode, *type,
                 "BT-11-Procedure-Buyer");
  }
}

// What the lead buyer alone has a place for.
void ReadLead(const BuyerParty& lead, PlanWriter& writer) {
  static const ElementPath region_path(
      "cac:PostalAddress/cbc:CountrySubentityCode");
  static const ElementPath authority_path(
      "cac:ContractingActivity/"
      "cbc:ActivityTypeCode[@listName='authority-activity']");
  static const ElementPath entity_path(
      "cac:ContractingActivity/"
      "cbc:ActivityTypeCode[@listName='entity-activity']");
  v1::ProcurementPlan& plan = writer.plan();
  const Target target = writer.PlanTarget();
  if (lead.organization != nullptr) {
    if (const Element* company = Company(*lead.organization)) {
      if (const Element* region = region_path.First(*company)) {
        writer.Write(target, "buyer.region", Convert::kString, *region,
                     "BT-507-Organization-Company");
      }
    }
    for (const char* name : {"AwardingCPBIndicator", "AcquiringCPBIndicator"}) {
      const Element* indicator =
          lead.organization->Child(Namespace::kEfbc, name);
      if (indicator == nullptr) continue;
      const absl::optional<bool> value = ReadIndicator(indicator->Text());
      if (!value.has_value()) continue;
      plan.mutable_buyer()->set_is_central_purchasing_body(
          plan.buyer().is_central_purchasing_body() || *value);
      writer.Record("buyer.is_central_purchasing_body", *indicator);
    }
  }
  // A body of several trades names both; the law that it buys under decides.
  const Element* authority = authority_path.First(*lead.party);
  const Element* entity = entity_path.First(*lead.party);
  const bool utility = plan.regime() == v1::REGIME_UTILITIES ||
                       plan.regime() == v1::REGIME_PASSENGER_TRANSPORT;
  const Element* activity =
      entity != nullptr && (utility || authority == nullptr) ? entity
                                                             : authority;
  if (activity == nullptr) return;
  writer.Write(
      target, "contract.activity", Convert::kCode, *activity,
      activity == entity ? "BT-610-Procedure-Buyer" : "BT-10-Procedure-Buyer");
  const absl::string_view code = activity->Text();
  if (plan.regime() == v1::REGIME_PASSENGER_TRANSPORT &&
      (code == "rail" || code == "urttb")) {
    plan.mutable_contract()->set_activity(
        v1::ACTIVITY_KIND_PASSENGER_RAIL_OR_ROAD);
  }
}

}  // namespace

Organizations FindOrganizations(const Element& root) {
  static const ElementPath organizations(
      "EXT/efac:Organizations/efac:Organization");
  static const ElementPath id_path(
      "efac:Company/cac:PartyIdentification/cbc:ID");
  Organizations found;
  for (const Element* organization : organizations.All(root)) {
    if (const Element* id = id_path.First(*organization)) {
      found.emplace(id->Text(), organization);
    }
  }
  return found;
}

void ReadBuyers(const Element& root, const Organizations& organizations,
                PlanWriter& writer) {
  const std::vector<BuyerParty> buyers =
      FindBuyers(root, organizations, writer);
  for (std::size_t i = 0; i < buyers.size(); ++i) {
    if (i == 0) {
      writer.Record("buyer", *buyers[i].party);
      ReadParty(
          buyers[i],
          {writer.plan().mutable_buyer(), "buyer.", v1::Buyer::descriptor()},
          writer);
      ReadLead(buyers[i], writer);
    } else {
      ReadParty(
          buyers[i],
          writer.Add(writer.PlanTarget(), "buyer.co_buyers", *buyers[i].party),
          writer);
    }
  }
  // A buyer of whom the notice tells nothing is not stated.
  if (writer.plan().buyer().ByteSizeLong() == 0) writer.plan().clear_buyer();
}

}  // namespace klausul::intake::eforms
