#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_VALUES_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_VALUES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"

namespace klausul::intake::eforms {

// How the texts of an eForms notice become values of the plan. Each gives
// nullopt for a text that is no such value.

// `2024-05-09+02:00`, `2024-05-09Z` or `2024-05-09`: the day as written, which
// is the day at the buyer's place.
absl::optional<v1::Date> ReadDate(absl::string_view text);

// `12:00:00+02:00`, with or without fraction and offset.
absl::optional<v1::TimeOfDay> ReadTime(absl::string_view text);

// `1966486.50` and `EUR`. Digits beyond a billionth are cut off.
absl::optional<v1::Money> ReadMoney(absl::string_view amount,
                                    absl::string_view currency);

// `24` and `MONTH`. Fractions are read where they come out whole: half a year
// is six months.
absl::optional<v1::Span> ReadDuration(absl::string_view number,
                                      absl::string_view unit);

// `true`, `false`, `1`, `0`.
absl::optional<bool> ReadIndicator(absl::string_view text);

// A finite decimal number.
absl::optional<double> ReadNumber(absl::string_view text);

// A whole number from 0, also written `3.0`.
absl::optional<std::int32_t> ReadCount(absl::string_view text);

// The three-letter country code of the EU as ISO 3166-1 alpha-2: `NOR` gives
// `NO`. A code of two letters stays.
absl::optional<std::string> ReadCountry(absl::string_view code);

// The three-letter language code of the EU as BCP 47: `NOB` gives `nb`. Codes
// without a short form stay, in lower case: `SMJ` gives `smj`.
absl::optional<std::string> ReadLanguage(absl::string_view code);

// Eight digits of CPV; a check digit is cut off.
absl::optional<std::string> ReadCpv(absl::string_view code);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_VALUES_H_
