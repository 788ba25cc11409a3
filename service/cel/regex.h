#ifndef KLAUSUL_SERVICE_CEL_REGEX_H_
#define KLAUSUL_SERVICE_CEL_REGEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "re2/re2.h"

#include "service/cel/value.h"

namespace klausul::cel {

// What bounds a regular expression, which a stranger may have written: its
// text, and the memory of its program, for `(a{1000}){1000}` is short.
inline constexpr std::size_t kMaxPatternBytes = 10'000;
inline constexpr std::int64_t kMaxPatternMemoryBytes = std::int64_t{1} << 20;

// Never null; `ok()` tells whether it is a pattern, `error()` why not.
std::unique_ptr<re2::RE2> CompilePattern(absl::string_view pattern);

// True where the pattern is found anywhere in `text`; an error for a pattern
// that is none.
Value MatchPattern(absl::string_view text, const re2::RE2& pattern,
                   EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_REGEX_H_
