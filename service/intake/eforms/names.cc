#include "service/intake/eforms/names.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace klausul::intake::eforms {
namespace {

// Sorted, for people.
constexpr absl::string_view kNames[] = {
    "AcquiringCPBIndicator",
    "ActivityTypeCode",
    "AdditionalCommodityClassification",
    "AdditionalNoticeLanguage",
    "Address",
    "AllowedSubcontractTerms",
    "AnswerReceptionPeriod",
    "ApplicableLegalBasis",
    "AreaCode",
    "Attachment",
    "AuctionConstraintIndicator",
    "AuctionTerms",
    "AwardCriterionParameter",
    "AwardDate",
    "AwardingCPBIndicator",
    "AwardingCriterion",
    "AwardingCriterionTypeCode",
    "AwardingTerms",
    "CalculationExpression",
    "CalculationExpressionCode",
    "CallForTendersDocumentReference",
    "Change",
    "ChangeDescription",
    "ChangeReason",
    "ChangedNoticeIdentifier",
    "Changes",
    "Child",
    "Code",
    "Company",
    "CompanyID",
    "CompanyLegalForm",
    "CompanyLegalFormCode",
    "CompanySizeCode",
    "ContractExecutionRequirement",
    "ContractExtension",
    "ContractFolderID",
    "ContractModification",
    "ContractingActivity",
    "ContractingParty",
    "ContractingPartyType",
    "ContractingSystem",
    "ContractingSystemTypeCode",
    "Country",
    "CountrySubentityCode",
    "CriterionTypeCode",
    "CustomizationID",
    "DecisionReason",
    "DecisionReasonCode",
    "Description",
    "DescriptionCode",
    "DocumentDescription",
    "DocumentType",
    "DocumentTypeCode",
    "DurationMeasure",
    "EconomicOperatorShortList",
    "EformsExtension",
    "EndDate",
    "EndTime",
    "EstimatedOverallContractAmount",
    "ExecutionRequirementCode",
    "ExtensionContent",
    "ExternalReference",
    "FieldsPrivacy",
    "FollowupContractIndicator",
    "FrameworkAgreement",
    "FrameworkMaximumAmount",
    "GroupLeadIndicator",
    "GuaranteeTypeCode",
    "ID",
    "IdentificationCode",
    "InterestExpressionReceptionPeriod",
    "InvitationSubmissionPeriod",
    "IssueDate",
    "ItemClassificationCode",
    "Justification",
    "Language",
    "LegalMonetaryTotal",
    "Lot",
    "LotDistribution",
    "LotResult",
    "LotTender",
    "LotsGroup",
    "LotsGroupID",
    "MainCommodityClassification",
    "MaximumLotsAwardedNumeric",
    "MaximumLotsSubmittedNumeric",
    "MaximumNumberNumeric",
    "MaximumOperatorQuantity",
    "MaximumQuantity",
    "MinimumQuantity",
    "ModifiedContractIdentifier",
    "Name",
    "NoFurtherNegotiationIndicator",
    "NoticeDocumentReference",
    "NoticeLanguageCode",
    "NoticeResult",
    "NoticeSubType",
    "NoticeTypeCode",
    "OptionsDescription",
    "Organization",
    "Organizations",
    "Origin",
    "ParameterCode",
    "ParameterNumeric",
    "PartPresentationCode",
    "ParticipationRequestReceptionPeriod",
    "Party",
    "PartyIdentification",
    "PartyLegalEntity",
    "PartyName",
    "PartyTypeCode",
    "PayableAmount",
    "PlannedDate",
    "PlannedPeriod",
    "PostalAddress",
    "Prize",
    "ProcedureCode",
    "ProcessJustification",
    "ProcessReason",
    "ProcessReasonCode",
    "ProcurementAdditionalType",
    "ProcurementDocumentsChangeDate",
    "ProcurementDocumentsChangeIndicator",
    "ProcurementLegislationDocumentReference",
    "ProcurementProject",
    "ProcurementProjectLot",
    "ProcurementProjectLotReference",
    "ProcurementType",
    "ProcurementTypeCode",
    "Publication",
    "PublicationDate",
    "RealizedLocation",
    "ReasonCode",
    "ReasonDescription",
    "ReceivedSubmissionsStatistics",
    "RecurringProcurementIndicator",
    "RegulatoryDomain",
    "RequestedTenderTotal",
    "RequiredFinancialGuarantee",
    "SMESuitableIndicator",
    "SecondStageIndicator",
    "SelectionCriteria",
    "SettledContract",
    "SpecificTendererRequirement",
    "StartDate",
    "StatisticsCode",
    "StatisticsNumeric",
    "StrategicProcurement",
    "SubTypeCode",
    "SubcontractingConditionsCode",
    "SubmissionMethodCode",
    "SubordinateAwardingCriterion",
    "SubsequentProcessTenderRequirement",
    "TenderLot",
    "TenderResultCode",
    "TenderSubmissionDeadlinePeriod",
    "TenderValidityPeriod",
    "Tenderer",
    "TendererQualificationRequest",
    "TendererRequirementTypeCode",
    "TenderingParty",
    "TenderingProcess",
    "TenderingTerms",
    "TotalAmount",
    "TransmissionDate",
    "UBLExtension",
    "UBLExtensions",
    "URI",
    "ValueAmount",
    "VariantConstraintCode",
};

// Slots of the table below, about three for each name.
constexpr int kSlotBits = 9;
constexpr std::size_t kSlots = std::size_t{1} << kSlotBits;
static_assert(std::size(kNames) * 2 < kSlots, "make kSlotBits larger");
static_assert(std::size(kNames) < 0xFFFF, "make NameId larger");

// `count` bytes as a number, at most eight.
constexpr std::uint64_t Load(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  if (std::is_constant_evaluated() ||
      std::endian::native != std::endian::little) {
    for (std::size_t i = count; i-- > 0;) {
      word = (word << 8) | static_cast<unsigned char>(bytes[i]);
    }
    return word;
  }
  std::memcpy(&word, bytes, count);
  return word;
}

// The ends of a name. With its size they are all of one of up to sixteen bytes.
struct Key {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::size_t size = 0;

  bool operator==(const Key& other) const {
    return first == other.first && last == other.last && size == other.size;
  }
};

constexpr Key KeyOf(absl::string_view name) {
  const char* const begin = name.data();
  const std::size_t size = name.size();
  if (size >= 8) {
    return {Load(begin, 8), Load(begin + size - 8, 8), size};
  }
  if (size >= 4) return {Load(begin, 4), Load(begin + size - 4, 4), size};
  if (size >= 2) return {Load(begin, 2), Load(begin + size - 2, 2), size};
  return {size == 0 ? 0 : Load(begin, 1), 0, size};
}

constexpr std::size_t SlotOf(const Key& key) {
  const std::uint64_t mixed = (key.first * 0x9E3779B97F4A7C15U) ^
                              (key.last * 0xC2B2AE3D27D4EB4FU) ^
                              (key.size * 0x165667B19E3779F9U);
  return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15U) >>
                                  (64 - kSlotBits));
}

// An open hash table: numbers of names, zero where a slot is free. Made by the
// compiler.
struct Table {
  std::array<NameId, kSlots> slots = {};
  // By number.
  std::array<Key, std::size(kNames) + 1> keys = {};

  constexpr Table() {
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      keys[i + 1] = KeyOf(kNames[i]);
      std::size_t slot = SlotOf(keys[i + 1]);
      while (slots[slot] != kUnknownName)
        slot = (slot + 1) % kSlots;
      slots[slot] = static_cast<NameId>(i + 1);
    }
  }
};

constexpr Table kTable;

}  // namespace

NameId FindName(absl::string_view local_name) {
  const Key key = KeyOf(local_name);
  for (std::size_t slot = SlotOf(key);; slot = (slot + 1) % kSlots) {
    const NameId id = kTable.slots[slot];
    if (id == kUnknownName) return kUnknownName;
    if (kTable.keys[id] == key &&
        (key.size <= 16 ||
         std::memcmp(kNames[id - 1].data() + 8, local_name.data() + 8,
                     key.size - 16) == 0)) {
      return id;
    }
  }
}

}  // namespace klausul::intake::eforms
