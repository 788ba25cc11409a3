#ifndef KLAUSUL_SERVICE_SERVER_JSON_LOG_H_
#define KLAUSUL_SERVICE_SERVER_JSON_LOG_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace klausul::server {

// One line of a log as a JSON object:
//
//   LogLine("info", "call", absl::Now()).Add("code", "OK").Add("ms", 1.5)
//
// {"time":"2026-03-01T10:00:00.000Z","level":"info","event":"call",...}
class LogLine {
 public:
  // `level` is `info`, `warning` or `error`; `event` is a name that a program
  // can look for.
  LogLine(absl::string_view level, absl::string_view event, absl::Time time);

  // Of a text 16 KiB at most, and bytes that are no UTF-8 become U+FFFD.
  LogLine& Add(absl::string_view key, absl::string_view value);

  LogLine& Add(absl::string_view key, const std::string& value) {
    return Add(key, absl::string_view(value));
  }

  LogLine& Add(absl::string_view key, const char* value) {
    return Add(key, absl::string_view(value));
  }

  LogLine& Add(absl::string_view key, std::int64_t value);

  LogLine& Add(absl::string_view key, int value) {
    return Add(key, std::int64_t{value});
  }

  LogLine& Add(absl::string_view key, double value);
  LogLine& Add(absl::string_view key, bool value);

  // The object and a line break.
  std::string Text() const;

 private:
  LogLine& AddRaw(absl::string_view key, absl::string_view json);

  std::string text_;
};

// Where lines go. Copies write to the same place; safe from any thread.
using LogSink = std::function<void(const LogLine&)>;

// Standard error, each line in one write.
LogSink LogToStandardError();

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_JSON_LOG_H_
