#include "service/report/json_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include <google/protobuf/descriptor.h>

namespace klausul::report {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The bytes that cannot stand as they are. 0xE2 begins the line separators.
constexpr std::array<bool, 256> SpecialBytes() {
  std::array<bool, 256> special{};
  for (std::size_t i = 0; i < ' '; ++i)
    special[i] = true;
  for (const unsigned char c : {'"', '\\', '<', '>', '\x7F'})
    special[c] = true;
  special[0xE2] = true;
  return special;
}

constexpr std::array<bool, 256> kSpecial = SpecialBytes();

bool IsSpecial(char c) {
  return kSpecial[static_cast<unsigned char>(c)];
}

void AppendEscaped(char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      absl::StrAppend(
          &out, "\\u00",
          absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
  }
}

void AppendEnum(const FieldDescriptor& field, int number, std::string& out) {
  const EnumValueDescriptor* value =
      field.enum_type()->FindValueByNumber(number);
  if (value == nullptr) {
    absl::StrAppend(&out, number);
  } else {
    absl::StrAppend(&out, "\"", value->name(), "\"");
  }
}

void AppendDouble(double value, std::string& out) {
  if (std::isfinite(value)) {
    std::array<char, 32> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), written.ptr);
  } else {
    out += std::isnan(value) ? "\"NaN\""
           : value > 0       ? "\"Infinity\""
                             : "\"-Infinity\"";
  }
}

// `index` is that in a repeated field, or -1.
void AppendValue(const Message& message, const Reflection& reflection,
                 const FieldDescriptor& field, int index, std::string& out) {
  const auto get = [&](auto single, auto repeated) {
    return index < 0 ? (reflection.*single)(message, &field)
                     : (reflection.*repeated)(message, &field, index);
  };
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      AppendJsonText(
          index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                    : reflection.GetRepeatedStringReference(message, &field,
                                                            index, &scratch),
          out);
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      AppendJson(index < 0
                     ? reflection.GetMessage(message, &field)
                     : reflection.GetRepeatedMessage(message, &field, index),
                 out);
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      AppendEnum(
          field,
          get(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue),
          out);
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      out += get(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true"
                                                                     : "false";
      return;
    case FieldDescriptor::CPPTYPE_INT32:
      absl::StrAppend(
          &out, get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
      return;
    case FieldDescriptor::CPPTYPE_UINT32:
      absl::StrAppend(
          &out, get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
      return;
    // Numbers that JavaScript would round are texts.
    case FieldDescriptor::CPPTYPE_INT64:
      absl::StrAppend(&out, "\"",
                      get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64),
                      "\"");
      return;
    case FieldDescriptor::CPPTYPE_UINT64:
      absl::StrAppend(
          &out, "\"",
          get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64), "\"");
      return;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      AppendDouble(get(&Reflection::GetDouble, &Reflection::GetRepeatedDouble),
                   out);
      return;
    case FieldDescriptor::CPPTYPE_FLOAT:
      AppendDouble(get(&Reflection::GetFloat, &Reflection::GetRepeatedFloat),
                   out);
      return;
  }
}

// A map's keys are texts in every message of ours; sorted, so that equal
// messages give equal bytes.
void AppendMap(const Message& message, const Reflection& reflection,
               const FieldDescriptor& field, std::string& out) {
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  std::vector<std::pair<std::string, const Message*>> entries;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    entries.emplace_back(entry.GetReflection()->GetString(entry, &key), &entry);
  }
  std::sort(entries.begin(), entries.end());
  out += '{';
  for (const auto& [name, entry] : entries) {
    if (out.back() != '{') out += ',';
    AppendJsonText(name, out);
    out += ':';
    AppendValue(*entry, *entry->GetReflection(), value, -1, out);
  }
  out += '}';
}

}  // namespace

void AppendJsonText(absl::string_view text, std::string& out) {
  out += '"';
  const char* const end = text.data() + text.size();
  const char* plain = text.data();
  for (const char* at = plain; at != end; ++at) {
    if (!IsSpecial(*at)) continue;
    const absl::string_view rest(at, static_cast<std::size_t>(end - at));
    if (*at == '\xE2' && rest.substr(0, 3) != "\u2028" &&
        rest.substr(0, 3) != "\u2029") {
      continue;
    }
    out.append(plain, at);
    if (*at == '\xE2') {
      out += rest.substr(0, 3) == "\u2028" ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      AppendEscaped(*at, out);
    }
    plain = at + 1;
  }
  out.append(plain, end);
  out += '"';
}

void AppendJson(const Message& message, std::string& out) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  out += '{';
  bool first = true;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool is_set = field.is_repeated()
                            ? reflection.FieldSize(message, &field) > 0
                            : reflection.HasField(message, &field);
    if (!is_set) continue;
    if (!first) out += ',';
    first = false;
    absl::StrAppend(&out, "\"", field.json_name(), "\":");
    if (field.is_map()) {
      AppendMap(message, reflection, field, out);
    } else if (field.is_repeated()) {
      out += '[';
      const int size = reflection.FieldSize(message, &field);
      for (int j = 0; j < size; ++j) {
        if (j > 0) out += ',';
        AppendValue(message, reflection, field, j, out);
      }
      out += ']';
    } else {
      AppendValue(message, reflection, field, -1, out);
    }
  }
  out += '}';
}

}  // namespace klausul::report
