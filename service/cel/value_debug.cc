// Values as text, for people.

#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/text_format.h"

#include "service/cel/eval_context.h"
#include "service/cel/number_text.h"
#include "service/cel/time_text.h"
#include "service/cel/value.h"

namespace klausul::cel {
namespace {

std::string DoubleText(double value) {
  std::string text = FormatDouble(value);
  // So that it reads back as a double, not as an int.
  if (text.find_first_not_of("-0123456789") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string ListText(const ListValue& list, EvalContext& context) {
  std::string text = "[";
  for (std::size_t i = 0; i < list.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ",
                    DebugString(list.Get(i, context), context));
  }
  return text + "]";
}

std::string MapText(const MapValue& map, EvalContext& context) {
  std::string text = "{";
  for (std::size_t i = 0; i < map.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ",
                    DebugString(map.KeyAt(i, context), context), ": ",
                    DebugString(map.ValueAt(i, context), context));
  }
  return text + "}";
}

// `Any`s stay packed: their types may be known to nobody but the context.
std::string MessageText(const google::protobuf::Message& message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string fields;
  printer.PrintToString(message, &fields);
  return absl::StrCat(message.GetDescriptor()->full_name(), "{",
                      absl::StripTrailingAsciiWhitespace(fields), "}");
}

std::string UnknownText(const UnknownSet& unknown) {
  std::string text =
      absl::StrCat("unknown(", absl::StrJoin(unknown.Paths(), ", "));
  for (const std::string& reason : unknown.Reasons()) {
    absl::StrAppend(&text, text.back() == '(' ? "" : "; ", reason);
  }
  return text + ")";
}

}  // namespace

std::string DebugString(const Value& value, EvalContext& context) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBool:
      return value.bool_value() ? "true" : "false";
    case ValueKind::kInt:
      return absl::StrCat(value.int_value());
    case ValueKind::kUint:
      return absl::StrCat(value.uint_value(), "u");
    case ValueKind::kDouble:
      return DoubleText(value.double_value());
    case ValueKind::kString:
      return absl::StrCat("\"", absl::Utf8SafeCEscape(value.text()), "\"");
    case ValueKind::kBytes:
      return absl::StrCat("b\"", absl::CEscape(value.text()), "\"");
    case ValueKind::kTimestamp:
      return absl::StrCat("timestamp(\"", FormatTimestamp(value.time()), "\")");
    case ValueKind::kDuration:
      return absl::StrCat("duration(\"", FormatDuration(value.time()), "\")");
    case ValueKind::kType:
      return std::string(value.text());
    case ValueKind::kList:
      return ListText(value.list(), context);
    case ValueKind::kMap:
      return MapText(value.map(), context);
    case ValueKind::kMessage:
      return MessageText(*value.message().message);
    case ValueKind::kOptional:
      return value.optional() == nullptr
                 ? "optional.none()"
                 : absl::StrCat("optional.of(",
                                DebugString(*value.optional(), context), ")");
    case ValueKind::kOpaque:
      return value.opaque().DebugString();
    case ValueKind::kError:
      return absl::StrCat("error(", ErrorCodeName(value.error().code), ": ",
                          value.error().message, ")");
    case ValueKind::kUnknown:
      return UnknownText(value.unknown());
  }
  return {};
}

}  // namespace klausul::cel
