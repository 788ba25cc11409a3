#ifndef KLAUSUL_SERVICE_CEL_TIME_TEXT_H_
#define KLAUSUL_SERVICE_CEL_TIME_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

#include "service/cel/value.h"

// Instants and lengths of time: text, arithmetic, calendars.

namespace klausul::cel {

// The first and the last second of an instant: the years 1 to 9999.
inline constexpr std::int64_t kMinTimestampSeconds = -62135596800;
inline constexpr std::int64_t kMaxTimestampSeconds = 253402300799;

bool IsValidTimestamp(TimeValue time);

// RFC 3339 with any offset; digits past the nanosecond are dropped. nullopt for
// another form or a time out of range.
absl::optional<TimeValue> ParseTimestamp(absl::string_view text);

// RFC 3339 in UTC. The fraction has as many digits as it needs.
std::string FormatTimestamp(TimeValue time);

// The same with 0, 3, 6 or 9 digits, as protobuf's JSON has it.
std::string FormatTimestampJson(TimeValue time);

// `1h30m`, `-1.5s`, `0`: numbers with the units h, m, s, ms, us, ns. nullopt
// for another form or what does not fit an int64 of nanoseconds.
absl::optional<TimeValue> ParseDuration(absl::string_view text);

// Seconds: `5400s`, `-0.5s`.
std::string FormatDuration(TimeValue duration);
std::string FormatDurationJson(TimeValue duration);

// Nanoseconds, or nullopt where they do not fit.
absl::optional<std::int64_t> ToNanoseconds(TimeValue duration);
TimeValue FromNanoseconds(std::int64_t nanoseconds);

// Each nullopt where a sum does not fit or the instant is out of range.
absl::optional<TimeValue> AddDurations(TimeValue a, TimeValue b);
absl::optional<TimeValue> SubtractDurations(TimeValue a, TimeValue b);
absl::optional<TimeValue> AddToTimestamp(TimeValue time, TimeValue duration);
absl::optional<TimeValue> SubtractFromTimestamp(TimeValue time,
                                                TimeValue duration);
absl::optional<TimeValue> SubtractTimestamps(TimeValue a, TimeValue b);

// `UTC`, a name of the IANA database (old ones too), or a fixed offset, whose
// sign may be missing: `+01:00`, `-02:30`, `02:00`. nullopt for another text.
absl::optional<absl::TimeZone> FindTimeZone(absl::string_view name);

// The civil time of an instant in a zone.
absl::CivilSecond CivilTime(TimeValue time, absl::TimeZone zone);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_TIME_TEXT_H_
