#include "service/intake/plan_file/plan_scan.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

#include "service/base/civil_day.h"
#include "service/intake/plan_file/path_check.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/short_forms.h"
#include "service/intake/plan_file/value_reader.h"

namespace klausul::intake {
namespace {

using google::protobuf::FieldDescriptor;

// The lots that other parts of a plan may name.
class LotIds {
 public:
  explicit LotIds(const v1::ProcurementPlan& plan) : plan_(plan) {}

  // Looks through a few lots; of many it does not know them.
  bool Has(const std::string& id) const {
    constexpr int kMaxLots = 32;
    return id.empty() || plan_.division().undivided_lot_id() == id ||
           (plan_.lots_size() <= kMaxLots &&
            std::any_of(plan_.lots().begin(), plan_.lots().end(),
                        [&](const v1::Lot& lot) { return lot.id() == id; }));
  }

 private:
  const v1::ProcurementPlan& plan_;
};

bool IsYear(std::int32_t year) {
  return year >= kMinYear && year <= kMaxYear;
}

bool IsCount(std::int32_t count) {
  return count >= 0;
}

bool IsShare(double share) {
  return share >= 0 && share <= 100;
}

bool IsScore(double score) {
  return std::isfinite(score) && score >= 0;
}

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool AllUpper(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isupper(static_cast<unsigned char>(c));
  });
}

// An empty text is not stated.
bool IsCpvCode(absl::string_view text) {
  return text.empty() || (text.size() == 8 && AllDigits(text));
}

bool IsCountryCode(absl::string_view text) {
  return text.empty() || (text.size() == 2 && AllUpper(text));
}

bool IsFine(const v1::Money& money, const LotIds& /*lots*/) {
  constexpr std::int64_t kMaxUnits = 999'999'999'999'999;
  constexpr std::int32_t kNanosPerUnit = 1'000'000'000;
  if (money.currency_code().empty()) {
    return money.units() == 0 && money.nanos() == 0;
  }
  return money.currency_code().size() == 3 && AllUpper(money.currency_code()) &&
         money.units() >= 0 && money.units() <= kMaxUnits &&
         money.nanos() >= 0 && money.nanos() < kNanosPerUnit &&
         v1::VatBasis_IsValid(money.vat());
}

bool IsFine(const v1::Date& date, const LotIds& /*lots*/) {
  return IsDay(date);
}

bool IsFine(const v1::TimeOfDay& time, const LotIds& /*lots*/) {
  return TimeOfDayFault(time).empty();
}

bool IsFine(const v1::Span& span, const LotIds& /*lots*/) {
  return span.months() >= 0 && span.days() >= 0 &&
         !(span.indefinite() && (span.has_months() || span.has_days()));
}

bool IsFine(const v1::Text& text, const LotIds& /*lots*/) {
  return std::all_of(
      text.by_language().begin(), text.by_language().end(),
      [](const auto& entry) { return IsLanguageCode(entry.first); });
}

template <typename Map>
bool MapIsFine(const Map& map, const FieldDescriptor& field,
               const LotIds& lots);

// For each message of the plan: whether all is well with its fields.
#include "plan_scan.inc"

template <typename Map>
bool MapIsFine(const Map& map, const FieldDescriptor& field,
               const LotIds& lots) {
  const std::vector<std::string>& known = KnownKeys(field);
  for (const auto& [key, value] : map) {
    if (!known.empty() &&
        std::find(known.begin(), known.end(), key) == known.end()) {
      return false;
    }
    if (!IsFine(value, lots)) return false;
  }
  return true;
}

using KeysByMap =
    absl::flat_hash_map<const FieldDescriptor*, std::vector<std::string>>;

void AddMapKeys(const google::protobuf::Descriptor& message,
                absl::flat_hash_set<const google::protobuf::Descriptor*>& seen,
                KeysByMap& keys) {
  if (!seen.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.is_map()) keys[&field] = MapKeys(field);
    if (field.message_type() != nullptr) {
      AddMapKeys(*field.message_type(), seen, keys);
    }
  }
}

template <typename Entries>
bool IdsAreUnique(const Entries& entries) {
  // Quicker than a set for the few that there are.
  constexpr int kMaxEntries = 32;
  if (entries.size() > kMaxEntries) return false;
  for (int i = 1; i < entries.size(); ++i) {
    const std::string& id = entries.Get(i).id();
    if (id.empty()) continue;
    for (int j = 0; j < i; ++j) {
      if (entries.Get(j).id() == id) return false;
    }
  }
  return true;
}

template <typename Paths>
bool PathsAreFine(const v1::ProcurementPlan& plan, const Paths& paths,
                  PathKind kind) {
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return PathFault(plan, path, kind).empty();
  });
}

}  // namespace

const std::vector<std::string>& KnownKeys(const FieldDescriptor& map) {
  static const KeysByMap& keys = *[] {
    auto* made = new KeysByMap();
    absl::flat_hash_set<const google::protobuf::Descriptor*> seen;
    AddMapKeys(*v1::ProcurementPlan::descriptor(), seen, *made);
    return made;
  }();
  return keys.at(&map);
}

bool ValuesAreFine(const v1::ProcurementPlan& plan) {
  return PathsAreFine(plan, plan.stated_empty(), PathKind::kEmptyList) &&
         PathsAreFine(plan, plan.still_open(), PathKind::kList) &&
         PathsAreFine(plan, plan.complete(), PathKind::kMap) &&
         IdsAreUnique(plan.lots()) && IdsAreUnique(plan.award().criteria()) &&
         std::all_of(plan.lots().begin(), plan.lots().end(),
                     [](const v1::Lot& lot) {
                       return IdsAreUnique(lot.award().criteria());
                     }) &&
         IsFine(plan, LotIds(plan));
}

}  // namespace klausul::intake
