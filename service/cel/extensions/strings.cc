#include "service/cel/extensions/strings.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/base/source.h"
#include "service/cel/extensions/code_points.h"
#include "service/cel/extensions/string_format.h"
#include "service/cel/extensions/text_output.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

constexpr std::size_t kNotFound = absl::string_view::npos;

Value OutOfRange(std::int64_t index, EvalContext& context) {
  return context.Error(ErrorCode::kIndexOutOfRange,
                       absl::StrCat("index out of range: ", index));
}

// --- Searching ---------------------------------------------------------------

// Linear in both, which string_view::find() is not.
std::size_t Find(absl::string_view text, absl::string_view part) {
  if (part.empty()) return 0;
  if (text.empty()) return kNotFound;
  const void* found =
      memmem(text.data(), text.size(), part.data(), part.size());
  if (found == nullptr) return kNotFound;
  return static_cast<std::size_t>(static_cast<const char*>(found) -
                                  text.data());
}

std::size_t FindLast(absl::string_view text, absl::string_view part) {
  // A long part is searched for backwards, to be linear again.
  constexpr std::size_t kShort = 64;
  if (part.size() > text.size()) return kNotFound;
  if (part.size() <= kShort) return text.rfind(part);
  const std::string backward_text(text.rbegin(), text.rend());
  const std::string backward_part(part.rbegin(), part.rend());
  const std::size_t found = Find(backward_text, backward_part);
  return found == kNotFound ? kNotFound : text.size() - found - part.size();
}

// A place in bytes as authors count it, -1 for none.
Value Position(absl::string_view text, std::size_t offset) {
  if (offset == kNotFound) return Value::Int(-1);
  return Value::Int(
      static_cast<std::int64_t>(CodePointCount(text.substr(0, offset))));
}

Value IndexOf(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  const absl::string_view part = args[1].text();
  if (!context.ChargeBytes(text.size() + part.size())) {
    return context.LimitError();
  }
  const std::int64_t index = args.size() > 2 ? args[2].int_value() : 0;
  const absl::optional<std::size_t> from = ByteOffset(text, index);
  if (!from.has_value()) return OutOfRange(index, context);
  const std::size_t found = Find(text.substr(*from), part);
  return Position(text, found == kNotFound ? kNotFound : *from + found);
}

Value LastIndexOf(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  const absl::string_view part = args[1].text();
  if (!context.ChargeBytes(text.size() + part.size())) {
    return context.LimitError();
  }
  std::size_t last = text.size();
  if (args.size() > 2) {
    const absl::optional<std::size_t> offset =
        ByteOffset(text, args[2].int_value());
    if (!offset.has_value()) return OutOfRange(args[2].int_value(), context);
    last = *offset;
  }
  // A part that begins at `last` at the latest ends here at the latest.
  return Position(text, FindLast(text.substr(0, last + part.size()), part));
}

// --- Parts -------------------------------------------------------------------

Value CharAt(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  const std::int64_t index = args[1].int_value();
  if (!context.ChargeBytes(text.size())) return context.LimitError();
  const absl::optional<std::size_t> offset = ByteOffset(text, index);
  if (!offset.has_value()) return OutOfRange(index, context);
  if (*offset == text.size()) return Value::String("");
  return Value::String(
      text.substr(*offset, CodePointBytes(text.substr(*offset))));
}

Value Substring(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  if (!context.ChargeBytes(text.size())) return context.LimitError();
  const std::int64_t begin = args[1].int_value();
  const absl::optional<std::size_t> from = ByteOffset(text, begin);
  if (!from.has_value()) return OutOfRange(begin, context);
  if (args.size() < 3) return Value::String(text.substr(*from));
  const std::int64_t end = args[2].int_value();
  const absl::optional<std::size_t> to = ByteOffset(text, end);
  if (!to.has_value()) return OutOfRange(end, context);
  if (*to < *from) {
    return context.Error(ErrorCode::kIndexOutOfRange,
                         absl::StrCat("a range that ends at ", end,
                                      " before it begins at ", begin));
  }
  return Value::String(text.substr(*from, *to - *from));
}

// The property White_Space of Unicode, which zero-width characters lack.
bool IsSpace(char32_t code) {
  return (code >= 0x09 && code <= 0x0D) || code == 0x20 || code == 0x85 ||
         code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
         code == 0x3000;
}

Value Trim(Args args, EvalContext& context) {
  absl::string_view text = args[0].text();
  if (!context.ChargeBytes(text.size())) return context.LimitError();
  while (!text.empty() && IsSpace(FirstCodePoint(text)))
    text.remove_prefix(CodePointBytes(text));
  while (!text.empty()) {
    const absl::string_view last = LastCodePoint(text);
    if (!IsSpace(FirstCodePoint(last))) break;
    text.remove_suffix(last.size());
  }
  return Value::String(text);
}

// Where the first of several pieces ends; kNotFound where there is but one.
std::size_t PieceEnd(absl::string_view text, absl::string_view separator) {
  if (!separator.empty()) return Find(text, separator);
  const std::size_t size = CodePointBytes(text);
  return size == text.size() ? kNotFound : size;
}

Value Split(Args args, EvalContext& context) {
  absl::string_view text = args[0].text();
  const absl::string_view separator = args[1].text();
  const std::int64_t limit = args.size() > 2 ? args[2].int_value() : -1;
  if (!context.ChargeBytes(text.size() + separator.size())) {
    return context.LimitError();
  }
  std::vector<Value> pieces;
  // Without a separator each code point is a piece, so an empty text has none.
  bool more = limit != 0 && !(text.empty() && separator.empty());
  while (more) {
    if (!context.Charge(1)) return context.LimitError();
    const bool is_last = static_cast<std::int64_t>(pieces.size()) + 1 == limit;
    const std::size_t end = is_last ? kNotFound : PieceEnd(text, separator);
    pieces.push_back(Value::String(text.substr(0, end)));
    more = end != kNotFound;
    if (more) text.remove_prefix(end + separator.size());
  }
  return Value::List(pieces, context.arena());
}

// --- New texts ---------------------------------------------------------------

Value LowerAscii(Args args, EvalContext& context) {
  if (!context.ChargeBytes(args[0].text().size())) return context.LimitError();
  return Value::String(absl::AsciiStrToLower(args[0].text()), context.arena());
}

Value UpperAscii(Args args, EvalContext& context) {
  if (!context.ChargeBytes(args[0].text().size())) return context.LimitError();
  return Value::String(absl::AsciiStrToUpper(args[0].text()), context.arena());
}

Value Reverse(Args args, EvalContext& context) {
  absl::string_view text = args[0].text();
  if (!context.ChargeBytes(text.size())) return context.LimitError();
  std::string reversed;
  reversed.reserve(text.size());
  while (!text.empty()) {
    const absl::string_view last = LastCodePoint(text);
    reversed.append(last.data(), last.size());
    text.remove_suffix(last.size());
  }
  return Value::String(reversed, context.arena());
}

// Puts `to` before every code point and at the end, `count` times at most.
Value Interleave(absl::string_view text, absl::string_view to,
                 std::int64_t count, EvalContext& context) {
  TextOutput out(context);
  for (; count != 0; count -= count > 0 ? 1 : 0) {
    if (!context.Charge(1) || !out.Append(to) || text.empty()) break;
    const std::size_t size = CodePointBytes(text);
    if (!out.Append(text.substr(0, size))) break;
    text.remove_prefix(size);
  }
  out.Append(text);
  return out.Finish();
}

Value Replace(Args args, EvalContext& context) {
  absl::string_view text = args[0].text();
  const absl::string_view from = args[1].text();
  const absl::string_view to = args[2].text();
  std::int64_t count = args.size() > 3 ? args[3].int_value() : -1;
  if (!context.ChargeBytes(text.size() + from.size())) {
    return context.LimitError();
  }
  if (from.empty()) return Interleave(text, to, count, context);
  TextOutput out(context);
  for (; count != 0; count -= count > 0 ? 1 : 0) {
    const std::size_t found = Find(text, from);
    if (found == kNotFound) break;
    if (!context.Charge(1) || !out.Append(text.substr(0, found)) ||
        !out.Append(to)) {
      break;
    }
    text.remove_prefix(found + from.size());
  }
  out.Append(text);
  return out.Finish();
}

Value Join(Args args, EvalContext& context) {
  const ListValue& list = args[0].list();
  const absl::string_view separator =
      args.size() > 1 ? args[1].text() : absl::string_view();
  TextOutput out(context);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) break;
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    if (!element.is_string()) {
      return context.Error(ErrorCode::kNoMatchingOverload,
                           absl::StrCat("an element to join is no string but ",
                                        element.TypeName()));
    }
    if (i > 0 && !out.Append(separator)) break;
    if (!out.Append(element.text())) break;
  }
  return out.Finish();
}

// How a character is written between quotes; itself where nothing else helps.
absl::string_view Escaped(const char& character) {
  switch (character) {
    case '\a':
      return "\\a";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\v':
      return "\\v";
    case '\\':
      return "\\\\";
    case '"':
      return "\\\"";
    default:
      return absl::string_view(&character, 1);
  }
}

Value Quote(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  if (!context.ChargeBytes(text.size())) return context.LimitError();
  TextOutput out(context);
  out.Append("\"");
  for (const char& character : text) {
    if (!out.Append(Escaped(character))) break;
  }
  out.Append("\"");
  return out.Finish();
}

}  // namespace

void AddStrings(EnvironmentBuilder& builder) {
  const Type s = Type::String();
  const Type i = Type::Int();
  const Type list = Type::List(s);
  AddRows(
      builder, CallStyle::kReceiver,
      {
          {"charAt", "string_char_at_int", {s, i}, s, CharAt},
          {"indexOf", "string_index_of_string", {s, s}, i, IndexOf},
          {"indexOf", "string_index_of_string_int", {s, s, i}, i, IndexOf},
          {"lastIndexOf",
           "string_last_index_of_string",
           {s, s},
           i,
           LastIndexOf},
          {"lastIndexOf",
           "string_last_index_of_string_int",
           {s, s, i},
           i,
           LastIndexOf},
          {"join", "list_join", {list}, s, Join},
          {"join", "list_join_string", {list, s}, s, Join},
          {"lowerAscii", "string_lower_ascii", {s}, s, LowerAscii},
          {"upperAscii", "string_upper_ascii", {s}, s, UpperAscii},
          {"replace", "string_replace_string_string", {s, s, s}, s, Replace},
          {"replace",
           "string_replace_string_string_int",
           {s, s, s, i},
           s,
           Replace},
          {"split", "string_split_string", {s, s}, list, Split},
          {"split", "string_split_string_int", {s, s, i}, list, Split},
          {"substring", "string_substring_int", {s, i}, s, Substring},
          {"substring", "string_substring_int_int", {s, i, i}, s, Substring},
          {"trim", "string_trim", {s}, s, Trim},
          {"reverse", "string_reverse", {s}, s, Reverse},
      });
  AddRows(builder, CallStyle::kGlobal,
          {{"strings.quote", "strings_quote", {s}, s, Quote}});
  AddStringFormat(builder);
}

}  // namespace klausul::cel
