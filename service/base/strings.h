#ifndef KLAUSUL_SERVICE_BASE_STRINGS_H_
#define KLAUSUL_SERVICE_BASE_STRINGS_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace klausul {

// This build of Abseil has a string_view of its own; libraries that speak the
// standard one meet it here.
inline std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

inline absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_STRINGS_H_
