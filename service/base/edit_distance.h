#ifndef KLAUSUL_SERVICE_BASE_EDIT_DISTANCE_H_
#define KLAUSUL_SERVICE_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace klausul {

// The least number of insertions, deletions, replacements and swaps of two
// neighbours that turns `a` into `b`, in bytes.
std::size_t EditDistance(absl::string_view a, absl::string_view b);

// The candidate that the author of `wrong` most likely meant, or empty where
// none is near: at most a third of its letters may differ. The first of
// several equally near ones.
std::string ClosestMatch(absl::string_view wrong,
                         absl::Span<const std::string> candidates);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_EDIT_DISTANCE_H_
