#include "service/intake/eforms/names.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <iterator>

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

// Slots of the table below, about seven for each name.
constexpr std::size_t kSlots = 1024;
static_assert(std::size(kNames) * 4 < kSlots, "make kSlots larger");

// Up to eight bytes as a number.
std::uint64_t Word(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  if (count >= sizeof(word)) {
    std::memcpy(&word, bytes, sizeof(word));
    return word;
  }
  for (std::size_t i = 0; i < count; ++i) {
    word = (word << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return word;
}

// From the ends of the name, which tell names apart well enough.
std::size_t SlotOf(absl::string_view name) {
  const std::size_t head = name.size() < 8 ? name.size() : 8;
  const std::uint64_t first = Word(name.data(), head);
  const std::uint64_t last = Word(name.data() + name.size() - head, head);
  const std::uint64_t mixed =
      (first * 0x9E3779B97F4A7C15U) ^ (last * 0xC2B2AE3D27D4EB4FU) ^
      (name.size() * 0x165667B19E3779F9U);
  return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15U) >> 54);
}

static_assert(kSlots == std::size_t{1} << (64 - 54));

// An open hash table: numbers, zero where a slot is free.
using Table = std::array<NameId, kSlots>;

const Table& Names() {
  static const Table table = [] {
    Table made = {};
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      std::size_t slot = SlotOf(kNames[i]);
      while (made[slot] != kUnknownName) slot = (slot + 1) % kSlots;
      made[slot] = static_cast<NameId>(i + 1);
    }
    return made;
  }();
  return table;
}

}  // namespace

NameId FindName(absl::string_view local_name) {
  const Table& table = Names();
  for (std::size_t slot = SlotOf(local_name); table[slot] != kUnknownName;
       slot = (slot + 1) % kSlots) {
    if (kNames[table[slot] - 1] == local_name) return table[slot];
  }
  return kUnknownName;
}

}  // namespace klausul::intake::eforms
