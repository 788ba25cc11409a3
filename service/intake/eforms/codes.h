#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_CODES_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_CODES_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"

namespace klausul::intake::eforms {

// What a code of an eForms list says in an enum of the plan.
enum class CodeMeaning {
  // One value.
  kValue,
  // The list says "none" or "not told", or the code stands for several values
  // and does not tell them apart.
  kNoValue,
  // No code of the list that we know.
  kUnknown,
};

struct CodeValue {
  CodeMeaning meaning = CodeMeaning::kUnknown;
  // Set for kValue; for kUnknown the number of `OTHER` where the enum has one.
  absl::optional<int> number;
};

// Looks the code up in the option `eforms_code` of the values. Case does not
// count, since real notices write `OTHER`; codes of older SDK versions are read
// as their successors.
CodeValue ReadCode(const google::protobuf::EnumDescriptor& type,
                   absl::string_view code);

// `not-known`, `UNKNOWN`, `unpublished`: the field is there and says nothing.
bool SaysNothing(absl::string_view code);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_CODES_H_
