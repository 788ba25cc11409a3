// Every figure of rules/ on every day from the regulations of 2017 on: one
// value, or notes of its author that say why there is none.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"
#include "service/engine/calendar.h"
#include "service/ruleset/repository.h"

namespace klausul {
namespace {

// The regulations came into force; the registers were closed.
constexpr absl::CivilDay kFirst(2017, 1, 1);
constexpr absl::CivilDay kLast(2026, 11, 22);

int ValuesOn(const v1::Parameter& parameter, absl::CivilDay day) {
  int count = 0;
  for (const v1::Parameter::Value& value : parameter.values()) {
    const auto from = engine::ToCivilDay(value.period().from());
    const auto to = engine::ToCivilDay(value.period().to());
    EXPECT_TRUE(from.has_value()) << parameter.id();
    if (from.has_value() && *from <= day &&
        (!value.period().has_to() || (to.has_value() && day <= *to))) {
      ++count;
    }
  }
  return count;
}

bool NotesName(const v1::Parameter& parameter, absl::CivilDay day) {
  for (const auto& [language, text] : parameter.notes().by_language()) {
    if (absl::StrContains(text, FormatCivilDay(day))) return true;
  }
  return false;
}

// What the days without exactly one value are, and nobody has said why: runs of
// days, or a day with two. A gap is stated where the notes name its first day,
// its last or the day after; a parameter without values states one by its
// notes.
std::vector<std::string> FaultsOf(const v1::Parameter& parameter) {
  std::vector<std::string> faults;
  if (parameter.values().empty()) {
    if (parameter.notes().by_language().empty()) faults.push_back("no notes");
    return faults;
  }
  for (absl::CivilDay day = kFirst; day <= kLast;) {
    const int count = ValuesOn(parameter, day);
    if (count == 1) {
      ++day;
      continue;
    }
    const absl::CivilDay from = day;
    do {
      ++day;
    } while (day <= kLast && ValuesOn(parameter, day) == count);
    if (count == 0 && (NotesName(parameter, from) ||
                       (day <= kLast && (NotesName(parameter, day - 1) ||
                                         NotesName(parameter, day))))) {
      continue;
    }
    faults.push_back(absl::StrCat(count, " values from ", FormatCivilDay(from),
                                  " to ", FormatCivilDay(day - 1)));
  }
  return faults;
}

v1::Parameter Parameter(
    const std::vector<std::pair<absl::CivilDay, absl::CivilDay>>& periods,
    const std::string& notes) {
  v1::Parameter parameter;
  const auto set = [](absl::CivilDay day, v1::Date& date) {
    date.set_year(static_cast<int>(day.year()));
    date.set_month(day.month());
    date.set_day(day.day());
  };
  for (const auto& [from, to] : periods) {
    v1::Period& period = *parameter.add_values()->mutable_period();
    set(from, *period.mutable_from());
    if (to != absl::CivilDay::max()) set(to, *period.mutable_to());
  }
  if (!notes.empty())
    (*parameter.mutable_notes()->mutable_by_language())["en"] = notes;
  return parameter;
}

TEST(TimelineTest, TellsGapsAndOverlaps) {
  const auto forever = absl::CivilDay::max();
  const absl::CivilDay change(2020, 1, 1);
  EXPECT_EQ(FaultsOf(Parameter({{kFirst, forever}}, "")),
            std::vector<std::string>());
  EXPECT_EQ(FaultsOf(Parameter({{kFirst, change}, {change + 2, forever}}, "")),
            std::vector<std::string>{"0 values from 2020-01-02 to 2020-01-02"});
  EXPECT_EQ(FaultsOf(Parameter({{kFirst, change}, {change, forever}}, "")),
            std::vector<std::string>{"2 values from 2020-01-01 to 2020-01-01"});
  EXPECT_EQ(FaultsOf(Parameter({{change, forever}}, "Since then.")),
            std::vector<std::string>{"0 values from 2017-01-01 to 2019-12-31"});
  EXPECT_EQ(FaultsOf(Parameter({{change, forever}}, "New on 2020-01-01.")),
            std::vector<std::string>());
  EXPECT_EQ(FaultsOf(Parameter({{kFirst, change}}, "New on 2020-01-01.")),
            std::vector<std::string>{"0 values from 2020-01-02 to 2026-11-22"});
  EXPECT_EQ(FaultsOf(Parameter({{kFirst, change}}, "Repealed 2020-01-02.")),
            std::vector<std::string>());
  EXPECT_EQ(FaultsOf(Parameter({}, "")), std::vector<std::string>{"no notes"});
  EXPECT_EQ(FaultsOf(Parameter({}, "No figure is published.")),
            std::vector<std::string>());
}

TEST(TimelineTest, EveryParameterHasOneValueADayOrSaysWhyNot) {
  DiagnosticSink sink;
  const auto repository = ruleset::RuleSetRepository::LoadRoot(
      absl::StrCat(KLAUSUL_SOURCE_DIR, "/rules"), {}, sink);
  ASSERT_TRUE(repository.ok()) << sink.RenderAll();
  int parameters = 0;
  for (const auto* entry : (*repository)->entries()) {
    for (const v1::Parameter& parameter : entry->rule_set->parameters()) {
      ++parameters;
      for (const std::string& fault : FaultsOf(parameter))
        ADD_FAILURE() << parameter.id() << ": " << fault;
    }
  }
  EXPECT_GT(parameters, 100);
}

}  // namespace
}  // namespace klausul
