// Parts of instants and of lengths of time.

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

#include "service/cel/function_table.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

// How the language counts: months, days of the month and of the year from 0,
// `getDate` from 1, Sunday is 0.
std::int64_t FullYear(const absl::CivilSecond& civil) {
  return civil.year();
}

std::int64_t Month(const absl::CivilSecond& civil) {
  return civil.month() - 1;
}

std::int64_t Date(const absl::CivilSecond& civil) {
  return civil.day();
}

std::int64_t DayOfMonth(const absl::CivilSecond& civil) {
  return civil.day() - 1;
}

std::int64_t DayOfWeek(const absl::CivilSecond& civil) {
  // Abseil's week begins on Monday.
  return (static_cast<int>(absl::GetWeekday(civil)) + 1) % 7;
}

std::int64_t DayOfYear(const absl::CivilSecond& civil) {
  return absl::GetYearDay(absl::CivilDay(civil)) - 1;
}

std::int64_t Hours(const absl::CivilSecond& civil) {
  return civil.hour();
}

std::int64_t Minutes(const absl::CivilSecond& civil) {
  return civil.minute();
}

std::int64_t Seconds(const absl::CivilSecond& civil) {
  return civil.second();
}

template <std::int64_t (*part)(const absl::CivilSecond&)>
Value PartOfTime(Args args, EvalContext& context) {
  const absl::string_view name = args.size() > 1 ? args[1].text() : "UTC";
  const absl::optional<absl::TimeZone> zone = FindTimeZone(name);
  if (!zone.has_value()) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("there is no time zone ", DebugString(args[1], context)));
  }
  return Value::Int(part(CivilTime(args[0].time(), *zone)));
}

constexpr std::int64_t kNanosPerMillisecond = 1'000'000;

// Offsets are whole seconds, so that the zone makes no difference; it has to
// be one all the same.
Value MillisecondsOfTime(Args args, EvalContext& context) {
  if (args.size() > 1) {
    const Value seconds = PartOfTime<Seconds>(args, context);
    if (seconds.is_error()) return seconds;
  }
  return Value::Int(args[0].time().nanos / kNanosPerMillisecond);
}

// The whole duration in a unit.
Value HoursOfDuration(Args args, EvalContext&) {
  return Value::Int(args[0].time().seconds / 3600);
}

Value MinutesOfDuration(Args args, EvalContext&) {
  return Value::Int(args[0].time().seconds / 60);
}

Value SecondsOfDuration(Args args, EvalContext&) {
  return Value::Int(args[0].time().seconds);
}

// Unlike the others: what is left of the last second.
Value MillisecondsOfDuration(Args args, EvalContext&) {
  return Value::Int(args[0].time().nanos / kNanosPerMillisecond);
}

}  // namespace

void AddTimeFunctions(EnvironmentBuilder& builder) {
  const Type i = Type::Int();
  const Type time = Type::Timestamp();
  const Type span = Type::Duration();

  struct Accessor {
    absl::string_view name;
    absl::string_view word;
    Value (*impl)(Args, EvalContext&);
  };

  const Accessor accessors[] = {
      {"getFullYear", "year", PartOfTime<FullYear>},
      {"getMonth", "month", PartOfTime<Month>},
      {"getDate", "day_of_month_1_based", PartOfTime<Date>},
      {"getDayOfMonth", "day_of_month", PartOfTime<DayOfMonth>},
      {"getDayOfWeek", "day_of_week", PartOfTime<DayOfWeek>},
      {"getDayOfYear", "day_of_year", PartOfTime<DayOfYear>},
      {"getHours", "hours", PartOfTime<Hours>},
      {"getMinutes", "minutes", PartOfTime<Minutes>},
      {"getSeconds", "seconds", PartOfTime<Seconds>},
      {"getMilliseconds", "milliseconds", MillisecondsOfTime},
  };
  for (const Accessor& accessor : accessors) {
    const std::string id = absl::StrCat("timestamp_to_", accessor.word);
    const std::string id_with_zone = absl::StrCat(id, "_with_tz");
    AddRows(builder, CallStyle::kReceiver,
            {{accessor.name, id, {time}, i, accessor.impl},
             {accessor.name,
              id_with_zone,
              {time, Type::String()},
              i,
              accessor.impl}});
  }
  AddRows(
      builder, CallStyle::kReceiver,
      {
          {"getHours", "duration_to_hours", {span}, i, HoursOfDuration},
          {"getMinutes", "duration_to_minutes", {span}, i, MinutesOfDuration},
          {"getSeconds", "duration_to_seconds", {span}, i, SecondsOfDuration},
          {"getMilliseconds",
           "duration_to_milliseconds",
           {span},
           i,
           MillisecondsOfDuration},
      });
}

}  // namespace klausul::cel
