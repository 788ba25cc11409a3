#include "service/cel/extensions/string_format.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "service/base/source.h"
#include "service/cel/extensions/format_clauses.h"
#include "service/cel/extensions/format_numbers.h"
#include "service/cel/extensions/text_output.h"
#include "service/cel/function_table.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

// What a clause takes, for its error.
absl::string_view Takes(char conversion) {
  switch (conversion) {
    case 'd':
    case 'f':
    case 'e':
      return "numbers";
    case 'b':
      return "int, uint and bool";
    case 'o':
      return "int and uint";
    case 'x':
    case 'X':
      return "int, uint, string and bytes";
    default:
      return "bool, numbers, string, bytes, times, null, types, lists and maps";
  }
}

// What `%s` writes for values without parts, and `%d` for numbers.
std::string ScalarText(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBool:
      return value.bool_value() ? "true" : "false";
    case ValueKind::kInt:
      return absl::StrCat(value.int_value());
    case ValueKind::kUint:
      return absl::StrCat(value.uint_value());
    case ValueKind::kDouble:
      return FormatPlain(value.double_value());
    case ValueKind::kTimestamp:
      return FormatTimestamp(value.time());
    case ValueKind::kDuration:
      return FormatDuration(value.time());
    default:
      return std::string(value.text());
  }
}

template <typename Number>
std::string NumberText(const FormatPiece& clause, Number value) {
  return clause.conversion == 'f' ? FormatFixed(value, clause.precision)
                                  : FormatScientific(value, clause.precision);
}

// Formats values one after the other. Once it has failed it does nothing more.
class Formatter {
 public:
  explicit Formatter(EvalContext& context) : context_(context), out_(context) {}

  Value Format(absl::string_view format, const ListValue& args);

 private:
  // Each false where the value cannot be written, or a bound was passed.
  bool AppendArgument(const FormatPiece& clause, const Value& value);
  bool AppendString(const Value& value);
  bool AppendBytes(absl::string_view bytes);
  bool AppendList(const ListValue& list);
  bool AppendMap(const MapValue& map);
  bool AppendHex(const FormatPiece& clause, const Value& value);
  bool AppendInBase(const FormatPiece& clause, const Value& value, int base);
  bool Refuse(char conversion, const Value& value);

  bool Fail(const Value& error) {
    error_ = error;
    return false;
  }

  EvalContext& context_;
  TextOutput out_;
  // Null as long as all is well.
  Value error_;
};

Value Formatter::Format(absl::string_view format, const ListValue& args) {
  FormatReader reader(format);
  FormatPiece piece;
  std::size_t next = 0;
  while (reader.Next(piece)) {
    if (piece.conversion == 0) {
      if (!out_.Append(piece.text)) return out_.Finish();
      continue;
    }
    if (!context_.Charge(1)) return context_.LimitError();
    if (next >= args.size()) {
      return context_.Error(
          ErrorCode::kIndexOutOfRange,
          absl::StrCat("the format has more clauses than the ", args.size(),
                       " argument(s)"));
    }
    if (!AppendArgument(piece, args.Get(next++, context_))) {
      return error_.is_error() ? error_ : out_.Finish();
    }
  }
  if (!reader.error().empty()) {
    return context_.Error(ErrorCode::kInvalidArgument, reader.error());
  }
  return out_.Finish();
}

bool Formatter::AppendArgument(const FormatPiece& clause, const Value& value) {
  if (value.is_error()) return Fail(value);
  switch (clause.conversion) {
    case 's':
      return AppendString(value);
    case 'd':
      if (!value.is_number()) return Refuse(clause.conversion, value);
      return out_.Append(ScalarText(value));
    case 'f':
    case 'e':
      if (value.is_int()) {
        return out_.Append(NumberText(clause, value.int_value()));
      }
      if (value.is_uint()) {
        return out_.Append(NumberText(clause, value.uint_value()));
      }
      if (value.is_double()) {
        return out_.Append(NumberText(clause, value.double_value()));
      }
      return Refuse(clause.conversion, value);
    case 'b':
      if (value.is_bool()) return out_.Append(value.bool_value() ? "1" : "0");
      return AppendInBase(clause, value, 2);
    case 'o':
      return AppendInBase(clause, value, 8);
    default:
      return AppendHex(clause, value);
  }
}

bool Formatter::AppendString(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kString:
    case ValueKind::kType:
      return out_.Append(value.text());
    case ValueKind::kBytes:
      return AppendBytes(value.text());
    case ValueKind::kList:
    case ValueKind::kMap: {
      if (!context_.Enter()) return Fail(context_.LimitError());
      const bool appended =
          value.is_list() ? AppendList(value.list()) : AppendMap(value.map());
      context_.Leave();
      return appended;
    }
    case ValueKind::kError:
      return Fail(value);
    case ValueKind::kMessage:
    case ValueKind::kOptional:
    case ValueKind::kOpaque:
    case ValueKind::kUnknown:
      return Refuse('s', value);
    default:
      return out_.Append(ScalarText(value));
  }
}

// Bytes that are no text become one U+FFFD as far as they go.
bool Formatter::AppendBytes(absl::string_view bytes) {
  constexpr std::size_t kLongestCodePoint = 4;
  if (!context_.ChargeBytes(bytes.size())) return false;
  while (!bytes.empty()) {
    const std::size_t valid = std::min(FindInvalidUtf8(bytes), bytes.size());
    if (!out_.Append(bytes.substr(0, valid))) return false;
    bytes.remove_prefix(valid);
    if (!bytes.empty() && !out_.Append("\uFFFD")) return false;
    while (!bytes.empty() &&
           FindInvalidUtf8(bytes.substr(0, kLongestCodePoint)) == 0) {
      bytes.remove_prefix(1);
    }
  }
  return true;
}

bool Formatter::AppendList(const ListValue& list) {
  out_.Append("[");
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context_.Charge(1)) return false;
    if (i > 0) out_.Append(", ");
    if (!AppendString(list.Get(i, context_))) return false;
  }
  return out_.Append("]");
}

bool Formatter::AppendMap(const MapValue& map) {
  // The printed key, and the place of the entry in the map.
  std::vector<std::pair<std::string, std::size_t>> entries;
  entries.reserve(map.size());
  for (std::size_t i = 0; i < map.size(); ++i) {
    const Value key = map.KeyAt(i, context_);
    if (key.is_error()) return Fail(key);
    entries.emplace_back(ScalarText(key), i);
    if (!context_.Charge(2) ||
        !context_.ChargeBytes(entries.back().first.size())) {
      return false;
    }
  }
  std::sort(entries.begin(), entries.end());
  out_.Append("{");
  for (const auto& [key, index] : entries) {
    if (&key != &entries.front().first) out_.Append(", ");
    out_.Append(key);
    if (!out_.Append(": ")) return false;
    if (!AppendString(map.ValueAt(index, context_))) return false;
  }
  return out_.Append("}");
}

bool Formatter::AppendHex(const FormatPiece& clause, const Value& value) {
  if (!value.is_string() && !value.is_bytes()) {
    return AppendInBase(clause, value, 16);
  }
  // In parts, so that the bound on the whole comes before its memory.
  constexpr std::size_t kPart = 4096;
  for (std::size_t i = 0; i < value.text().size(); i += kPart) {
    std::string digits = absl::BytesToHexString(value.text().substr(i, kPart));
    if (clause.conversion == 'X') absl::AsciiStrToUpper(&digits);
    if (!out_.Append(digits)) return false;
  }
  return true;
}

bool Formatter::AppendInBase(const FormatPiece& clause, const Value& value,
                             int base) {
  if (!value.is_int() && !value.is_uint()) {
    return Refuse(clause.conversion, value);
  }
  std::string digits = value.is_int() ? FormatInBase(value.int_value(), base)
                                      : FormatInBase(value.uint_value(), base);
  if (clause.conversion == 'X') absl::AsciiStrToUpper(&digits);
  return out_.Append(digits);
}

bool Formatter::Refuse(char conversion, const Value& value) {
  return Fail(context_.Error(
      ErrorCode::kNoMatchingOverload,
      absl::StrCat("`%", absl::string_view(&conversion, 1), "` takes ",
                   Takes(conversion), ", not ", value.TypeName())));
}

Value FormatString(Args args, EvalContext& context) {
  const absl::string_view format = args[0].text();
  if (!context.ChargeBytes(format.size())) return context.LimitError();
  return Formatter(context).Format(format, args[1].list());
}

// The clauses of a format that is a literal.
absl::Status CheckFormat(absl::Span<const Constant* const> args) {
  if (args[0] == nullptr) return absl::OkStatus();
  FormatReader reader(args[0]->text);
  FormatPiece piece;
  while (reader.Next(piece)) {
  }
  if (reader.error().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(reader.error());
}

}  // namespace

void AddStringFormat(EnvironmentBuilder& builder) {
  Overload overload;
  overload.id = "string_format";
  overload.receiver_style = true;
  overload.args = {Type::String(), Type::List(Type::Dyn())};
  overload.result = Type::String();
  overload.impl = FormatString;
  // To the language definition a wrong format is an error of evaluation, which
  // `||` may absorb.
  if (builder.mode() == Mode::kRules) overload.check_constants = CheckFormat;
  builder.AddFunction({"format", {std::move(overload)}});
}

}  // namespace klausul::cel
