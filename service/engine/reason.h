#ifndef KLAUSUL_SERVICE_ENGINE_REASON_H_
#define KLAUSUL_SERVICE_ENGINE_REASON_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace klausul::engine {

// The languages of texts.
enum class Language { kBokmal, kNynorsk, kEnglish };

// `nb`, `nn`, `en`; nullopt for anything else.
absl::optional<Language> ParseLanguage(absl::string_view code);
absl::string_view LanguageCode(Language language);

// Why something is undetermined although no fact is missing. Codes and
// arguments, so that it can be told in any language; expressions carry it as
// one string.
struct Reason {
  enum class Code {
    // Two amounts are in different currencies: args are both.
    kCurrency,
    // One amount is with VAT, the other without.
    kVatBasis,
    // A parameter has no value on the date of law: its id, the date.
    kNoParameterValue,
    // A fact has no expression for the date of law: its name, the date.
    kNoFactVersion,
    // Lengths in months and days that no reading decides: both.
    kSpan,
    // No calendar for the jurisdiction: its code.
    kNoCalendar,
    // A parameter has no value on any date: its id, and why in Norwegian
    // bokmål, nynorsk and English.
    kNoKnownValue,
  };

  Code code = Code::kCurrency;
  std::vector<std::string> args;

  // One sentence without a full stop.
  std::string Text(Language language) const;

  // The form in which an unknown value carries it.
  std::string Encode() const;
  static absl::optional<Reason> Decode(absl::string_view encoded);

  friend bool operator==(const Reason& a, const Reason& b) {
    return a.code == b.code && a.args == b.args;
  }
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_REASON_H_
