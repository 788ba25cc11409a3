#ifndef KLAUSUL_SERVICE_SERVER_CALL_WATCH_H_
#define KLAUSUL_SERVICE_SERVER_CALL_WATCH_H_

#include <chrono>
#include <cstdint>
#include <functional>

#include "absl/types/optional.h"

#include "service/server/status_details.h"

namespace klausul::server {

// Tells whether a call is worth going on with: whether its deadline has passed
// or its client is gone. Not thread-safe; one a call.
class CallWatch {
 public:
  // Asking gRPC costs about a microsecond, as much as some rules do; so only
  // every so many questions of Poll() really ask.
  static constexpr std::uint32_t kPollEvery = 64;

  // `is_cancelled` asks gRPC. gRPC cancels a call that is late, too, but only
  // when it comes to it; the deadline is looked at by ourselves.
  CallWatch(std::chrono::system_clock::time_point deadline,
            std::function<bool()> is_cancelled);

  // DEADLINE_EXCEEDED or CANCELLED where the call is over. Asks at once.
  absl::optional<ServiceError> Check();

  // True where the call is over; for tight loops. Once true, always true.
  bool Poll();

 private:
  bool IsLate() const;

  std::chrono::system_clock::time_point deadline_;
  std::function<bool()> is_cancelled_;
  std::uint32_t polls_ = 0;
  bool over_ = false;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_CALL_WATCH_H_
