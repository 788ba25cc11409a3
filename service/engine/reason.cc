#include "service/engine/reason.h"

#include <array>
#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace klausul::engine {
namespace {

// No text of a rule file or plan can hold it.
constexpr char kSeparator = '\x1f';

// By code; $0 to $3 are the arguments.
struct Texts {
  absl::string_view nb;
  absl::string_view nn;
  absl::string_view en;
};

constexpr std::array<Texts, 7> kTexts = {{
    {"beløp i $0 og i $1 kan ikke sammenlignes",
     "beløp i $0 og i $1 kan ikkje samanliknast",
     "amounts in $0 and in $1 cannot be compared"},
    {"ett beløp er med og ett uten merverdiavgift",
     "eitt beløp er med og eitt utan meirverdiavgift",
     "one amount is with VAT, the other without"},
    {"parameteren `$0` har ingen verdi $1",
     "parameteren `$0` har ingen verdi $1",
     "the parameter `$0` has no value on $1"},
    {"faktumet `$0` er ikke definert for $1",
     "faktumet `$0` er ikkje definert for $1",
     "the fact `$0` is not defined for $1"},
    {"$0 og $1 kan ikke sammenlignes uten en startdato",
     "$0 og $1 kan ikkje samanliknast utan ein startdato",
     "$0 and $1 cannot be compared without a start date"},
    {"det finnes ingen kalender for `$0`", "det finst ingen kalender for `$0`",
     "there is no calendar for `$0`"},
    {"parameteren `$0` har ingen kjent verdi: $1",
     "parameteren `$0` har ingen kjend verdi: $2",
     "the parameter `$0` has no known value: $3"},
}};

}  // namespace

absl::optional<Language> ParseLanguage(absl::string_view code) {
  if (code == "nb") return Language::kBokmal;
  if (code == "nn") return Language::kNynorsk;
  if (code == "en") return Language::kEnglish;
  return {};
}

absl::string_view LanguageCode(Language language) {
  switch (language) {
    case Language::kBokmal:
      return "nb";
    case Language::kNynorsk:
      return "nn";
    case Language::kEnglish:
      return "en";
  }
  return "nb";
}

std::string Reason::Text(Language language) const {
  const Texts& texts = kTexts[static_cast<std::size_t>(code)];
  const absl::string_view text = language == Language::kBokmal    ? texts.nb
                                 : language == Language::kNynorsk ? texts.nn
                                                                  : texts.en;
  const auto arg = [&](std::size_t i) -> absl::string_view {
    return i < args.size() ? absl::string_view(args[i]) : "?";
  };
  return absl::StrReplaceAll(
      text, {{"$0", arg(0)}, {"$1", arg(1)}, {"$2", arg(2)}, {"$3", arg(3)}});
}

std::string Reason::Encode() const {
  std::string encoded = absl::StrCat(static_cast<int>(code));
  for (const std::string& arg : args) {
    encoded += kSeparator;
    encoded += arg;
  }
  return encoded;
}

absl::optional<Reason> Reason::Decode(absl::string_view encoded) {
  std::vector<std::string> parts = absl::StrSplit(encoded, kSeparator);
  std::size_t code = 0;
  if (!absl::SimpleAtoi(parts[0], &code) || code >= kTexts.size()) return {};
  Reason reason;
  reason.code = static_cast<Code>(code);
  reason.args.assign(parts.begin() + 1, parts.end());
  return reason;
}

}  // namespace klausul::engine
