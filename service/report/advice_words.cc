#include "service/report/advice_words.h"

namespace klausul::report {
namespace {

constexpr AdviceWords kBokmal = {
    .title = "Råd om prosedyre",
    .governs = "Gjelder",
    .may_govern = "Kan gjelde",
    .counted_from = "Tid regnet fra",
    .procedures = "Prosedyrer",
    .verdict = "SVAR",
    .earliest = "TIDLIGST KONTRAKT",
    .procedure = "PROSEDYRE",
    .allowed = "tillatt",
    .on_conditions = "på vilkår",
    .undecided = "uavklart",
    .not_allowed = "ikke tillatt",
    .direct_awards = "Uten konkurranse: grunnlag som kan brukes på vilkår",
    .no_direct_awards = "Ikke grunnlag for direkte tildeling her",
    .open_direct_awards = "Uavklart om disse grunnlagene kan brukes",
    .condition = "Vilkår",
    .because = "Fordi",
    .open = "Avgjøres av",
    .at_least = "minst {0} dager",
    .sure = "{0} dager er nok uansett",
    .advised = "under {0} dager er en risiko",
    .reduced = "{0} dager {1}",
    .no_fixed = "ingen fast frist",
    .depends_on = "avhenger av",
    .open_facts = "Opplysninger som avgjør mest",
    .rules = "regler",
    .alone = "alene",
    .open_procedures = "prosedyrer",
    .opportunities = "Muligheter for sosialt ansvar og sosiale entreprenører",
    .no_own_time =
        "Datoene gir ikke tid til oppdragsgivers eget arbeid, som evaluering.",
    .law_of = "rett per",
    .rule_sets = "regler",
    .note = "Merk",
    .fact = "OPPLYSNING",
    .not_stated = "ikke oppgitt i planen",
    .to_be_met = "må være oppfylt",
};

constexpr AdviceWords kNynorsk = {
    .title = "Råd om prosedyre",
    .governs = "Gjeld",
    .may_govern = "Kan gjelde",
    .counted_from = "Tid rekna frå",
    .procedures = "Prosedyrar",
    .verdict = "SVAR",
    .earliest = "TIDLEGAST KONTRAKT",
    .procedure = "PROSEDYRE",
    .allowed = "tillaten",
    .on_conditions = "på vilkår",
    .undecided = "uavklart",
    .not_allowed = "ikkje tillaten",
    .direct_awards = "Utan konkurranse: grunnlag som kan brukast på vilkår",
    .no_direct_awards = "Ikkje grunnlag for direkte tildeling her",
    .open_direct_awards = "Uavklart om desse grunnlaga kan brukast",
    .condition = "Vilkår",
    .because = "Fordi",
    .open = "Blir avgjort av",
    .at_least = "minst {0} dagar",
    .sure = "{0} dagar er nok uansett",
    .advised = "under {0} dagar er ein risiko",
    .reduced = "{0} dagar {1}",
    .no_fixed = "ingen fast frist",
    .depends_on = "kjem an på",
    .open_facts = "Opplysningar som avgjer mest",
    .rules = "reglar",
    .alone = "åleine",
    .open_procedures = "prosedyrar",
    .opportunities = "Høve for sosialt ansvar og sosiale entreprenørar",
    .no_own_time =
        "Datoane gir ikkje tid til oppdragsgivaren sitt eige arbeid, som "
        "evaluering.",
    .law_of = "rett per",
    .rule_sets = "reglar",
    .note = "Merk",
    .fact = "OPPLYSNING",
    .not_stated = "ikkje oppgitt i planen",
    .to_be_met = "må vere oppfylt",
};

constexpr AdviceWords kEnglish = {
    .title = "Advice on procedure",
    .governs = "Governing law",
    .may_govern = "May govern",
    .counted_from = "Time counted from",
    .procedures = "Procedures",
    .verdict = "ANSWER",
    .earliest = "EARLIEST CONTRACT",
    .procedure = "PROCEDURE",
    .allowed = "allowed",
    .on_conditions = "on conditions",
    .undecided = "undecided",
    .not_allowed = "not allowed",
    .direct_awards =
        "Without competition: grounds that may be used on conditions",
    .no_direct_awards = "No ground for a direct award here",
    .open_direct_awards = "Undecided whether these grounds may be used",
    .condition = "Condition",
    .because = "Because",
    .open = "Decided by",
    .at_least = "at least {0} days",
    .sure = "{0} days are enough in any case",
    .advised = "under {0} days is a risk",
    .reduced = "{0} days {1}",
    .no_fixed = "no fixed limit",
    .depends_on = "depends on",
    .open_facts = "Facts that decide most",
    .rules = "rules",
    .alone = "alone",
    .open_procedures = "procedures",
    .opportunities = "Social opportunities",
    .no_own_time =
        "The dates leave no time for the buyer’s own work, such as evaluation.",
    .law_of = "law of",
    .rule_sets = "rules",
    .note = "Note",
    .fact = "FACT",
    .not_stated = "not stated in the plan",
    .to_be_met = "has to be met",
};

}  // namespace

const AdviceWords& AdviceWordsOf(absl::string_view language) {
  if (language == "en") return kEnglish;
  if (language == "nn") return kNynorsk;
  return kBokmal;
}

}  // namespace klausul::report
