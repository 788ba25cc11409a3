#include "service/cel/extensions/text_output.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace klausul::cel {

bool TextOutput::Append(absl::string_view piece) {
  if (too_long_ || context_.exhausted()) return false;
  const std::size_t size = text_.size() + piece.size();
  if (size > Value::kMaxTextBytes) {
    too_long_ = true;
    return false;
  }
  // Many small pieces cost what one large piece does.
  const std::size_t steps = size / 64 - text_.size() / 64;
  if (!context_.Charge(static_cast<std::int64_t>(steps))) return false;
  text_.append(piece.data(), piece.size());
  return true;
}

Value TextOutput::Finish() {
  if (too_long_) {
    return context_.Error(
        ErrorCode::kLimit,
        absl::StrCat("a text of more than ", Value::kMaxTextBytes, " bytes"));
  }
  if (context_.exhausted()) return context_.LimitError();
  return Value::String(text_, context_.arena());
}

}  // namespace klausul::cel
