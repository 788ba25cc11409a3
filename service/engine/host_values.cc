#include "service/engine/host_values.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"

namespace klausul::engine {
namespace {

using cel::EvalContext;
using cel::Type;
using cel::TypeKind;
using cel::Value;

template <typename T>
const T& As(const Value& value) {
  return static_cast<const T&>(*value.message().message);
}

template <typename T>
Value Make(const T& message, EvalContext& context) {
  auto* copy = google::protobuf::Arena::CreateMessage<T>(
      &context.arena().protobuf_arena());
  *copy = message;
  return Value::Message(*copy, nullptr, context);
}

// Longer lists are summed up.
constexpr std::size_t kMaxListedItems = 5;

bool IsPlain(const TextValue& value) {
  return value.kind != TextValue::Kind::kUnknown &&
         value.kind != TextValue::Kind::kList;
}

TextValue ListText(const cel::ListValue& list, const Type& type,
                   EvalContext& context) {
  const Type element = type.Is(TypeKind::kList) ? type.element() : Type::Dyn();
  std::vector<TextValue> items;
  bool plain = list.size() <= kMaxListedItems &&
               !(element.message() != nullptr && element != MoneyType() &&
                 element != DateType() && element != SpanType());
  for (std::size_t i = 0; plain && i < list.size(); ++i) {
    items.push_back(ToTextValue(list.Get(i, context), element, context));
    plain = IsPlain(items.back());
  }
  if (plain) return TextValue::List(std::move(items));
  return TextValue::String(
      absl::StrCat(list.size(), list.size() == 1 ? " entry" : " entries"));
}

TextValue MessageText(const Value& value) {
  const google::protobuf::Message& message = *value.message().message;
  const google::protobuf::Descriptor* type = message.GetDescriptor();
  if (type == v1::Money::descriptor()) return TextValue::Money(AsMoney(value));
  if (type == v1::Date::descriptor()) return TextValue::Date(AsDate(value));
  if (type == v1::Span::descriptor()) return TextValue::Span(AsSpan(value));
  if (type == v1::Text::descriptor()) {
    return TextValue::String(PickText(AsText(value), Language::kBokmal));
  }
  return TextValue::String("stated");
}

}  // namespace

Type MoneyType() {
  return Type::Message(v1::Money::descriptor());
}

Type DateType() {
  return Type::Message(v1::Date::descriptor());
}

Type SpanType() {
  return Type::Message(v1::Span::descriptor());
}

Type TextType() {
  return Type::Message(v1::Text::descriptor());
}

const v1::Money& AsMoney(const Value& value) {
  return As<v1::Money>(value);
}

const v1::Date& AsDate(const Value& value) {
  return As<v1::Date>(value);
}

const v1::Span& AsSpan(const Value& value) {
  return As<v1::Span>(value);
}

const v1::Text& AsText(const Value& value) {
  return As<v1::Text>(value);
}

Value MakeMoney(const v1::Money& money, EvalContext& context) {
  return Make(money, context);
}

Value MakeDate(const v1::Date& date, EvalContext& context) {
  return Make(date, context);
}

Value MakeSpan(const v1::Span& span, EvalContext& context) {
  return Make(span, context);
}

Value UnknownFor(const Reason& reason, EvalContext& context) {
  return Value::UnknownBecause(reason.Encode(), context.arena());
}

TextValue ToTextValue(const Value& value, const Type& type,
                      EvalContext& context) {
  switch (value.kind()) {
    case cel::ValueKind::kBool:
      return TextValue::Bool(value.bool_value());
    case cel::ValueKind::kInt: {
      const cel::EnumType* enum_type = type.enum_type();
      const cel::EnumType::Value* named =
          enum_type == nullptr
              ? nullptr
              : enum_type->FindNumber(
                    static_cast<std::int32_t>(value.int_value()));
      return named == nullptr ? TextValue::Int(value.int_value())
                              : TextValue::String(named->name);
    }
    case cel::ValueKind::kUint:
      return TextValue::String(absl::StrCat(value.uint_value()));
    case cel::ValueKind::kDouble:
      return TextValue::Double(value.double_value());
    case cel::ValueKind::kString:
      return TextValue::String(value.text());
    case cel::ValueKind::kList:
      return ListText(value.list(), type, context);
    case cel::ValueKind::kMap:
      return TextValue::String(absl::StrCat(
          value.map().size(), value.map().size() == 1 ? " entry" : " entries"));
    case cel::ValueKind::kMessage:
      return MessageText(value);
    case cel::ValueKind::kUnknown:
    case cel::ValueKind::kError:
      return TextValue::Unknown();
    default:
      return TextValue::String(cel::DebugString(value, context));
  }
}

}  // namespace klausul::engine
