#include "service/intake/plan_file/plan_writer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/intake/plan_file/output_value.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/short_forms.h"

namespace klausul::intake {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Turns a plan into the values of a plan file.
class Writer {
 public:
  Writer(const v1::ProcurementPlan& plan, const WriteOptions& options)
      : plan_(plan), options_(options) {
    empty_.insert(plan.stated_empty().begin(), plan.stated_empty().end());
    complete_.insert(plan.complete().begin(), plan.complete().end());
  }

  OutputValue Write() {
    OutputValue value = Group(plan_, "");
    // What has no `[]` or `{}` of its own in the file, because its group is
    // not there, is named.
    AddPaths(value, "stated_empty", plan_.stated_empty());
    AddPaths(value, "still_open", plan_.still_open());
    AddPaths(value, "complete", plan_.complete());
    return value;
  }

 private:
  template <typename Paths>
  void AddPaths(OutputValue& value, absl::string_view name,
                const Paths& paths) {
    std::vector<std::string> left;
    for (const std::string& path : paths) {
      const bool written = name != "still_open" &&
                           written_.contains(absl::StrCat(name, " ", path));
      if (!written) left.push_back(path);
    }
    if (left.empty()) return;
    std::sort(left.begin(), left.end());
    OutputValue list = OutputValue::List();
    for (const std::string& path : left) {
      list.items.push_back(OutputValue::Text(path));
    }
    value.Add(name, std::move(list));
  }

  OutputValue Group(const Message& message, absl::string_view path) {
    OutputValue value = OutputValue::Mapping();
    const google::protobuf::Descriptor& type = *message.GetDescriptor();
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (IsPathList(field)) continue;
      const std::string field_path = FieldPath(path, field.name());
      if (field.is_repeated()) {
        AddRepeated(value, message, field, field_path);
      } else if (IsStated(message, field)) {
        value.Add(field.name(), Single(message, field, -1, field_path));
      } else if (!field.has_presence() && type.field_count() > 0 &&
                 field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
        // A number of a Date or TimeOfDay in its long form.
        if (reflection.HasField(message, &field)) {
          value.Add(field.name(), Single(message, field, -1, field_path));
        }
      }
    }
    return value;
  }

  // Set, and neither unspecified nor empty, which would read as not stated.
  static bool IsStated(const Message& message, const FieldDescriptor& field) {
    const Reflection& reflection = *message.GetReflection();
    if (!reflection.HasField(message, &field)) return false;
    std::string scratch;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.GetEnumValue(message, &field) != 0;
      case FieldDescriptor::CPPTYPE_STRING:
        return !reflection.GetStringReference(message, &field, &scratch)
                    .empty();
      default:
        return true;
    }
  }

  void AddRepeated(OutputValue& value, const Message& message,
                   const FieldDescriptor& field, const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (size == 0) {
      if (IsList(field) && empty_.contains(path)) {
        written_.insert(absl::StrCat("stated_empty ", path));
        value.Add(field.name(), OutputValue::List());
      } else if (field.is_map() && complete_.contains(path)) {
        written_.insert(absl::StrCat("complete ", path));
        value.Add(field.name(), OutputValue::Mapping());
      }
      return;
    }
    if (field.is_map()) {
      value.Add(field.name(), Map(message, field, path));
      return;
    }
    OutputValue list = OutputValue::List();
    for (int i = 0; i < size; ++i) {
      list.items.push_back(Single(message, field, i, IndexPath(path, i)));
    }
    value.Add(field.name(), std::move(list));
  }

  OutputValue Map(const Message& message, const FieldDescriptor& field,
                  absl::string_view path) {
    std::vector<std::pair<std::string, const Message*>> entries;
    const Reflection& reflection = *message.GetReflection();
    const google::protobuf::Descriptor& type = *field.message_type();
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      entries.emplace_back(
          entry.GetReflection()->GetString(entry, type.map_key()), &entry);
    }
    std::sort(entries.begin(), entries.end());
    OutputValue value = OutputValue::Mapping();
    for (const auto& [key, entry] : entries) {
      value.Add(key, Single(*entry, *type.map_value(), -1, KeyPath(path, key)));
    }
    return value;
  }

  OutputValue Single(const Message& message, const FieldDescriptor& field,
                     int index, absl::string_view path) {
    const Reflection& reflection = *message.GetReflection();
    std::string scratch;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Form(index < 0
                        ? reflection.GetMessage(message, &field)
                        : reflection.GetRepeatedMessage(message, &field, index),
                    path);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number =
            index < 0 ? reflection.GetEnumValue(message, &field)
                      : reflection.GetRepeatedEnumValue(message, &field, index);
        const EnumValueDescriptor* known =
            field.enum_type()->FindValueByNumber(number);
        return OutputValue::Word(known == nullptr ? absl::StrCat(number)
                                                  : ShortName(*known));
      }
      case FieldDescriptor::CPPTYPE_BOOL:
        return OutputValue::Literal(
            reflection.GetBool(message, &field) ? "true" : "false");
      case FieldDescriptor::CPPTYPE_INT32:
        return OutputValue::Literal(
            absl::StrCat(reflection.GetInt32(message, &field)));
      case FieldDescriptor::CPPTYPE_INT64:
        return OutputValue::Literal(
            absl::StrCat(reflection.GetInt64(message, &field)));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return OutputValue::Literal(std::string(absl::StripSuffix(
            FormatNumber(reflection.GetDouble(message, &field)), ".0")));
      default:
        return OutputValue::Text(
            index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                      : reflection.GetRepeatedStringReference(message, &field,
                                                              index, &scratch));
    }
  }

  OutputValue Form(const Message& message, absl::string_view path) {
    switch (FormOf(*message.GetDescriptor())) {
      case ValueForm::kMoney:
        return MoneyForm(static_cast<const v1::Money&>(message), path);
      case ValueForm::kDate: {
        const auto& date = static_cast<const v1::Date&>(message);
        if (!IsDay(date)) break;
        return OutputValue::Word(FormatDate(date));
      }
      case ValueForm::kTimeOfDay: {
        const auto& time = static_cast<const v1::TimeOfDay&>(message);
        if (!TimeOfDayFault(time).empty()) break;
        return OutputValue::Word(FormatTimeOfDay(time));
      }
      case ValueForm::kSpan: {
        const absl::optional<std::string> text =
            FormatSpan(static_cast<const v1::Span&>(message));
        if (!text.has_value()) break;
        return OutputValue::Word(*text);
      }
      case ValueForm::kText:
        return TextForm(static_cast<const v1::Text&>(message));
      case ValueForm::kExtraFact:
        return ExtraForm(static_cast<const v1::ExtraFact&>(message), path);
      default:
        break;
    }
    return Group(message, path);
  }

  OutputValue MoneyForm(const v1::Money& money, absl::string_view path) {
    const auto parsed = ParseMoney(FormatMoney(money));
    if (!parsed.ok()) return Group(money, path);
    if (!money.has_vat() || money.vat() == v1::VAT_BASIS_UNSPECIFIED) {
      return OutputValue::Word(FormatMoney(money));
    }
    OutputValue value = OutputValue::Mapping();
    value.Add("amount", OutputValue::Literal(FormatAmount(money)));
    value.Add("currency", OutputValue::Text(money.currency_code()));
    value.Add("vat",
              Single(money, *v1::Money::descriptor()->FindFieldByName("vat"),
                     -1, path));
    return value;
  }

  OutputValue TextForm(const v1::Text& text) {
    const auto& texts = text.by_language();
    if (texts.size() == 1 && texts.begin()->first == options_.text_language) {
      return OutputValue::Text(texts.begin()->second);
    }
    std::vector<std::pair<std::string, std::string>> sorted(texts.begin(),
                                                            texts.end());
    std::sort(sorted.begin(), sorted.end());
    OutputValue value = OutputValue::Mapping();
    for (const auto& [language, words] : sorted) {
      value.Add(language, OutputValue::Text(words));
    }
    return value;
  }

  // Types that a plain value does not show are spelled out.
  OutputValue ExtraForm(const v1::ExtraFact& fact, absl::string_view path) {
    switch (fact.value_case()) {
      case v1::ExtraFact::kBoolValue:
      case v1::ExtraFact::kIntValue:
      case v1::ExtraFact::VALUE_NOT_SET: {
        OutputValue spelled = Group(fact, path);
        return spelled.fields.empty() ? std::move(spelled)
                                      : std::move(spelled.fields[0].second);
      }
      case v1::ExtraFact::kDoubleValue:
        return OutputValue::Literal(FormatNumber(fact.double_value()));
      case v1::ExtraFact::kStringValue: {
        const std::string& text = fact.string_value();
        if (!text.empty() && !ParseDate(text).ok() && !ParseMoney(text).ok() &&
            !ParseSpan(text).ok()) {
          return OutputValue::QuotedText(text);
        }
        OutputValue spelled = OutputValue::Mapping();
        spelled.Add("string_value", OutputValue::QuotedText(text));
        return spelled;
      }
      case v1::ExtraFact::kListValue: {
        OutputValue list = OutputValue::List();
        int index = 0;
        for (const v1::ExtraFact& entry : fact.list_value().values()) {
          list.items.push_back(ExtraForm(entry, IndexPath(path, index++)));
        }
        return list;
      }
      default:
        return Group(fact, path);
    }
  }

  const v1::ProcurementPlan& plan_;
  const WriteOptions& options_;
  absl::flat_hash_set<std::string> empty_;
  absl::flat_hash_set<std::string> complete_;
  // Paths that have their `[]` or `{}`, with the list they are from.
  absl::flat_hash_set<std::string> written_;
};

}  // namespace

std::string WriteYaml(const v1::ProcurementPlan& plan,
                      const WriteOptions& options) {
  return ToYaml(Writer(plan, options).Write());
}

std::string WriteJson(const v1::ProcurementPlan& plan,
                      const WriteOptions& options) {
  return ToJson(Writer(plan, options).Write());
}

}  // namespace klausul::intake
