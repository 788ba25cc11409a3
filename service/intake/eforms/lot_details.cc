#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

using google::protobuf::Message;

void ReadPlaces(const Element& from, const Target& target, PlanWriter& writer) {
  static const ElementPath locations(
      "cac:ProcurementProject/cac:RealizedLocation/cac:Address");
  static const ElementPath nuts_path("cbc:CountrySubentityCode");
  static const ElementPath country_path("cac:Country/cbc:IdentificationCode");
  const Elements addresses = locations.All(from);
  if (addresses.empty()) return;
  // The procedure's places, where a lot repeats them.
  absl::flat_hash_set<std::pair<std::string, std::string>> known;
  for (const v1::Place& place :
       writer.Stated<v1::Contract>(target, "contract").places()) {
    known.emplace(place.nuts(), place.country());
  }
  for (const Element* address : addresses) {
    const Element* nuts = nuts_path.First(*address);
    const Element* country = country_path.First(*address);
    const absl::string_view region = nuts == nullptr ? "" : nuts->Text();
    const std::string state =
        country == nullptr ? "" : ReadCountry(country->Text()).value_or("");
    if (region.empty() && state.empty()) continue;
    if (!known.emplace(region, state).second) continue;
    const Target entry = writer.Add(target, "contract.places", *address);
    if (!region.empty()) {
      writer.Write(entry, "nuts", Convert::kString, *nuts, "BT-5071");
    }
    if (!state.empty()) {
      writer.Write(entry, "country", Convert::kCountry, *country, "BT-5141");
    }
  }
}

// Further natures of a mixed contract.
void ReadNatures(const Element& from, const Target& target,
                 PlanWriter& writer) {
  static const ElementPath natures(
      "cac:ProcurementProject/cac:ProcurementAdditionalType/"
      "cbc:ProcurementTypeCode[@listName='contract-nature']");
  const Elements found = natures.All(from);
  if (found.empty()) return;
  absl::flat_hash_set<std::string> known;
  for (const v1::ContractPart& part :
       writer.Stated<v1::Contract>(target, "contract").parts()) {
    known.insert(part.nature_code());
  }
  for (const Element* nature : found) {
    const absl::string_view code = nature->Text();
    if (SaysNothing(code) || !known.emplace(code).second) continue;
    writer.Write(writer.Add(target, "contract.parts", *nature), "nature",
                 Convert::kCode, *nature, "BT-531");
  }
}

void ReadTerm(const Element& from, const Target& target, PlanWriter& writer) {
  static const ElementPath description(
      "cac:ProcurementProject/cac:PlannedPeriod/cbc:DescriptionCode");
  static const ElementPath options(
      "cac:ProcurementProject/cac:ContractExtension/cbc:OptionsDescription");
  if (const Element* code = description.First(from)) {
    if (absl::EqualsIgnoreCase(code->Text(), "UNLIMITED") &&
        !writer.Stated<v1::Term>(target, "term").has_duration()) {
      writer.Mutable<v1::Term>(target, "term")
          .mutable_duration()
          ->set_indefinite(true);
      writer.Record(target, "term.duration", *code);
    }
  }
  const Elements texts = options.All(from);
  if (texts.empty() ||
      writer.Stated<v1::Term>(target, "term").options_size() > 0) {
    return;
  }
  Target option;
  for (const Element* text : texts) {
    if (text->Text().empty()) continue;
    if (option.message == nullptr) {
      option = writer.Add(target, "term.options", *text);
    }
    writer.Write(option, "description", Convert::kText, *text, "BT-54-Lot");
  }
}

void ReadFrameworkUsers(const Element& from, const Target& target,
                        PlanWriter& writer) {
  static const ElementPath users(
      "cac:TenderingProcess/cac:FrameworkAgreement/"
      "cac:SubsequentProcessTenderRequirement[cbc:Name='buyer-categories']/"
      "cbc:Description");
  const Element* text = users.First(from);
  if (text == nullptr || text->Text().empty()) return;
  writer.Mutable<v1::Framework>(target, "framework").set_users_identified(true);
  writer.Record(target, "framework.users_identified", *text);
}

// Free access, and the reasons that are told by a code alone.
void ReadDocuments(const Element& from, const Target& target,
                   PlanWriter& writer) {
  static const ElementPath types(
      "cac:TenderingTerms/cac:CallForTendersDocumentReference/"
      "cbc:DocumentType");
  const auto submission = [&]() -> v1::Submission& {
    return writer.Mutable<v1::Submission>(target, "submission");
  };
  for (const Element* type : types.All(from)) {
    const absl::string_view code = type->Text();
    const bool restricted = code == "restricted-document";
    if (!restricted && code != "non-restricted-document") continue;
    // One restricted document is enough for a no.
    submission().set_documents_free_access(
        !restricted && (!submission().has_documents_free_access() ||
                        submission().documents_free_access()));
    writer.Record(target, "submission.documents_free_access", *type);
  }
  const auto& stated = writer.Stated<v1::Submission>(target, "submission");
  if (stated.has_documents_restriction_code()) {
    submission().mutable_documents_restriction()->set_on_file(true);
  }
  if (stated.has_non_electronic_reason_code()) {
    submission().mutable_non_electronic_reason()->set_on_file(true);
  }
}

void ReadConfidentiality(const Element& from, const Target& target,
                         PlanWriter& writer) {
  static const ElementPath agreements(
      "cac:TenderingTerms/cac:ContractExecutionRequirement"
      "[cbc:ExecutionRequirementCode/@listName='nda']");
  static const ElementPath code_path("cbc:ExecutionRequirementCode");
  static const ElementPath text_path("cbc:Description");
  const Element* agreement = agreements.First(from);
  if (agreement == nullptr) return;
  const Element* code = code_path.First(*agreement);
  const absl::optional<bool> needed = ReadIndicator(code->Text());
  if (!needed.has_value()) return;
  writer.Mutable<v1::Submission>(target, "submission")
      .mutable_confidentiality()
      ->set_on_file(*needed);
  writer.Record(target, "submission.confidentiality", *code);
  if (!*needed) return;
  for (const Element* text : text_path.All(*agreement)) {
    writer.Write(target, "submission.confidentiality", Convert::kReasoned,
                 *text, "BT-802-Lot");
  }
}

// Accessibility is asked for where people use what is bought.
void ReadUse(const Element& from, const Target& target, PlanWriter& writer) {
  static const ElementPath accessibility(
      "cac:ProcurementProject/cac:ProcurementAdditionalType/"
      "cbc:ProcurementTypeCode[@listName='accessibility']");
  const Element* code = accessibility.First(from);
  if (code == nullptr) return;
  const absl::string_view text = code->Text();
  if (text != "inc" && text != "n-inc" && text != "n-inc-just") return;
  writer.Mutable<v1::Contract>(target, "contract")
      .set_used_by_people(text != "n-inc");
  writer.Record(target, "contract.used_by_people", *code);
}

// Every code but `none` asks for subcontracting, which is then allowed.
void ReadSubcontracting(const Element& from, const Target& target,
                        PlanWriter& writer) {
  static const ElementPath obligations(
      "cac:TenderingTerms/cac:AllowedSubcontractTerms/"
      "cbc:SubcontractingConditionsCode[@listName='subcontracting-obligation'"
      "]");
  for (const Element* code : obligations.All(from)) {
    if (!absl::StartsWith(code->Text(), "subc-")) continue;
    writer.Mutable<v1::Subcontracting>(target, "subcontracting")
        .set_allowed(true);
    writer.Record(target, "subcontracting.allowed", *code);
  }
}

// Prizes of a contest count into its value; amounts of one currency are added.
void ReadPrizes(const Element& from, const Target& target, PlanWriter& writer) {
  static const ElementPath prizes(
      "cac:TenderingTerms/cac:AwardingTerms/cac:Prize/cbc:ValueAmount");
  absl::optional<v1::Money> total;
  const Element* first = nullptr;
  for (const Element* prize : prizes.All(from)) {
    const absl::optional<v1::Money> amount =
        ReadMoney(prize->Text(), prize->Attribute("currencyID"));
    if (!amount.has_value() || amount->units() < 0) continue;
    if (!total.has_value()) {
      total = amount;
      first = prize;
      continue;
    }
    // Prizes are far below the largest amount that a Money holds.
    constexpr std::int64_t kLargest = std::int64_t{1} << 52;
    if (total->currency_code() != amount->currency_code() ||
        total->units() > kLargest || amount->units() > kLargest) {
      writer.Note(*prize, "prizes in several currencies are not added up");
      return;
    }
    const std::int64_t nanos = std::int64_t{total->nanos()} + amount->nanos();
    total->set_units(total->units() + amount->units() + nanos / 1'000'000'000);
    total->set_nanos(static_cast<std::int32_t>(nanos % 1'000'000'000));
  }
  if (!total.has_value() || (total->units() == 0 && total->nanos() == 0)) {
    return;
  }
  writer.Put(
      target, "contract.value_components.prizes", *first,
      [&](Message& parent, const google::protobuf::FieldDescriptor& field) {
        parent.GetReflection()
            ->MutableMessage(&parent, &field)
            ->CopyFrom(*total);
      });
}

// Selection criteria of both generations of the SDK.
void ReadRequirements(const Element& from, const Target& target,
                      PlanWriter& writer) {
  static const ElementPath criteria(
      "cac:TenderingTerms/EXT/efac:SelectionCriteria");
  static const ElementPath code_path("cbc:TendererRequirementTypeCode");
  static const ElementPath old_code_path("cbc:CriterionTypeCode");
  static const ElementPath usage_path(
      "cbc:CalculationExpressionCode[@listName='usage']");
  static const ElementPath text_path("cbc:Description");
  static const ElementPath second_stage_path("efbc:SecondStageIndicator");
  const Element* unused = nullptr;
  int unused_kinds = 0;
  for (const Element* criterion : criteria.All(from)) {
    const Element* code = code_path.First(*criterion);
    const bool old = code == nullptr;
    if (old) code = old_code_path.First(*criterion);
    const Element* usage = usage_path.First(*criterion);
    if (usage != nullptr && usage->Text() == "n-used") {
      unused = criterion;
      const absl::string_view kind = code == nullptr ? "" : code->Text();
      if (kind == "sui-act") unused_kinds |= 1;
      if (kind == "ef-stand") unused_kinds |= 2;
      if (kind == "tp-abil") unused_kinds |= 4;
      continue;
    }
    // Neither used nor unused says nothing.
    if (usage != nullptr && SaysNothing(usage->Text())) continue;
    const Target entry =
        writer.Add(target, "qualification.requirements", *criterion);
    if (code != nullptr) {
      writer.Write(entry, "kind", Convert::kCode, *code, "BT-809-Lot");
      if (!old) {
        writer.Write(entry, "code", Convert::kString, *code, "BT-809-Lot");
      }
    }
    for (const Element* text : text_path.All(*criterion)) {
      writer.Write(entry, "text", Convert::kText, *text, "BT-750-Lot");
    }
    if (const Element* stage = second_stage_path.First(*criterion)) {
      writer.Write(entry, "for_selection", Convert::kIndicator, *stage,
                   "BT-40-Lot");
    }
  }
  // Every kind listed as not used: that there are none is stated.
  if (unused != nullptr && unused_kinds == 7) {
    writer.StateEmpty(target, "qualification.requirements", *unused);
  }
}

// Where requirements and grounds stand; one code asks for the ESPD.
void ReadSources(const Element& from, const Target& target,
                 PlanWriter& writer) {
  static const ElementPath requirements(
      "cac:TenderingTerms/cac:TendererQualificationRequest/"
      "cac:SpecificTendererRequirement/"
      "cbc:TendererRequirementTypeCode[@listName='selection-criteria-source']");
  static const ElementPath grounds(
      "cac:TenderingTerms/cac:TendererQualificationRequest/"
      "cac:SpecificTendererRequirement/"
      "cbc:TendererRequirementTypeCode[@listName='exclusion-grounds-source']");
  const auto is_espd = [&](const Element& code) {
    if (code.Text() != "epo-acc-espd-request") return false;
    writer.Write(writer.PlanTarget(), "evidence.espd", Convert::kCode, code,
                 "BT-806-Procedure");
    return true;
  };
  for (const Element* code : requirements.All(from)) {
    if (!is_espd(*code)) {
      writer.Write(target, "qualification.stated_in", Convert::kCodes, *code,
                   "BT-821-Lot");
    }
  }
  for (const Element* code : grounds.All(from))
    is_espd(*code);
}

}  // namespace

void ReadLotDetails(const Element& lot, const Target& target,
                    PlanWriter& writer) {
  ReadPlaces(lot, target, writer);
  ReadNatures(lot, target, writer);
  ReadTerm(lot, target, writer);
  ReadFrameworkUsers(lot, target, writer);
  ReadDocuments(lot, target, writer);
  ReadConfidentiality(lot, target, writer);
  ReadUse(lot, target, writer);
  ReadSubcontracting(lot, target, writer);
  ReadPrizes(lot, target, writer);
  ReadRequirements(lot, target, writer);
  ReadSources(lot, target, writer);
}

}  // namespace klausul::intake::eforms
