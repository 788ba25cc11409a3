#include "service/intake/eforms/field_table.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/descriptor.h"

#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/plan_field.h"

namespace klausul::intake::eforms {
namespace {

struct Field {
  Context context;
  // eForms field id, for notes.
  absl::string_view bt;
  // From the context's element; `$` marks what the table abbreviates below.
  absl::string_view element_path;
  // Below the context's target.
  absl::string_view plan_path;
  Convert convert;
  // A second statement that differs is worth a note.
  bool note_conflict = false;
};

// Long paths of elements that a list name tells apart.
constexpr char kProject[] = "cac:ProcurementProject";
constexpr char kTerms[] = "cac:TenderingTerms";
constexpr char kProcess[] = "cac:TenderingProcess";

// clang-format off
constexpr Field kFields[] = {
    // The notice.
    {Context::kNotice, "BT-701-notice", "cbc:ID[@schemeName='notice-id']", "id", Convert::kString},
    {Context::kNotice, "BT-04-notice", "cbc:ContractFolderID", "procedure_id", Convert::kString},
    {Context::kNotice, "BT-01-notice", "cbc:RegulatoryDomain", "regime", Convert::kCode},
    {Context::kNotice, "BT-127-notice", "cbc:PlannedDate", "dates.planned_notice", Convert::kDate},
    {Context::kRole, "BT-701-notice", "cbc:ID[@schemeName='notice-id']", "id", Convert::kString},
    {Context::kRole, "OPP-070-notice", "EXT/efac:NoticeSubType/cbc:SubTypeCode", "subtype_code", Convert::kString},
    {Context::kRole, "BT-02-notice", "cbc:NoticeTypeCode", "type_code", Convert::kString},
    {Context::kRole, "BT-702(a)-notice", "cbc:NoticeLanguageCode", "languages", Convert::kLanguages},
    {Context::kRole, "BT-702(b)-notice", "cac:AdditionalNoticeLanguage/cbc:ID", "languages", Convert::kLanguages},
    {Context::kRole, "BT-758-notice", "EXT/efac:Changes/efbc:ChangedNoticeIdentifier", "previous_id", Convert::kString},
    {Context::kRole, "BT-125(i)-Lot", "cac:ProcurementProjectLot/$process/cac:NoticeDocumentReference/cbc:ID", "previous_id", Convert::kString},
    {Context::kRole, "BT-140-notice", "EXT/efac:Changes/efac:ChangeReason/cbc:ReasonCode", "change_reason_code", Convert::kString},

    // The buyers.
    {Context::kBuyer, "BT-11-Procedure-Buyer", "cac:ContractingPartyType/cbc:PartyTypeCode[@listName='buyer-legal-type']", "legal_type", Convert::kCode},
    {Context::kOrganization, "BT-500-Organization-Company", "cac:PartyName/cbc:Name", "name", Convert::kString},
    {Context::kOrganization, "BT-501-Organization-Company", "cac:PartyLegalEntity/cbc:CompanyID", "id", Convert::kString},
    {Context::kOrganization, "BT-514-Organization-Company", "cac:PostalAddress/cac:Country/cbc:IdentificationCode", "country", Convert::kCountry},

    // The procedure as a whole.
    {Context::kProcedure, "BT-105-Procedure", "$process/cbc:ProcedureCode", "procedure.kind", Convert::kCode},
    {Context::kProcedure, "BT-88-Procedure", "$process/cbc:Description", "procedure.rules", Convert::kReasoned},
    {Context::kProcedure, "BT-106-Procedure", "$process/cac:ProcessJustification/cbc:ProcessReasonCode[@listName='accelerated-procedure']", "procedure.urgent", Convert::kIndicator},
    {Context::kProcedure, "BT-1351-Procedure", "$process/cac:ProcessJustification[cbc:ProcessReasonCode/@listName='accelerated-procedure']/cbc:ProcessReason", "procedure.urgent_reason", Convert::kReasoned},
    {Context::kProcedure, "BT-135-Procedure", "$process/cac:ProcessJustification[cbc:ProcessReasonCode/@listName='direct-award-justification']/cbc:ProcessReason", "direct_award.reason", Convert::kReasoned},
    {Context::kProcedure, "BT-31-Procedure", "$terms/cac:LotDistribution/cbc:MaximumLotsSubmittedNumeric", "division.max_lots_tendered", Convert::kCount},
    {Context::kProcedure, "BT-33-Procedure", "$terms/cac:LotDistribution/cbc:MaximumLotsAwardedNumeric", "division.max_lots_awarded", Convert::kCount},
    {Context::kProcedure, "BT-67(a)-Procedure", "$terms/cac:TendererQualificationRequest/cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode[@listName='exclusion-ground']", "exclusion.grounds", Convert::kStrings},

    // What the notice says of the procedure and of each lot.
    {Context::kShared, "BT-21", "$project/cbc:Name", "title", Convert::kText},
    {Context::kShared, "BT-24", "$project/cbc:Description", "description", Convert::kText},
    {Context::kShared, "BT-23", "$project/cbc:ProcurementTypeCode", "contract.nature", Convert::kCode, true},
    {Context::kShared, "BT-262", "$project/cac:MainCommodityClassification/cbc:ItemClassificationCode", "contract.cpv_main", Convert::kCpv, true},
    {Context::kShared, "BT-263", "$project/cac:AdditionalCommodityClassification/cbc:ItemClassificationCode", "contract.cpv_additional", Convert::kCpvs},
    {Context::kShared, "BT-27", "$project/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount", "contract.estimated_value", Convert::kMoney, true},
    {Context::kShared, "BT-271", "$project/cac:RequestedTenderTotal/EXT/efbc:FrameworkMaximumAmount", "framework.maximum_value", Convert::kMoney, true},
    {Context::kShared, "BT-36", "$project/cac:PlannedPeriod/cbc:DurationMeasure", "term.duration", Convert::kDuration, true},
    {Context::kShared, "BT-536", "$project/cac:PlannedPeriod/cbc:StartDate", "term.start_date", Convert::kDate},
    {Context::kShared, "BT-537", "$project/cac:PlannedPeriod/cbc:EndDate", "term.end_date", Convert::kDate},
    {Context::kShared, "BT-58", "$project/cac:ContractExtension/cbc:MaximumNumberNumeric", "term.renewal_count", Convert::kCount},

    // A lot.
    {Context::kLot, "BT-94-Lot", "$terms/cbc:RecurringProcurementIndicator", "contract.recurrent", Convert::kIndicator},
    {Context::kLot, "BT-765-Lot", "$process/cac:ContractingSystem/cbc:ContractingSystemTypeCode[@listName='framework-agreement']", "framework.kind", Convert::kCode},
    {Context::kLot, "BT-113-Lot", "$process/cac:FrameworkAgreement/cbc:MaximumOperatorQuantity", "framework.max_participants", Convert::kCount},
    {Context::kLot, "BT-109-Lot", "$process/cac:FrameworkAgreement/cbc:Justification", "term.long_duration_reason", Convert::kReasoned},
    {Context::kLot, "BT-766-Lot", "$process/cac:ContractingSystem/cbc:ContractingSystemTypeCode[@listName='dps-usage']", "dps.kind", Convert::kCode},
    {Context::kLot, "BT-767-Lot", "$process/cac:AuctionTerms/cbc:AuctionConstraintIndicator", "auction.used", Convert::kIndicator},

    {Context::kLot, "BT-131(d)-Lot", "$process/cac:TenderSubmissionDeadlinePeriod/cbc:EndDate", "dates.tender_deadline", Convert::kDate},
    {Context::kLot, "BT-131(t)-Lot", "$process/cac:TenderSubmissionDeadlinePeriod/cbc:EndTime", "dates.tender_deadline_time", Convert::kTime},
    {Context::kLot, "BT-1311(d)-Lot", "$process/cac:ParticipationRequestReceptionPeriod/cbc:EndDate", "dates.request_deadline", Convert::kDate},
    {Context::kLot, "BT-1311(t)-Lot", "$process/cac:ParticipationRequestReceptionPeriod/cbc:EndTime", "dates.request_deadline_time", Convert::kTime},
    {Context::kLot, "BT-630(d)-Lot", "$process/EXT/efac:InterestExpressionReceptionPeriod/cbc:EndDate", "dates.interest_deadline", Convert::kDate},
    {Context::kLot, "BT-130-Lot", "$process/cac:InvitationSubmissionPeriod/cbc:StartDate", "dates.invitation_sent", Convert::kDate},

    {Context::kLot, "BT-17-Lot", "$process/cbc:SubmissionMethodCode[@listName='esubmission']", "submission.electronic", Convert::kCode},
    {Context::kLot, "BT-19-Lot", "$process/cac:ProcessJustification/cbc:ProcessReasonCode[@listName='no-esubmission-justification']", "submission.non_electronic_reason_code", Convert::kString},
    {Context::kLot, "BT-745-Lot", "$process/cac:ProcessJustification[cbc:ProcessReasonCode/@listName='no-esubmission-justification']/cbc:Description", "submission.non_electronic_reason", Convert::kReasoned},
    {Context::kLot, "BT-707-Lot", "$terms/cac:CallForTendersDocumentReference/cbc:DocumentTypeCode", "submission.documents_restriction_code", Convert::kString},
    {Context::kLot, "BT-15-Lot", "$terms/cac:CallForTendersDocumentReference/cac:Attachment/cac:ExternalReference/cbc:URI", "submission.documents_url", Convert::kString},
    {Context::kLot, "BT-97-Lot", "$terms/cac:Language/cbc:ID", "submission.languages", Convert::kLanguages},
    {Context::kLot, "BT-63-Lot", "$terms/cbc:VariantConstraintCode", "submission.variants", Convert::kCode},
    {Context::kLot, "BT-764-Lot", "$terms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode[@listName='ecatalog-submission']", "submission.ecatalogue", Convert::kCode},
    {Context::kLot, "BT-98-Lot", "$terms/cac:TenderValidityPeriod/cbc:DurationMeasure", "submission.validity", Convert::kDuration},

    {Context::kLot, "BT-754-Lot", "$project/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='accessibility']", "universal_design.coverage", Convert::kCode},
    {Context::kLot, "BT-755-Lot", "$project/cac:ProcurementAdditionalType[cbc:ProcurementTypeCode/@listName='accessibility']/cbc:ProcurementType", "universal_design.reason", Convert::kReasoned},

    {Context::kLot, "BT-50-Lot", "$process/cac:EconomicOperatorShortList/cbc:MinimumQuantity", "qualification.candidates_min", Convert::kCount},
    {Context::kLot, "BT-51-Lot", "$process/cac:EconomicOperatorShortList/cbc:MaximumQuantity", "qualification.candidates_max", Convert::kCount},
    {Context::kLot, "BT-761-Lot", "$terms/cac:TendererQualificationRequest/cbc:CompanyLegalFormCode", "qualification.legal_form_required", Convert::kIndicator},
    {Context::kLot, "BT-76-Lot", "$terms/cac:TendererQualificationRequest/cbc:CompanyLegalForm", "qualification.legal_form_condition", Convert::kText},

    {Context::kLot, "BT-543-Lot", "$terms/cac:AwardingTerms/cac:AwardingCriterion/cbc:CalculationExpression", "award.formula", Convert::kText},
    {Context::kLot, "BT-733-Lot", "$terms/cac:AwardingTerms/cac:AwardingCriterion/cbc:Description", "award.order_reason", Convert::kReasoned},

    {Context::kLot, "BT-717-Lot", "$terms/EXT/efac:StrategicProcurement/efbc:ApplicableLegalBasis[@listName='cvd-scope']", "climate.vehicles_in_scope", Convert::kIndicator},
    {Context::kLot, "BT-810-Lot", "$terms/EXT/efac:StrategicProcurement/efbc:ApplicableLegalBasis[@listName='eed-scope']", "climate.energy_in_scope", Convert::kIndicator},

    {Context::kLot, "BT-06-Lot", "$project/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='strategic-procurement']", "aims.strategic", Convert::kCodes},
    {Context::kLot, "BT-775-Lot", "$project/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='social-objective']", "aims.social", Convert::kCodes},
    {Context::kLot, "BT-774-Lot", "$project/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='environmental-impact']", "aims.environment_codes", Convert::kStrings},
    {Context::kLot, "BT-776-Lot", "$project/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='innovative-acquisition']", "aims.innovation_codes", Convert::kStrings},

    {Context::kLot, "BT-681-Lot", "$terms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode[@listName='fsr']", "clauses.foreign_subsidies.announced", Convert::kIndicator},
    {Context::kLot, "BT-684-Lot", "$terms/EXT/efac:StrategicProcurement/efbc:ApplicableLegalBasis[@listName='ipi-scope']", "clauses.trade_instrument.announced", Convert::kIndicator},
    {Context::kLot, "BT-751-Lot", "$terms/cac:RequiredFinancialGuarantee/cbc:GuaranteeTypeCode[@listName='tender-guarantee-required']", "payment.tender_guarantee_required", Convert::kIndicator},

    {Context::kLot, "BT-71-Lot", "$terms/cac:TendererQualificationRequest/cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode[@listName='reserved-procurement']", "reserved.kinds", Convert::kCodes},
    {Context::kLot, "BT-736-Lot", "$terms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode[@listName='reserved-execution']", "reserved.sheltered_execution", Convert::kIndicator},
    {Context::kLot, "BT-726-Lot", "$project/cbc:SMESuitableIndicator", "social.sme_suitable", Convert::kIndicator},

    {Context::kLotOfPlan, "BT-120-Lot", "$terms/cac:AwardingTerms/cbc:NoFurtherNegotiationIndicator", "procedure.negotiation.may_award_without", Convert::kIndicator, true},
    {Context::kLotOfPlan, "BT-41-Lot", "$terms/cac:AwardingTerms/cbc:FollowupContractIndicator", "procedure.follow_up_contract_stated", Convert::kIndicator, true},
};

// clang-format on

struct Row {
  const Field* field;
  ElementPath path;
  // Where it goes, by the types that the context's target may have.
  absl::InlinedVector<const PlanField*, 2> plan_fields;
};

// The types of the messages that the plan paths of a context start from.
std::vector<const google::protobuf::Descriptor*> TypesOf(Context context) {
  switch (context) {
    case Context::kNotice:
    case Context::kProcedure:
    case Context::kLotOfPlan:
      return {v1::ProcurementPlan::descriptor()};
    case Context::kShared:
    case Context::kLot:
      return {v1::ProcurementPlan::descriptor(), v1::Lot::descriptor()};
    case Context::kBuyer:
    case Context::kOrganization:
      return {v1::Buyer::descriptor(), v1::Party::descriptor()};
    case Context::kRole:
      return {v1::Notice::descriptor()};
  }
  return {};
}

// Without abbreviations.
std::string FullPath(absl::string_view path) {
  return absl::StrReplaceAll(
      path,
      {{"$project", kProject}, {"$terms", kTerms}, {"$process", kProcess}});
}

std::vector<Row> RowsOf(Context context) {
  std::vector<Row> rows;
  for (const Field& field : kFields) {
    if (field.context != context) continue;
    Row row = {&field, ElementPath(FullPath(field.element_path)), {}};
    for (const google::protobuf::Descriptor* type : TypesOf(context)) {
      row.plan_fields.push_back(&FindPlanField(*type, field.plan_path));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Parsed once, for all notices.
const std::vector<Row>& Rows(Context context) {
  static const auto* const tables = [] {
    auto* made = new std::vector<std::vector<Row>>;
    for (int i = 0; i <= static_cast<int>(Context::kRole); ++i) {
      made->push_back(RowsOf(static_cast<Context>(i)));
    }
    return made;
  }();
  return (*tables)[static_cast<std::size_t>(context)];
}

// Texts are several elements, one a language; a text that is stated already,
// by the procedure, is not mixed with another one.
bool TakesWhole(Convert convert) {
  return convert == Convert::kText || convert == Convert::kReasoned;
}

absl::string_view PlaceOf(Context context) {
  switch (context) {
    case Context::kNotice:
      return "The notice";
    case Context::kProcedure:
      return "The procedure";
    case Context::kShared:
      return "The procedure and each lot";
    case Context::kLot:
      return "Each lot, or the plan for an only lot";
    case Context::kLotOfPlan:
      return "Each lot, into the plan";
    case Context::kBuyer:
      return "Each contracting party, into `buyer` or a co-buyer";
    case Context::kOrganization:
      return "The company of each buyer, into `buyer` or a co-buyer";
    case Context::kRole:
      return "The notice under its role in `notices`";
  }
  return "";
}

// How the text is read; of a code, which enum has the list.
std::string ReadingOf(const Row& row) {
  const google::protobuf::FieldDescriptor& field =
      row.plan_fields.front()->field();
  switch (row.field->convert) {
    case Convert::kString:
      return "as written";
    case Convert::kText:
      return "text, one a language";
    case Convert::kReasoned:
      return "reason, one text a language";
    case Convert::kCode:
      return absl::StrCat("code of `", field.enum_type()->name(), "`");
    case Convert::kCodes:
      return absl::StrCat("codes of `", field.enum_type()->name(),
                          "`; `none` states that there are none");
    case Convert::kStrings:
      return "codes as written; `none` states that there are none";
    case Convert::kIndicator:
      return "yes or no";
    case Convert::kCount:
      return "whole number";
    case Convert::kNumber:
      return "number";
    case Convert::kMoney:
      return "amount; 0 and 0.1 are not told";
    case Convert::kDate:
      return "date";
    case Convert::kTime:
      return "clock time";
    case Convert::kDuration:
      return "length of time";
    case Convert::kCountry:
      return "country, ISO 3166-1";
    case Convert::kLanguages:
      return "languages, ISO 639";
    case Convert::kCpv:
      return "CPV code";
    case Convert::kCpvs:
      return "CPV codes";
  }
  return "";
}

}  // namespace

std::string FieldTablePage() {
  std::string page =
      "# Fields of eForms\n\n"
      "Written from the table in `service/intake/eforms/field_table.cc`. "
      "Organisations, award\ncriteria, selection criteria, laws, the kind of "
      "the notice and results take more than one\nplace and have files of "
      "their own beside it. `EXT` stands for the four elements that lead\ninto "
      "an eForms extension. List names match with and without `eforms-`.\n";
  for (int i = 0; i <= static_cast<int>(Context::kRole); ++i) {
    const auto context = static_cast<Context>(i);
    absl::StrAppend(&page, "\n## ", PlaceOf(context),
                    "\n\n| field | element | plan | read as |\n"
                    "| --- | --- | --- | --- |\n");
    for (const Row& row : Rows(context)) {
      absl::StrAppend(&page, "| ", row.field->bt, " | `",
                      FullPath(row.field->element_path), "` | `",
                      row.field->plan_path, "` | ", ReadingOf(row), " |\n");
    }
  }
  return page;
}

void ApplyFields(Context context, const Element& from, const Target& target,
                 PlanWriter& writer) {
  const std::vector<Row>& rows = Rows(context);
  const google::protobuf::Descriptor* type =
      target.type == nullptr ? target.message->GetDescriptor() : target.type;
  const std::size_t which = &rows.front().plan_fields.front()->type() == type
                                ? 0
                                : rows.front().plan_fields.size() - 1;
  for (const Row& row : rows) {
    const Elements elements = row.path.All(from);
    if (elements.empty()) continue;
    const Field& field = *row.field;
    const PlanField& plan_field = *row.plan_fields[which];
    if (TakesWhole(field.convert) && PlanWriter::IsStated(target, plan_field)) {
      continue;
    }
    writer.set_note_conflicts(field.note_conflict);
    for (const Element* element : elements) {
      writer.Write(target, plan_field, field.convert, *element, field.bt);
    }
    writer.set_note_conflicts(false);
  }
}

}  // namespace klausul::intake::eforms
