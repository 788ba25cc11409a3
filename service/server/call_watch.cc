#include "service/server/call_watch.h"

#include <utility>

namespace klausul::server {

CallWatch::CallWatch(std::chrono::system_clock::time_point deadline,
                     std::function<bool()> is_cancelled)
    : deadline_(deadline), is_cancelled_(std::move(is_cancelled)) {}

bool CallWatch::IsLate() const {
  return deadline_ <= std::chrono::system_clock::now();
}

absl::optional<ServiceError> CallWatch::Check() {
  over_ = over_ || IsLate() || is_cancelled_();
  if (!over_) return absl::nullopt;
  ServiceError error;
  if (IsLate()) {
    error.code = absl::StatusCode::kDeadlineExceeded;
    error.reason = "DEADLINE_EXCEEDED";
    error.message = "the deadline of the call has passed";
  } else {
    error.code = absl::StatusCode::kCancelled;
    error.reason = "CANCELLED";
    error.message = "the client cancelled the call";
  }
  return error;
}

bool CallWatch::Poll() {
  if (over_) return true;
  if (polls_++ % kPollEvery != 0) return false;
  over_ = IsLate() || is_cancelled_();
  return over_;
}

}  // namespace klausul::server
