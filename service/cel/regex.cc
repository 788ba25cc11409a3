#include "service/cel/regex.h"

#include "absl/strings/str_cat.h"
#include "re2/stringpiece.h"

#include "service/cel/eval_context.h"

namespace klausul::cel {

std::unique_ptr<re2::RE2> CompilePattern(absl::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternMemoryBytes);
  if (pattern.size() > kMaxPatternBytes) {
    // A pattern that RE2 refuses, in place of one that is too long to try.
    return std::make_unique<re2::RE2>("(", options);
  }
  return std::make_unique<re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
}

Value MatchPattern(absl::string_view text, const re2::RE2& pattern,
                   EvalContext& context) {
  if (!pattern.ok()) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("not a regular expression: ", pattern.error(),
                     "; it may have ", kMaxPatternBytes,
                     " bytes and a program of ", kMaxPatternMemoryBytes,
                     " bytes"));
  }
  // At worst every instruction is tried at every byte.
  const auto size = static_cast<std::size_t>(pattern.ProgramSize());
  if (!context.ChargeBytes(text.size() * (1 + size / 64))) {
    return context.LimitError();
  }
  return Value::Bool(re2::RE2::PartialMatch(
      re2::StringPiece(text.data(), text.size()), pattern));
}

}  // namespace klausul::cel
