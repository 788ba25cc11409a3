// Any bytes as a request: read, or refused with a reason.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <google/protobuf/stubs/logging.h>

#include "service/server/request_reader.h"

namespace klausul::server {
namespace {

void Check(const absl::optional<ServiceError>& error) {
  if (error.has_value() && (error->reason.empty() || error->message.empty())) {
    std::abort();
  }
}

template <typename Request>
void Read(absl::string_view bytes) {
  Request request;
  Check(ReadRequest(bytes, request));
}

}  // namespace
}  // namespace klausul::server

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  namespace server = klausul::server;
  namespace v1 = klausul::v1;
  static const bool quiet = [] {
    google::protobuf::SetLogHandler(nullptr);
    return true;
  }();
  static_cast<void>(quiet);
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  server::Read<v1::EvaluateRequest>(bytes);
  server::Read<v1::ListRulesRequest>(bytes);
  server::Read<v1::CheckRuleSetRequest>(bytes);
  server::StreamMessage message;
  server::Check(server::ReadRequest(bytes, message));
  for (const absl::string_view entry_bytes : message.entries) {
    v1::EvaluateStreamEntry entry;
    const auto error = server::ReadEntry(entry_bytes, entry);
    server::Check(error);
    if (error.has_value() && (entry.has_plan() || entry.has_document())) {
      std::abort();
    }
  }
  return 0;
}
