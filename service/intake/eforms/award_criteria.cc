#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kEnvironment[] = "quality-nor-env-criteria";
constexpr char kSpecification[] = "quality-nor-env-spec";

absl::string_view TypeOf(const Element& criterion) {
  const Element* type =
      criterion.Child(Namespace::kCbc, "AwardingCriterionTypeCode");
  return type == nullptr ? "" : type->Text();
}

// The Norwegian profile writes claims about climate as criteria without
// weight. They say how the duty is met; nobody is judged by them.
bool IsClimateClaim(absl::string_view type) {
  return absl::StartsWith(type, "quality-nor-env-") && type != kEnvironment;
}

void ReadClimateClaim(const Element& criterion, absl::string_view type,
                      bool beside_criteria, const Target& target,
                      PlanWriter& writer) {
  static const ElementPath text_path("cbc:Description");
  const auto climate = [&]() -> v1::Climate& {
    return writer.Mutable<v1::Climate>(target, "climate");
  };
  const char* field = nullptr;
  if (type == kSpecification && beside_criteria) {
    climate().set_requirements_join_criteria(true);
    field = "requirements_join_criteria";
  } else if (type == kSpecification) {
    climate().set_requirements_replace_criteria(true);
    field = "requirements_replace_criteria";
  } else if (type == "quality-nor-env-none" ||
             type == "quality-nor-env-exempt-insignificant") {
    climate().set_footprint_is_immaterial(true);
    field = "footprint_is_immaterial";
  } else if (type == "quality-nor-env-exempt-critical-interest") {
    climate().set_critical_interest_exempts(true);
    field = "critical_interest_exempts";
  } else if (type == "quality-nor-env-exempt-national-minimum") {
    climate().set_national_minimum_applies(true);
    field = "national_minimum_applies";
  } else {
    writer.Note(criterion,
                absl::StrCat("`", type, "` is no known code of BT-539-Lot"));
    return;
  }
  writer.Record(absl::StrCat(target.prefix, "climate.", field), criterion);
  for (const Element* text : text_path.All(criterion)) {
    writer.Write(target, "climate.reason", Convert::kReasoned, *text,
                 "BT-540-Lot");
  }
}

// Numbers of one criterion by what their codes make of them.
struct Numbers {
  absl::optional<v1::CriteriaRanking> ranking;
  // The code behind it.
  absl::string_view ranking_code;
  const Element* ranking_element = nullptr;
  // `fix-tot` or `fix-unit`, with its place.
  absl::string_view fixed_code;
  const Element* fixed_element = nullptr;
};

void ReadWeight(absl::string_view code, double number, const Element& from,
                const Target& entry, PlanWriter& writer) {
  auto& criterion = *static_cast<v1::Criterion*>(entry.message);
  // A withheld number is written as -1.
  if (number < 0) return;
  const char* field = nullptr;
  if (absl::StartsWith(code, "per-")) {
    criterion.set_weight(number);
    field = "weight";
  } else if (absl::StartsWith(code, "dec-")) {
    criterion.set_weight(number * 100);
    field = "weight";
  } else if (absl::StartsWith(code, "poi-")) {
    criterion.set_points(number);
    field = "points";
  } else if (code == "ord-imp") {
    const absl::optional<std::int32_t> rank = ReadCount(from.Text());
    if (!rank.has_value()) return;
    criterion.set_rank(*rank);
    field = "rank";
  } else {
    return;
  }
  writer.Record(entry, field, from);
}

Numbers ReadNumbers(const Element& criterion, const Target& entry,
                    PlanWriter& writer) {
  static const ElementPath parameters("EXT/efac:AwardCriterionParameter");
  static const ElementPath code_path("efbc:ParameterCode");
  static const ElementPath number_path("efbc:ParameterNumeric");
  Numbers numbers;
  for (const Element* parameter : parameters.All(criterion)) {
    const Element* code = code_path.First(*parameter);
    const Element* number = number_path.First(*parameter);
    if (code == nullptr) continue;
    const absl::string_view text = code->Text();
    if (SaysNothing(text)) continue;
    const absl::optional<double> value =
        number == nullptr ? absl::nullopt : ReadNumber(number->Text());
    if (text == "min-score") {
      if (value.has_value() && *value >= 0) {
        writer.Write(entry, "minimum_score", Convert::kNumber, *number,
                     "BT-541-Lot-ThresholdNumber");
      }
      continue;
    }
    if (text == "max-pass") continue;
    if (text == "fix-tot" || text == "fix-unit") {
      numbers.fixed_code = text;
      numbers.fixed_element = code;
      continue;
    }
    const CodeValue ranking = ReadCode(*v1::CriteriaRanking_descriptor(), text);
    if (ranking.meaning != CodeMeaning::kValue) {
      writer.Note(*code,
                  absl::StrCat("`", text, "` is no known code of BT-5421-Lot"));
      continue;
    }
    numbers.ranking = static_cast<v1::CriteriaRanking>(*ranking.number);
    numbers.ranking_code = text;
    numbers.ranking_element = code;
    if (value.has_value()) ReadWeight(text, *value, *number, entry, writer);
  }
  return numbers;
}

// What the criterion is about. In the Norwegian profile the type tells climate
// and environment from everything else, and a price is a price anywhere.
void ReadAspects(absl::string_view type, const NoticeKind& kind,
                 const Element& from, const Target& entry, PlanWriter& writer) {
  auto& criterion = *static_cast<v1::Criterion*>(entry.message);
  if (type == kEnvironment) {
    criterion.add_aspects(v1::ASPECT_CLIMATE);
    criterion.add_aspects(v1::ASPECT_ENVIRONMENT);
    writer.Record(entry, "aspects", from);
  } else if (type == "price" ||
             (kind.norwegian && (type == "quality" || type == "cost"))) {
    writer.StateEmpty(entry, "aspects", from);
  }
}

// One criterion of the list.
Numbers ReadCriterion(const Element& criterion, const NoticeKind& kind,
                      const Target& target, PlanWriter& writer) {
  static const ElementPath type_path("cbc:AwardingCriterionTypeCode");
  static const ElementPath name_path("cbc:Name");
  static const ElementPath text_path("cbc:Description");
  const Target entry = writer.Add(target, "award.criteria", criterion);
  const Element* type = type_path.First(criterion);
  if (type != nullptr) {
    writer.Write(entry, "kind", Convert::kCode, *type, "BT-539-Lot");
    ReadAspects(type->Text(), kind, *type, entry, writer);
  }
  for (const Element* name : name_path.All(criterion)) {
    writer.Write(entry, "name", Convert::kText, *name, "BT-734-Lot");
  }
  for (const Element* text : text_path.All(criterion)) {
    writer.Write(entry, "description", Convert::kText, *text, "BT-540-Lot");
  }
  return ReadNumbers(criterion, entry, writer);
}

// The ranking, where the criteria agree on one.
void ReadRanking(const std::vector<Numbers>& all, const Target& target,
                 PlanWriter& writer) {
  const Numbers* first = nullptr;
  for (const Numbers& numbers : all) {
    if (!numbers.ranking.has_value()) continue;
    if (first == nullptr) {
      first = &numbers;
    } else if (*first->ranking != *numbers.ranking) {
      writer.Note(*numbers.ranking_element,
                  "the criteria are weighted in several ways");
      return;
    }
  }
  if (first != nullptr) {
    v1::Award& award = writer.Mutable<v1::Award>(target, "award");
    award.set_ranking(*first->ranking);
    award.set_ranking_code(std::string(first->ranking_code));
    writer.Record(target, "award.ranking", *first->ranking_element);
    writer.Record(target, "award.ranking_code", *first->ranking_element);
  } else if (writer.Stated<v1::Award>(target, "award").has_formula()) {
    writer.Mutable<v1::Award>(target, "award")
        .set_ranking(v1::CRITERIA_RANKING_FORMULA_ONLY);
  }
}

// What decides, as the types of the criteria say it. Quality alone says
// nothing of the price, unless that is fixed.
void ReadBasis(const std::vector<Numbers>& all, const Element& from,
               const Target& target, PlanWriter& writer) {
  // There is a criterion, so the group is there.
  v1::Award& award = writer.Mutable<v1::Award>(target, "award");
  bool price = false;
  bool cost = false;
  bool quality = false;
  for (const v1::Criterion& criterion : award.criteria()) {
    price = price || criterion.kind() == v1::CRITERION_KIND_PRICE;
    cost = cost || criterion.kind() == v1::CRITERION_KIND_COST;
    quality = quality || criterion.kind() == v1::CRITERION_KIND_QUALITY;
    // A kind that we do not know may be any.
    if (!criterion.has_kind()) return;
  }
  const Numbers* fixed = nullptr;
  for (const Numbers& numbers : all) {
    if (numbers.fixed_element != nullptr) fixed = &numbers;
  }
  const Element* place = &from;
  if (fixed != nullptr && quality) {
    award.set_basis(v1::AWARD_BASIS_QUALITY_AT_FIXED_PRICE);
    award.set_basis_code(std::string(fixed->fixed_code));
    place = fixed->fixed_element;
  } else if (price + cost + quality > 1) {
    award.set_basis(v1::AWARD_BASIS_BEST_PRICE_QUALITY);
  } else if (price) {
    award.set_basis(v1::AWARD_BASIS_LOWEST_PRICE);
    award.set_basis_code("price");
  } else if (cost) {
    award.set_basis(v1::AWARD_BASIS_LOWEST_COST);
    award.set_basis_code("cost");
  } else {
    return;
  }
  writer.Record(target, "award.basis", *place);
}

}  // namespace

void ReadAwardCriteria(const Element& lot, const NoticeKind& kind,
                       const Target& target, PlanWriter& writer) {
  static const ElementPath criteria_path(
      "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/"
      "cac:SubordinateAwardingCriterion");
  const Elements criteria = criteria_path.All(lot);
  bool environment = false;
  for (const Element* criterion : criteria) {
    environment = environment || TypeOf(*criterion) == kEnvironment;
  }
  std::vector<Numbers> all;
  const Element* first = nullptr;
  for (const Element* criterion : criteria) {
    const absl::string_view type = TypeOf(*criterion);
    if (IsClimateClaim(type)) {
      ReadClimateClaim(*criterion, type, environment, target, writer);
      continue;
    }
    if (first == nullptr) first = criterion;
    all.push_back(ReadCriterion(*criterion, kind, target, writer));
  }
  if (!all.empty()) ReadBasis(all, *first, target, writer);
  ReadRanking(all, target, writer);
}

}  // namespace klausul::intake::eforms
