#ifndef KLAUSUL_SERVICE_RULESET_DATE_OF_LAW_H_
#define KLAUSUL_SERVICE_RULESET_DATE_OF_LAW_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/report.pb.h"

namespace klausul::ruleset {

// The date whose law governs a plan, and what it was taken from.
struct DateOfLaw {
  absl::CivilDay day;
  v1::DocumentReport::AsOfBasis basis =
      v1::DocumentReport::AS_OF_BASIS_UNSPECIFIED;
};

// The day that the request names; else the earlier of `dates.notice_sent` and
// `dates.first_request_sent`; else `dates.planned_notice`; else the day of
// `now` at the buyer's place. A date of the plan that is no day of the
// calendar counts as not stated.
//
// A plan of lots is one procurement: lots have no dates of this kind.
DateOfLaw FindDateOfLaw(const v1::ProcurementPlan& plan,
                        absl::optional<absl::CivilDay> requested,
                        absl::Time now);

// The civil day of an instant in a country (ISO 3166-1 alpha-2) of the EEA,
// Switzerland or the United Kingdom, on its mainland; UTC for any other.
//
// Worked out from the rule rather than from a time-zone database, which small
// containers lack: summer time runs from the last Sunday of March to the last
// Sunday of October, at 01:00 UTC. Source: Directive 2000/84/EC, articles 2
// and 3; the United Kingdom keeps the same instants (Summer Time Order 2002).
absl::CivilDay DayAt(absl::string_view country, absl::Time now);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_DATE_OF_LAW_H_
