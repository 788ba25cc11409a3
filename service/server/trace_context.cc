#include "service/server/trace_context.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace klausul::server {
namespace {

constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kSpanDigits = 16;
constexpr std::size_t kMaxRequestIdBytes = 128;

std::string NewId() {
  // Ids have to differ, not to be unguessable.
  thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  std::uint64_t id = 0;
  while (id == 0)
    id = random();
  return absl::StrCat(absl::Hex(id, absl::kZeroPad16));
}

bool IsHexId(absl::string_view text) {
  return std::all_of(
             text.begin(), text.end(),
             [](char c) {
               return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
                      (c >= 'a' && c <= 'f');
             }) &&
         text.find_first_not_of('0') != absl::string_view::npos;
}

}  // namespace

TraceContext MakeTraceContext(absl::string_view traceparent) {
  // version-trace-parent-flags: `00-<32>-<16>-<2>`; later versions may go on
  // after another dash.
  constexpr std::size_t kLength = 55;
  TraceContext context;
  context.span_id = NewId();
  const absl::string_view version = traceparent.substr(0, 2);
  const bool has_shape =
      traceparent.size() >= kLength && traceparent[2] == '-' &&
      traceparent[35] == '-' && traceparent[52] == '-' &&
      (traceparent.size() == kLength ||
       (version != "00" && traceparent[kLength] == '-')) &&
      version != "ff" && (version == "00" || IsHexId(version));
  if (has_shape) {
    const absl::string_view trace = traceparent.substr(3, kTraceDigits);
    const absl::string_view parent = traceparent.substr(36, kSpanDigits);
    if (IsHexId(trace) && IsHexId(parent)) {
      context.trace_id = std::string(trace);
      context.parent_id = std::string(parent);
    }
  }
  if (context.trace_id.empty()) {
    context.trace_id = absl::StrCat(NewId(), NewId());
  }
  return context;
}

std::string MakeRequestId(absl::string_view requested) {
  const bool is_safe =
      !requested.empty() && requested.size() <= kMaxRequestIdBytes &&
      std::all_of(requested.begin(), requested.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               absl::string_view("-._:/").find(c) != absl::string_view::npos;
      });
  return is_safe ? std::string(requested) : NewId();
}

}  // namespace klausul::server
