#ifndef KLAUSUL_SERVICE_SERVER_TRACE_CONTEXT_H_
#define KLAUSUL_SERVICE_SERVER_TRACE_CONTEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace klausul::server {

// Where a call stands in a trace, after the W3C recommendation "Trace Context".
struct TraceContext {
  // 32 lower-case hex digits: the caller's, or new.
  std::string trace_id;
  // 16 of them: the caller's span; empty where the caller sent none.
  std::string parent_id;
  // 16 of them: this call's, new.
  std::string span_id;
};

// Reads a `traceparent`; one that is not well formed is taken for none, as the
// recommendation asks.
TraceContext MakeTraceContext(absl::string_view traceparent);

// The id of a call: the caller's `x-request-id` where it can stand in a log (1
// to 128 letters, digits and `-._:/`), else 16 new hex digits.
std::string MakeRequestId(absl::string_view requested);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_TRACE_CONTEXT_H_
