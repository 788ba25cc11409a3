#include "service/server/json_log.h"

#include <unistd.h>

#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "service/base/json_writer.h"
#include "service/server/status_details.h"

namespace klausul::server {
namespace {

// Of one value: a line is read by people and by programs with limits.
constexpr std::size_t kMaxTextBytes = std::size_t{16} << 10;

}  // namespace

LogLine::LogLine(absl::string_view level, absl::string_view event,
                 absl::Time time)
    : text_("{") {
  Add("time",
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone()));
  Add("level", level);
  Add("event", event);
}

LogLine& LogLine::AddRaw(absl::string_view key, absl::string_view json) {
  absl::StrAppend(&text_, text_.size() > 1 ? "," : "", JsonQuoted(key), ":",
                  json);
  return *this;
}

LogLine& LogLine::Add(absl::string_view key, absl::string_view value) {
  return AddRaw(key, JsonQuoted(CleanText(value, kMaxTextBytes)));
}

LogLine& LogLine::Add(absl::string_view key, std::int64_t value) {
  return AddRaw(key, absl::StrCat(value));
}

LogLine& LogLine::Add(absl::string_view key, double value) {
  // JSON has no infinities.
  return AddRaw(key,
                std::isfinite(value) ? absl::StrFormat("%.6g", value) : "null");
}

LogLine& LogLine::Add(absl::string_view key, bool value) {
  return AddRaw(key, value ? "true" : "false");
}

std::string LogLine::Text() const {
  return absl::StrCat(text_, "}\n");
}

LogSink LogToStandardError() {
  return [](const LogLine& line) {
    const std::string text = line.Text();
    // A log that cannot be written has nowhere to say so.
    [[maybe_unused]] const ssize_t written =
        ::write(STDERR_FILENO, text.data(), text.size());
  };
}

}  // namespace klausul::server
