#include "service/intake/plan_file/plan_schema.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/common.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/base/edit_distance.h"

namespace klausul::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_';
}

bool IsNameByte(char c) {
  return IsNameStart(c) || absl::ascii_isdigit(static_cast<unsigned char>(c));
}

bool IsName(absl::string_view text) {
  return !text.empty() && IsNameStart(text[0]) &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

// `PROCEDURE_KIND_`, from the zero value that every enum of the plan has.
absl::string_view EnumPrefix(const EnumDescriptor& type) {
  absl::string_view prefix = type.value(0)->name();
  if (absl::EndsWith(prefix, "UNSPECIFIED")) {
    prefix.remove_suffix(absl::string_view("UNSPECIFIED").size());
  }
  return prefix;
}

absl::Status BadPath(absl::string_view path, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", path, "` is no path of a plan: ", why));
}

// Reads `[2]` or `["key"]` at the front of `rest`.
absl::Status TakeBracket(absl::string_view path, absl::string_view& rest,
                         std::vector<PathStep>& steps) {
  PathStep step;
  if (absl::StartsWith(rest, "[\"")) {
    const std::size_t end = rest.find("\"]", 2);
    if (end == absl::string_view::npos) {
      return BadPath(path, "`[\"` without `\"]`");
    }
    step.kind = PathStep::Kind::kKey;
    step.text = std::string(rest.substr(2, end - 2));
    rest.remove_prefix(end + 2);
  } else {
    const std::size_t end = rest.find(']');
    if (end == absl::string_view::npos) return BadPath(path, "`[` without `]`");
    const absl::string_view digits = rest.substr(1, end - 1);
    if (digits.empty() ||
        !std::all_of(digits.begin(), digits.end(),
                     [](char c) {
                       return absl::ascii_isdigit(
                           static_cast<unsigned char>(c));
                     }) ||
        !absl::SimpleAtoi(digits, &step.index)) {
      return BadPath(path, absl::StrCat("`", digits, "` is no index"));
    }
    step.kind = PathStep::Kind::kIndex;
    rest.remove_prefix(end + 1);
  }
  steps.push_back(std::move(step));
  return absl::OkStatus();
}

}  // namespace

ValueForm FormOf(const Descriptor& message) {
  static const auto* const forms =
      new absl::flat_hash_map<const Descriptor*, ValueForm>{
          {v1::Money::descriptor(), ValueForm::kMoney},
          {v1::Date::descriptor(), ValueForm::kDate},
          {v1::TimeOfDay::descriptor(), ValueForm::kTimeOfDay},
          {v1::Span::descriptor(), ValueForm::kSpan},
          {v1::Text::descriptor(), ValueForm::kText},
          {v1::Reasoned::descriptor(), ValueForm::kReasoned},
          {v1::Condition::descriptor(), ValueForm::kCondition},
          {v1::ExtraFact::descriptor(), ValueForm::kExtraFact},
      };
  const auto found = forms->find(&message);
  return found == forms->end() ? ValueForm::kGroup : found->second;
}

std::string ShortName(const EnumValueDescriptor& value) {
  absl::string_view name = value.name();
  const absl::string_view prefix = EnumPrefix(*value.type());
  if (absl::StartsWith(name, prefix)) name.remove_prefix(prefix.size());
  return std::string(name);
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type,
                                         absl::string_view name) {
  const EnumValueDescriptor* value =
      type.FindValueByName(absl::StrCat(EnumPrefix(type), name));
  if (value != nullptr) return value;
  return type.FindValueByName(std::string(name));
}

std::vector<std::string> ShortNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) {
      names.push_back(ShortName(*type.value(i)));
    }
  }
  return names;
}

std::vector<std::string> MapKeys(const FieldDescriptor& map) {
  std::vector<std::string> keys;
  const auto& options = map.options();
  const int count = options.ExtensionSize(v1::map_keys);
  for (int i = 0; i < count; ++i) {
    keys.push_back(options.GetExtension(v1::map_keys, i));
  }
  return keys;
}

std::vector<std::string> FieldNames(const Descriptor& message) {
  std::vector<std::string> names;
  for (int i = 0; i < message.field_count(); ++i) {
    names.push_back(message.field(i)->name());
  }
  return names;
}

bool IsList(const FieldDescriptor& field) {
  return field.is_repeated() && !field.is_map();
}

bool IsPathList(const FieldDescriptor& field) {
  return field.containing_type() == v1::ProcurementPlan::descriptor() &&
         (field.number() == v1::ProcurementPlan::kStatedEmptyFieldNumber ||
          field.number() == v1::ProcurementPlan::kStillOpenFieldNumber ||
          field.number() == v1::ProcurementPlan::kCompleteFieldNumber);
}

std::string FieldPath(absl::string_view parent, absl::string_view field) {
  return parent.empty() ? std::string(field) : absl::StrCat(parent, ".", field);
}

std::string IndexPath(absl::string_view list, int index) {
  return absl::StrCat(list, "[", index, "]");
}

std::string KeyPath(absl::string_view map, absl::string_view key) {
  if (IsName(key)) return absl::StrCat(map, ".", key);
  return absl::StrCat(map, "[\"", key, "\"]");
}

absl::StatusOr<std::vector<PathStep>> ParsePath(absl::string_view path) {
  std::vector<PathStep> steps;
  absl::string_view rest = path;
  while (!rest.empty()) {
    if (rest[0] == '[') {
      if (steps.empty()) return BadPath(path, "it starts with a bracket");
      const absl::Status taken = TakeBracket(path, rest, steps);
      if (!taken.ok()) return taken;
      continue;
    }
    if (!steps.empty()) {
      if (rest[0] != '.') {
        return BadPath(path, absl::StrCat("expected `.` before `", rest, "`"));
      }
      rest.remove_prefix(1);
    }
    std::size_t end = 0;
    while (end < rest.size() && IsNameByte(rest[end]))
      ++end;
    if (end == 0 || !IsNameStart(rest[0])) {
      return BadPath(
          path, rest.empty() ? "a name is missing at its end"
                             : absl::StrCat("expected a name at `", rest, "`"));
    }
    steps.push_back(
        {PathStep::Kind::kName, std::string(rest.substr(0, end)), 0});
    rest.remove_prefix(end);
  }
  if (steps.empty()) return BadPath(path, "it is empty");
  return steps;
}

std::string UnknownField(absl::string_view path, absl::string_view name) {
  if (path.empty()) return absl::StrCat("a plan has no field `", name, "`");
  return absl::StrCat("`", path, "` has no field `", name, "`");
}

std::string UnknownFieldHelp(const Descriptor& message,
                             absl::string_view name) {
  const FieldDescriptor* camel =
      message.FindFieldByCamelcaseName(std::string(name));
  const std::string closest = camel != nullptr
                                  ? camel->name()
                                  : ClosestMatch(name, FieldNames(message));
  if (!closest.empty()) return absl::StrCat("did you mean `", closest, "`?");
  const Descriptor& plan = *v1::ProcurementPlan::descriptor();
  for (int i = 0; i < plan.field_count(); ++i) {
    const FieldDescriptor& group = *plan.field(i);
    if (group.is_repeated() || group.message_type() == nullptr ||
        FormOf(*group.message_type()) != ValueForm::kGroup) {
      continue;
    }
    if (group.message_type()->FindFieldByName(std::string(name)) != nullptr) {
      return absl::StrCat("there is a `", group.name(), ".", name, "`");
    }
  }
  return "";
}

std::string UnknownWordHelp(absl::string_view word,
                            const std::vector<std::string>& words) {
  constexpr std::size_t kMaxListed = 12;
  const std::string upper = absl::AsciiStrToUpper(word);
  for (const std::string& candidate : words) {
    if (absl::AsciiStrToUpper(candidate) == upper) {
      return absl::StrCat("write `", candidate, "`");
    }
  }
  const bool upper_case =
      !words.empty() &&
      absl::ascii_isupper(static_cast<unsigned char>(words[0][0]));
  const std::string closest =
      ClosestMatch(upper_case ? absl::string_view(upper) : word, words);
  if (!closest.empty()) return absl::StrCat("did you mean `", closest, "`?");
  if (words.empty() || words.size() > kMaxListed) return "";
  return absl::StrCat("one of ", absl::StrJoin(words, ", "));
}

}  // namespace klausul::intake
