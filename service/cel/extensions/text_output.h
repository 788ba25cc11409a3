#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_TEXT_OUTPUT_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_TEXT_OUTPUT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

namespace klausul::cel {

// A text that a function makes piece by piece. It is charged for as it grows,
// and is never longer than Value::kMaxTextBytes:
//
//   TextOutput out(context);
//   while (...)
//     if (!out.Append(piece)) break;
//   return out.Finish();
class TextOutput {
 public:
  explicit TextOutput(EvalContext& context) : context_(context) {}

  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  // False where the text would be too long or no steps are left; from then on
  // nothing is added.
  bool Append(absl::string_view piece);

  // The string, in the arena, or the limit that was passed.
  Value Finish();

 private:
  EvalContext& context_;
  std::string text_;
  bool too_long_ = false;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_TEXT_OUTPUT_H_
