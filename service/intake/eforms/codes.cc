#include "service/intake/eforms/codes.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/plan_enums.pb.h"

namespace klausul::intake::eforms {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// What the codes of each enum, in lower case, stand for. The texts are those of
// the options, or our own.
using CodeTable =
    absl::flat_hash_map<std::pair<const EnumDescriptor*, absl::string_view>,
                        std::vector<int>>;

// The longest code that is looked up, in bytes; those of the lists are shorter.
constexpr std::size_t kMaxCode = 64;

// Codes that a later version of the SDK renamed or took out.
struct OldCode {
  const EnumDescriptor* type;
  absl::string_view code;
  absl::string_view successor;
};

CodeTable* MakeTable() {
  auto* table = new CodeTable;
  // Lives as long as the table, which is for good.
  auto* texts = new std::deque<std::string>;
  const google::protobuf::FileDescriptor* file = v1::Stage_descriptor()->file();
  for (int i = 0; i < file->enum_type_count(); ++i) {
    const EnumDescriptor* type = file->enum_type(i);
    for (int j = 0; j < type->value_count(); ++j) {
      const EnumValueDescriptor* value = type->value(j);
      const auto& options = value->options();
      for (int k = 0; k < options.ExtensionSize(v1::eforms_code); ++k) {
        texts->push_back(
            absl::AsciiStrToLower(options.GetExtension(v1::eforms_code, k)));
        (*table)[{type, texts->back()}].push_back(value->number());
      }
    }
  }
  const OldCode old_codes[] = {
      // Financial regulation before its recast, until SDK 1.14.
      {v1::Regime_descriptor(), "32018r1046", "32024r2509"},
      // Regional or local authority, until SDK 1.5; the level is not told.
      {v1::BuyerLegalType_descriptor(), "rl-aut", "la"},
      // Rail transport, until SDK 1.11.
      {v1::DirectAwardGround_descriptor(), "rail", "char-imp"},
  };
  for (const OldCode& old : old_codes) {
    const std::vector<int> values = (*table)[{old.type, old.successor}];
    (*table)[{old.type, old.code}] = values;
  }
  return table;
}

// The value for what a list may hold beyond our codes, such as
// `PROCEDURE_KIND_OTHER`.
absl::optional<int> Other(const EnumDescriptor& type) {
  for (int i = type.value_count() - 1; i >= 0; --i) {
    const EnumValueDescriptor* value = type.value(i);
    if (!absl::EndsWith(value->name(), "_OTHER")) continue;
    // An `OTHER` that has a code of its own says something else.
    if (value->options().ExtensionSize(v1::eforms_code) > 0) continue;
    return value->number();
  }
  return absl::nullopt;
}

}  // namespace

bool SaysNothing(absl::string_view code) {
  // Their sizes are all different, which tells most codes at once.
  switch (code.size()) {
    case 0:
      return true;
    case 3:
      return absl::EqualsIgnoreCase(code, "nyk");
    case 7:
      return absl::EqualsIgnoreCase(code, "unknown");
    case 9:
      return absl::EqualsIgnoreCase(code, "not-known");
    case 11:
      return absl::EqualsIgnoreCase(code, "unpublished");
    default:
      return false;
  }
}

CodeValue ReadCode(const EnumDescriptor& type, absl::string_view code) {
  static const CodeTable* const table = MakeTable();
  if (SaysNothing(code)) return {CodeMeaning::kNoValue, absl::nullopt};
  if (code.size() > kMaxCode) return {CodeMeaning::kUnknown, Other(type)};
  char lower[kMaxCode];
  std::transform(code.begin(), code.end(), lower,
                 [](char c) { return absl::ascii_tolower(c); });
  const auto found =
      table->find({&type, absl::string_view(lower, code.size())});
  if (found == table->end()) return {CodeMeaning::kUnknown, Other(type)};
  // The procedure without a call is the one shared code that has a reading.
  if (found->second.size() == 1 || &type == v1::ProcedureKind_descriptor()) {
    return {CodeMeaning::kValue, found->second.front()};
  }
  return {CodeMeaning::kNoValue, absl::nullopt};
}

}  // namespace klausul::intake::eforms
