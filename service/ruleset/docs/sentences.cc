#include "service/ruleset/docs/sentences.h"

#include <cstddef>
#include <string>

namespace klausul::ruleset::docs {
namespace {

constexpr Sentences kBokmal = {
    .all = "Alt dette gjelder:",
    .any = "Minst ett av dette gjelder:",
    .not_all = "Ikke alt dette gjelder:",
    .none = "Ingenting av dette gjelder:",
    .not_so = "Dette gjelder ikke:",
    .if_so = "Hvis:",
    .then = "Da:",
    .otherwise = "Ellers:",
    .always = "alltid",
    .and_word = "og",
    .or_word = "eller",
    .yes = "ja",
    .no = "nei",
    .is_true = "{a}: ja",
    .is_false = "{a}: nei",
    .claimed = "{a}: oppgitt som ja",
    .not_claimed = "{a}: ikke oppgitt som ja",
    .has = "{a} er oppgitt",
    .has_not = "{a} er ikke oppgitt",
    .stated = "{a} er oppgitt, om så som tom",
    .not_stated = "{a} er ikke oppgitt, heller ikke som tom",
    .equals = "{a} er {b}",
    .differs = "{a} er noe annet enn {b}",
    .less = "{a} er mindre enn {b}",
    .at_most = "{a} er høyst {b}",
    .more = "{a} er mer enn {b}",
    .at_least = "{a} er minst {b}",
    .before = "{a} er før {b}",
    .no_later = "{a} er senest {b}",
    .after = "{a} er etter {b}",
    .no_earlier = "{a} er tidligst {b}",
    .in = "{a} er {b}",
    .not_in = "{a} er ikke {b}",
    .is_not_so = "det er ikke slik at {a}",
    .for_all = "For hver {a} i {b}:",
    .not_for_all = "For minst én {a} i {b} gjelder ikke:",
    .exists = "For minst én {a} i {b}:",
    .exists_not = "For ingen {a} i {b}:",
    .exists_one = "For nøyaktig én {a} i {b}:",
    .not_exactly_one = "For ingen eller flere enn én {a} i {b}:",
    .has_entries = "{a} har minst én oppføring",
    .no_entries = "{a} har ingen oppføringer",
    .filter = "hver {a} i {b} der {c}",
    .map = "{c} for hver {a} i {b}",
    .conditional = "{b} hvis {a}, ellers {c}",
    .first = "den første av {a}",
    .count = "antallet i {a}",
    .sum = "summen av {a}",
    .days_between = "antall dager fra {a} til {b}",
    .working_days_between = "antall virkedager fra {a} til {b}",
    .plus_days = "{a} pluss {b} dager",
    .plus_months = "{a} pluss {b} måneder",
    .months = "{a} måneder",
    .days = "{a} dager",
    .in_cpv = "{a} ligger under CPV {b}",
    .matches = "{a} følger mønsteret {b}",
    .contains = "{a} inneholder {b}",
    .starts_with = "{a} begynner med {b}",
    .date_of_law = "datoen retten bestemmes etter",
    .lot = "delkontrakt",
    .plan = "plan",
};

constexpr Sentences kNynorsk = {
    .all = "Alt dette gjeld:",
    .any = "Minst eitt av dette gjeld:",
    .not_all = "Ikkje alt dette gjeld:",
    .none = "Ingenting av dette gjeld:",
    .not_so = "Dette gjeld ikkje:",
    .if_so = "Viss:",
    .then = "Då:",
    .otherwise = "Elles:",
    .always = "alltid",
    .and_word = "og",
    .or_word = "eller",
    .yes = "ja",
    .no = "nei",
    .is_true = "{a}: ja",
    .is_false = "{a}: nei",
    .claimed = "{a}: oppgitt som ja",
    .not_claimed = "{a}: ikkje oppgitt som ja",
    .has = "{a} er oppgitt",
    .has_not = "{a} er ikkje oppgitt",
    .stated = "{a} er oppgitt, om så som tom",
    .not_stated = "{a} er ikkje oppgitt, heller ikkje som tom",
    .equals = "{a} er {b}",
    .differs = "{a} er noko anna enn {b}",
    .less = "{a} er mindre enn {b}",
    .at_most = "{a} er høgst {b}",
    .more = "{a} er meir enn {b}",
    .at_least = "{a} er minst {b}",
    .before = "{a} er før {b}",
    .no_later = "{a} er seinast {b}",
    .after = "{a} er etter {b}",
    .no_earlier = "{a} er tidlegast {b}",
    .in = "{a} er {b}",
    .not_in = "{a} er ikkje {b}",
    .is_not_so = "det er ikkje slik at {a}",
    .for_all = "For kvar {a} i {b}:",
    .not_for_all = "For minst éin {a} i {b} gjeld ikkje:",
    .exists = "For minst éin {a} i {b}:",
    .exists_not = "For ingen {a} i {b}:",
    .exists_one = "For nøyaktig éin {a} i {b}:",
    .not_exactly_one = "For ingen eller fleire enn éin {a} i {b}:",
    .has_entries = "{a} har minst éi oppføring",
    .no_entries = "{a} har ingen oppføringar",
    .filter = "kvar {a} i {b} der {c}",
    .map = "{c} for kvar {a} i {b}",
    .conditional = "{b} viss {a}, elles {c}",
    .first = "den første av {a}",
    .count = "talet i {a}",
    .sum = "summen av {a}",
    .days_between = "talet på dagar frå {a} til {b}",
    .working_days_between = "talet på vyrkedagar frå {a} til {b}",
    .plus_days = "{a} pluss {b} dagar",
    .plus_months = "{a} pluss {b} månader",
    .months = "{a} månader",
    .days = "{a} dagar",
    .in_cpv = "{a} ligg under CPV {b}",
    .matches = "{a} følgjer mønsteret {b}",
    .contains = "{a} inneheld {b}",
    .starts_with = "{a} byrjar med {b}",
    .date_of_law = "datoen retten blir fastsett etter",
    .lot = "delkontrakt",
    .plan = "plan",
};

constexpr Sentences kEnglish = {
    .all = "All of this holds:",
    .any = "At least one of these holds:",
    .not_all = "Not all of this holds:",
    .none = "None of this holds:",
    .not_so = "This does not hold:",
    .if_so = "If:",
    .then = "Then:",
    .otherwise = "Otherwise:",
    .always = "always",
    .and_word = "and",
    .or_word = "or",
    .yes = "yes",
    .no = "no",
    .is_true = "{a}: yes",
    .is_false = "{a}: no",
    .claimed = "{a}: stated as yes",
    .not_claimed = "{a}: not stated as yes",
    .has = "{a} is stated",
    .has_not = "{a} is not stated",
    .stated = "{a} is stated, be it as empty",
    .not_stated = "{a} is not stated, not even as empty",
    .equals = "{a} is {b}",
    .differs = "{a} is other than {b}",
    .less = "{a} is less than {b}",
    .at_most = "{a} is at most {b}",
    .more = "{a} is more than {b}",
    .at_least = "{a} is at least {b}",
    .before = "{a} is before {b}",
    .no_later = "{a} is no later than {b}",
    .after = "{a} is after {b}",
    .no_earlier = "{a} is no earlier than {b}",
    .in = "{a} is {b}",
    .not_in = "{a} is not {b}",
    .is_not_so = "it is not so that {a}",
    .for_all = "For each {a} in {b}:",
    .not_for_all = "For at least one {a} in {b} this does not hold:",
    .exists = "For at least one {a} in {b}:",
    .exists_not = "For no {a} in {b}:",
    .exists_one = "For exactly one {a} in {b}:",
    .not_exactly_one = "For none or more than one {a} in {b}:",
    .has_entries = "{a} has at least one entry",
    .no_entries = "{a} has no entries",
    .filter = "each {a} in {b} where {c}",
    .map = "{c} for each {a} in {b}",
    .conditional = "{b} if {a}, otherwise {c}",
    .first = "the first of {a}",
    .count = "the number in {a}",
    .sum = "the sum of {a}",
    .days_between = "the number of days from {a} to {b}",
    .working_days_between = "the number of working days from {a} to {b}",
    .plus_days = "{a} plus {b} days",
    .plus_months = "{a} plus {b} months",
    .months = "{a} months",
    .days = "{a} days",
    .in_cpv = "{a} is under CPV {b}",
    .matches = "{a} follows the pattern {b}",
    .contains = "{a} contains {b}",
    .starts_with = "{a} begins with {b}",
    .date_of_law = "the date of law",
    .lot = "lot",
    .plan = "plan",
};

}  // namespace

const Sentences& SentencesOf(engine::Language language) {
  switch (language) {
    case engine::Language::kNynorsk:
      return kNynorsk;
    case engine::Language::kEnglish:
      return kEnglish;
    case engine::Language::kBokmal:
      break;
  }
  return kBokmal;
}

Inlines Say(absl::string_view sentence, const Inlines& a, const Inlines& b,
            const Inlines& c) {
  Inlines said;
  while (!sentence.empty()) {
    const std::size_t brace = sentence.find('{');
    if (brace > 0) said.push_back(Text(std::string(sentence.substr(0, brace))));
    if (brace == absl::string_view::npos) break;
    // Every brace of a sentence is one of `{a}`, `{b}` and `{c}`.
    const char name = sentence[brace + 1];
    Append(name == 'a' ? a : name == 'b' ? b : c, said);
    sentence.remove_prefix(brace + 3);
  }
  return said;
}

}  // namespace klausul::ruleset::docs
