#include "service/review/plan_check.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/common.pb.h"
#include "service/base/civil_day.h"

namespace klausul::review {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kMaxErrors = 100;
constexpr std::int32_t kNanosPerUnit = 1'000'000'000;

class PlanChecker {
 public:
  void Visit(const Message& message, const std::string& path) {
    if (errors_.size() >= kMaxErrors) return;
    if (message.GetDescriptor() == v1::Date::descriptor()) {
      CheckDate(static_cast<const v1::Date&>(message), path);
      return;
    }
    if (message.GetDescriptor() == v1::Money::descriptor()) {
      CheckMoney(static_cast<const v1::Money&>(message), path);
    }
    const Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string field_path = path.empty()
                                         ? field->name()
                                         : absl::StrCat(path, ".", field->name());
      if (field->is_map()) {
        VisitMap(message, *field, field_path);
      } else if (field->is_repeated()) {
        VisitList(message, *field, field_path);
      } else {
        VisitSingle(message, *field, field_path);
      }
    }
  }

  std::vector<FieldError> Take() && { return std::move(errors_); }

 private:
  void Error(const std::string& path, const std::string& description) {
    if (errors_.size() < kMaxErrors) errors_.push_back({path, description});
  }

  void CheckDate(const v1::Date& date, const std::string& path) {
    const absl::CivilDay day(date.year(), date.month(), date.day());
    if (date.year() < kMinYear || date.year() > kMaxYear ||
        day.year() != date.year() || day.month() != date.month() ||
        day.day() != date.day()) {
      Error(path, absl::StrCat("no day of the calendar between ", kMinYear,
                               " and ", kMaxYear, ": ", date.year(), "-",
                               date.month(), "-", date.day()));
    }
  }

  void CheckMoney(const v1::Money& money, const std::string& path) {
    const std::string& currency = money.currency_code();
    const bool three_letters =
        currency.size() == 3 &&
        std::all_of(currency.begin(), currency.end(),
                    [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!currency.empty() && !three_letters) {
      Error(path + ".currency_code",
            "a currency is three capital letters (ISO 4217), such as NOK");
    }
    if (money.nanos() <= -kNanosPerUnit || money.nanos() >= kNanosPerUnit) {
      Error(path + ".nanos", "must lie between -999999999 and 999999999");
    } else if ((money.units() > 0 && money.nanos() < 0) ||
               (money.units() < 0 && money.nanos() > 0)) {
      Error(path + ".nanos", "must have the sign of `units`");
    }
  }

  void CheckNumber(double value, const FieldDescriptor& field,
                   const std::string& path) {
    const bool percent =
        absl::EndsWith(field.name(), "_percent") || field.name() == "weight" ||
        field.name() == "weight_min" || field.name() == "weight_max";
    // Written so that NaN fails too.
    if (percent && !(value >= 0.0 && value <= 100.0)) {
      Error(path, "a percentage lies between 0 and 100");
    }
  }

  void CheckEnum(const FieldDescriptor& field, int number,
                 const std::string& path) {
    if (field.enum_type()->FindValueByNumber(number) == nullptr) {
      Error(path, absl::StrCat("`", field.enum_type()->name(),
                               "` has no value with the number ", number));
    }
  }

  void VisitSingle(const Message& message, const FieldDescriptor& field,
                   const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Visit(reflection.GetMessage(message, &field), path);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(field, reflection.GetEnumValue(message, &field), path);
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        CheckNumber(reflection.GetDouble(message, &field), field, path);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        if (absl::EndsWith(field.name(), "_count") &&
            reflection.GetInt32(message, &field) < 0) {
          Error(path, "a count is not negative");
        }
        break;
      default:
        break;
    }
  }

  void VisitList(const Message& message, const FieldDescriptor& field,
                 const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (static_cast<std::size_t>(size) > kMaxListEntries) {
      Error(path, absl::StrCat("has ", size, " entries; at most ",
                               kMaxListEntries, " are taken"));
      return;
    }
    for (int i = 0; i < size; ++i) {
      const std::string entry = absl::StrCat(path, "[", i, "]");
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Visit(reflection.GetRepeatedMessage(message, &field, i), entry);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        CheckEnum(field, reflection.GetRepeatedEnumValue(message, &field, i),
                  entry);
      }
    }
  }

  void VisitMap(const Message& message, const FieldDescriptor& field,
                const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (static_cast<std::size_t>(size) > kMaxListEntries) {
      Error(path, absl::StrCat("has ", size, " entries; at most ",
                               kMaxListEntries, " are taken"));
      return;
    }
    const FieldDescriptor* key_field = field.message_type()->map_key();
    const FieldDescriptor* value_field = field.message_type()->map_value();
    const auto& keys = field.options();
    for (int i = 0; i < size; ++i) {
      const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      if (key_field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
      const std::string key =
          entry.GetReflection()->GetString(entry, key_field);
      const std::string entry_path = absl::StrCat(path, ".", key);
      const int registered = keys.ExtensionSize(v1::map_keys);
      bool known = registered == 0;
      for (int k = 0; k < registered && !known; ++k) {
        known = keys.GetExtension(v1::map_keys, k) == key;
      }
      if (!known) {
        Error(entry_path, absl::StrCat("`", key, "` is no key of `",
                                       field.name(), "`"));
      } else if (value_field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Visit(entry.GetReflection()->GetMessage(entry, value_field),
              entry_path);
      }
    }
  }

  std::vector<FieldError> errors_;
};

}  // namespace

std::vector<FieldError> CheckPlan(const v1::ProcurementPlan& plan) {
  PlanChecker checker;
  checker.Visit(plan, "");
  return std::move(checker).Take();
}

}  // namespace klausul::review
