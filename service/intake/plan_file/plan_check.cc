#include "service/intake/plan_file/plan_check.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/base/civil_day.h"
#include "service/intake/plan_file/path_check.h"
#include "service/intake/plan_file/plan_scan.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/short_forms.h"
#include "service/intake/plan_file/value_reader.h"

namespace klausul::intake {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kMaxProblems = 1000;

constexpr std::int64_t kNanosPerUnit = 1'000'000'000;
constexpr std::int64_t kMaxUnits = 999'999'999'999'999;

// Amounts that may be negative: changes and gains go both ways.
bool MayBeNegative(absl::string_view field) {
  return field == "value_change" || field == "cumulative_value_change" ||
         field == "expected_gain" || field == "money_value";
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool AllUpper(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isupper(static_cast<unsigned char>(c));
  });
}

// A place in the plan. Its path becomes text when something is wrong there, and
// seldom is anything.
class Place {
 public:
  // The whole plan.
  Place() = default;

  // These borrow, and live within a call.
  Place(const Place& parent, absl::string_view field)
      : parent_(&parent), kind_(Kind::kField), name_(field) {}

  Place(const Place& parent, int index)
      : parent_(&parent), kind_(Kind::kIndex), index_(index) {}

  static Place OfKey(const Place& parent, absl::string_view key) {
    Place place(parent, key);
    place.kind_ = Kind::kKey;
    return place;
  }

  std::string Path() const {
    if (parent_ == nullptr) return "";
    const std::string above = parent_->Path();
    switch (kind_) {
      case Kind::kIndex:
        return IndexPath(above, index_);
      case Kind::kKey:
        return KeyPath(above, name_);
      default:
        return FieldPath(above, name_);
    }
  }

 private:
  enum class Kind { kField, kIndex, kKey };

  const Place* parent_ = nullptr;
  Kind kind_ = Kind::kField;
  absl::string_view name_;
  int index_ = 0;
};

class Checker {
 public:
  explicit Checker(const v1::ProcurementPlan& plan) : plan_(plan) {}

  std::vector<PlanProblem> Run() {
    for (const v1::Lot& lot : plan_.lots()) {
      if (lot.has_id()) lot_ids_.insert(lot.id());
    }
    if (plan_.division().has_undivided_lot_id()) {
      lot_ids_.insert(plan_.division().undivided_lot_id());
    }
    CheckMessage(plan_, Place());
    CheckUniqueIds();
    CheckPaths(plan_.stated_empty(), "stated_empty", PathKind::kEmptyList);
    CheckPaths(plan_.still_open(), "still_open", PathKind::kList);
    CheckPaths(plan_.complete(), "complete", PathKind::kMap);
    return std::move(problems_);
  }

 private:
  void Add(const Place& place, absl::string_view code, absl::string_view what,
           absl::string_view help = {}) {
    if (problems_.size() >= kMaxProblems) return;
    std::string path = place.Path();
    std::string message = absl::StrCat("`", path, "`: ", what);
    problems_.push_back({std::move(path), std::string(code), std::move(message),
                         std::string(help)});
  }

  void CheckMessage(const Message& message, const Place& place) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (IsPathList(*field)) continue;
      const Place at(place, field->name());
      if (field->is_map()) {
        CheckMap(message, *field, at);
      } else if (field->is_repeated()) {
        const int size = message.GetReflection()->FieldSize(message, field);
        for (int i = 0; i < size; ++i) {
          CheckValue(message, *field, i, field->name(), Place(at, i));
        }
      } else {
        CheckValue(message, *field, -1, field->name(), at);
      }
    }
  }

  void CheckMap(const Message& message, const FieldDescriptor& field,
                const Place& place) {
    const std::vector<std::string>& known = KnownKeys(field);
    std::vector<std::pair<std::string, const Message*>> entries;
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      entries.emplace_back(entry.GetReflection()->GetString(
                               entry, entry.GetDescriptor()->map_key()),
                           &entry);
    }
    std::sort(entries.begin(), entries.end());
    for (const auto& [key, entry] : entries) {
      if (!known.empty() &&
          std::find(known.begin(), known.end(), key) == known.end()) {
        Add(place, "unknown-key", absl::StrCat("no key `", key, "`"),
            problems_.size() < kMaxProblems ? UnknownWordHelp(key, known) : "");
        continue;
      }
      CheckValue(*entry, *entry->GetDescriptor()->map_value(), -1, key,
                 Place::OfKey(place, key));
    }
  }

  // `name` is that of the field, or the key in a map.
  void CheckValue(const Message& message, const FieldDescriptor& field,
                  int index, absl::string_view name, const Place& place) {
    const Reflection& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckForm(index < 0
                      ? reflection.GetMessage(message, &field)
                      : reflection.GetRepeatedMessage(message, &field, index),
                  name, place);
        return;
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number =
            index < 0 ? reflection.GetEnumValue(message, &field)
                      : reflection.GetRepeatedEnumValue(message, &field, index);
        if (field.enum_type()->FindValueByNumber(number) == nullptr) {
          Add(place, "unknown-value", absl::StrCat("no value number ", number));
        } else if (index >= 0 && number == 0) {
          Add(place, "unknown-value", "an entry of the list is unspecified");
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_INT32:
        CheckInt(reflection.GetInt32(message, &field), name, place);
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        CheckDouble(reflection.GetDouble(message, &field), name, place);
        return;
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        CheckString(
            index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                      : reflection.GetRepeatedStringReference(message, &field,
                                                              index, &scratch),
            name, place);
        return;
      }
      default:
        return;
    }
  }

  void CheckForm(const Message& message, absl::string_view name,
                 const Place& place) {
    switch (FormOf(*message.GetDescriptor())) {
      case ValueForm::kMoney:
        CheckMoney(static_cast<const v1::Money&>(message), name, place);
        return;
      case ValueForm::kDate:
        CheckDate(static_cast<const v1::Date&>(message), place);
        return;
      case ValueForm::kTimeOfDay: {
        const std::string fault =
            TimeOfDayFault(static_cast<const v1::TimeOfDay&>(message));
        if (!fault.empty()) Add(place, "bad-time", fault);
        return;
      }
      case ValueForm::kSpan: {
        const auto& span = static_cast<const v1::Span&>(message);
        if (span.indefinite() && (span.has_months() || span.has_days())) {
          Add(place, "bad-length", "both a length and without end");
        }
        CheckMessage(message, place);
        return;
      }
      case ValueForm::kText:
        for (const auto& [language, text] :
             static_cast<const v1::Text&>(message).by_language()) {
          if (!IsLanguageCode(language)) {
            Add(place, "unknown-key",
                absl::StrCat("`", language, "` is no language"),
                "use codes such as `nb`, `nn` and `en`");
          }
        }
        return;
      default:
        CheckMessage(message, place);
    }
  }

  void CheckMoney(const v1::Money& money, absl::string_view name,
                  const Place& place) {
    // Without a currency an amount is not stated; a number beside none is a
    // slip.
    if (money.currency_code().empty()) {
      if (money.units() != 0 || money.nanos() != 0) {
        Add(place, "bad-amount", "the amount has no currency");
      }
      return;
    }
    if (money.currency_code().size() != 3 || !AllUpper(money.currency_code())) {
      Add(place, "bad-amount",
          absl::StrCat("`", money.currency_code(), "` is no currency"),
          "use ISO 4217 codes such as `NOK`");
    }
    if (money.units() > kMaxUnits || money.units() < -kMaxUnits) {
      Add(place, "bad-amount",
          absl::StrCat("an amount has at most ", kMaxAmountDigits,
                       " digits before the point"));
    }
    if (std::abs(static_cast<std::int64_t>(money.nanos())) >= kNanosPerUnit ||
        (money.units() > 0 && money.nanos() < 0) ||
        (money.units() < 0 && money.nanos() > 0)) {
      Add(place, "bad-amount",
          "`nanos` is within one unit and has the sign of `units`");
    }
    if ((money.units() < 0 || money.nanos() < 0) && !MayBeNegative(name)) {
      Add(place, "bad-amount",
          absl::StrCat("`", FormatMoney(money), "` is negative"));
    }
    if (money.has_vat() && !v1::VatBasis_IsValid(money.vat())) {
      Add(Place(place, "vat"), "unknown-value",
          absl::StrCat("no value number ", money.vat()));
    }
  }

  void CheckDate(const v1::Date& date, const Place& place) {
    if (IsDay(date)) return;
    if (date.year() < kMinYear || date.year() > kMaxYear) {
      Add(place, "bad-date",
          absl::StrCat("the year ", date.year(), " is not within ", kMinYear,
                       " to ", kMaxYear));
    } else {
      Add(place, "bad-date",
          absl::StrCat("there is no day `", FormatDate(date), "`"));
    }
  }

  void CheckInt(std::int32_t number, absl::string_view name,
                const Place& place) {
    if (name == "utc_offset_minutes") return;
    if (absl::EndsWith(name, "_year")) {
      if (number < kMinYear || number > kMaxYear) {
        Add(place, "out-of-range",
            absl::StrCat("the year ", number, " is not within ", kMinYear,
                         " to ", kMaxYear));
      }
    } else if (number < 0) {
      Add(place, "out-of-range", absl::StrCat(number, " is negative"));
    }
  }

  void CheckDouble(double number, absl::string_view name, const Place& place) {
    if (!std::isfinite(number)) {
      Add(place, "out-of-range", "this is no number");
      return;
    }
    const bool is_share =
        (absl::EndsWith(name, "_percent") ||
         absl::StartsWith(name, "weight")) &&
        // A change of a term may shorten it, or more than double it.
        name != "duration_change_percent";
    if (is_share && (number < 0 || number > 100)) {
      Add(place, "out-of-range",
          absl::StrCat("`", number, "` is not within 0 to 100"));
    } else if ((name == "points" || name == "minimum_score") && number < 0) {
      Add(place, "out-of-range", absl::StrCat("`", number, "` is negative"));
    }
  }

  void CheckString(absl::string_view text, absl::string_view name,
                   const Place& place) {
    if (text.empty()) return;  // Not stated.
    if (absl::StartsWith(name, "cpv_")) {
      if (text.size() != 8 || !AllDigits(text)) {
        const absl::string_view code = text.substr(0, text.find('-'));
        Add(place, "bad-code",
            absl::StrCat("expected a CPV code of eight digits, got `", text,
                         "`"),
            code.size() == 8 && AllDigits(code)
                ? absl::StrCat("leave the check digit out: `", code, "`")
                : "");
      }
    } else if (name == "country" || name == "origin_countries") {
      if (text.size() != 2 || !AllUpper(text)) {
        Add(place, "bad-code",
            absl::StrCat("expected a country code of two capitals such as "
                         "`NO`, got `",
                         text, "`"));
      }
    } else if (name == "lot_ids" && !lot_ids_.contains(text)) {
      // Suggestions cost time, and a hostile plan has a million such ids.
      const bool help =
          problems_.size() < kMaxProblems && lot_ids_.size() <= 100;
      Add(place, "unknown-reference",
          absl::StrCat("there is no lot `", text, "`"),
          help ? UnknownWordHelp(text, {lot_ids_.begin(), lot_ids_.end()})
               : "");
    }
  }

  template <typename Entries>
  void CheckUniqueIds(const Entries& entries, const Place& place) {
    if (entries.size() < 2) return;
    absl::flat_hash_set<std::string> seen;
    for (int i = 0; i < entries.size(); ++i) {
      const std::string& id = entries.Get(i).id();
      if (id.empty() || seen.insert(id).second) continue;
      Add(Place(Place(place, i), "id"), "duplicate-id",
          absl::StrCat("the id `", id, "` appears twice"));
    }
  }

  void CheckUniqueIds() {
    const Place plan;
    const Place lots(plan, "lots");
    CheckUniqueIds(plan_.lots(), lots);
    CheckUniqueIds(plan_.award().criteria(), Place(plan, "award.criteria"));
    for (int i = 0; i < plan_.lots_size(); ++i) {
      CheckUniqueIds(plan_.lots(i).award().criteria(),
                     Place(Place(lots, i), "award.criteria"));
    }
  }

  template <typename Paths>
  void CheckPaths(const Paths& paths, absl::string_view list, PathKind kind) {
    for (int i = 0; i < paths.size(); ++i) {
      if (problems_.size() >= kMaxProblems) return;
      const std::string what = PathFault(plan_, paths.Get(i), kind);
      if (what.empty()) continue;
      problems_.push_back({IndexPath(list, i), "bad-path",
                           absl::StrCat("`", list, "`: ", what), ""});
    }
  }

  const v1::ProcurementPlan& plan_;
  absl::flat_hash_set<std::string> lot_ids_;
  std::vector<PlanProblem> problems_;
};

}  // namespace

std::vector<PlanProblem> CheckPlan(const v1::ProcurementPlan& plan) {
  // Nearly every plan is: the rest is for the words.
  if (ValuesAreFine(plan)) return {};
  return FindPlanProblems(plan);
}

std::vector<PlanProblem> FindPlanProblems(const v1::ProcurementPlan& plan) {
  return Checker(plan).Run();
}

}  // namespace klausul::intake
