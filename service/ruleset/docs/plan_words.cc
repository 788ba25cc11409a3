#include "service/ruleset/docs/plan_words.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "service/engine/plan_path.h"

namespace klausul::ruleset::docs {
namespace {

struct Word {
  absl::string_view name;
  absl::string_view bokmal;
  // Empty: as in bokmål.
  absl::string_view nynorsk;
};

// Both sorted by name.
constexpr Word kFields[] = {
#include "service/ruleset/docs/plan_fields.inc"
};
constexpr Word kValues[] = {
#include "service/ruleset/docs/plan_values.inc"
};

template <std::size_t size>
const Word* Find(const Word (&words)[size], absl::string_view name) {
  const Word* word = std::lower_bound(
      std::begin(words), std::end(words), name,
      [](const Word& a, absl::string_view b) { return a.name < b; });
  return word != std::end(words) && word->name == name ? word : nullptr;
}

// `cpv_main` -> `CPV main`.
std::string EnglishWord(absl::string_view name) {
  std::string text;
  for (absl::string_view part : absl::StrSplit(name, '_')) {
    if (!text.empty()) text += ' ';
    const std::string lower = absl::AsciiStrToLower(part);
    const bool is_short = lower == "cpv" || lower == "dps" || lower == "eea" ||
                          lower == "espd" || lower == "eu" || lower == "hse" ||
                          lower == "ict" || lower == "sme" || lower == "i" ||
                          lower == "ii" || lower == "iii" || lower == "iv" ||
                          lower == "v";
    absl::StrAppend(&text, is_short ? absl::AsciiStrToUpper(lower) : lower);
  }
  return text;
}

std::string Say(const Word* word, absl::string_view name,
                engine::Language language) {
  if (word == nullptr || language == engine::Language::kEnglish) {
    return EnglishWord(name);
  }
  const bool nynorsk =
      language == engine::Language::kNynorsk && !word->nynorsk.empty();
  return std::string(nynorsk ? word->nynorsk : word->bokmal);
}

}  // namespace

std::string FieldWord(absl::string_view name, engine::Language language) {
  if (absl::StrContains(name, '.')) return std::string(name);
  return Say(Find(kFields, name), name, language);
}

std::string PathWords(absl::string_view path, engine::Language language) {
  std::string words;
  for (const std::string& step : engine::SplitPath(path)) {
    absl::StrAppend(&words, words.empty() ? "" : " › ",
                    FieldWord(step, language));
  }
  return words;
}

std::string ValueWord(absl::string_view name, engine::Language language) {
  return Say(Find(kValues, name), name, language);
}

bool HasFieldWord(absl::string_view name) {
  return Find(kFields, name) != nullptr;
}

bool HasValueWord(absl::string_view name) {
  return Find(kValues, name) != nullptr;
}

}  // namespace klausul::ruleset::docs
