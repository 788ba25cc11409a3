#ifndef KLAUSUL_SERVICE_REPORT_HTML_WORDS_H_
#define KLAUSUL_SERVICE_REPORT_HTML_WORDS_H_

#include "absl/strings/string_view.h"

namespace klausul::report {

// What only the page says, beside the words of words.h.
struct HtmlWords {
  absl::string_view language;
  absl::string_view heading, lead;
  absl::string_view by_provision, by_buyer, by_month, chart_note;
  absl::string_view provision, buyer, month, document, severity, search, total;
  absl::string_view all, reset, no_buyer, others, table;
  // `Showing` n `of` m `findings`.
  absl::string_view showing, of, findings;
  absl::string_view undecided, not_listed, nothing_found, fields;
};

inline constexpr HtmlWords kHtmlBokmal = {
    .language = "nb",
    .heading = "Kontroll av anskaffelser",
    .lead = "Hva regelverket sier om dokumentene. Funn er ikke juridiske råd.",
    .by_provision = "Funn etter bestemmelse",
    .by_buyer = "Funn etter oppdragsgiver",
    .by_month = "Funn etter måned (dato for rettstilstanden)",
    .chart_note =
        "Velg en søyle for å se funnene. Et funn med flere bestemmelser teller "
        "under hver av dem.",
    .provision = "Bestemmelse",
    .buyer = "Oppdragsgiver",
    .month = "Måned",
    .document = "Dokument",
    .severity = "Alvorlighet",
    .search = "Søk i teksten",
    .total = "Sum",
    .all = "Alle",
    .reset = "Vis alt",
    .no_buyer = "(ikke oppgitt)",
    .others = "andre",
    .table = "Som tabell",
    .showing = "Viser",
    .of = "av",
    .findings = "funn",
    .undecided = "Uavklarte",
    .not_listed =
        "Rapporten er for stor til å vise alle dokumentene her; de er talt med "
        "ovenfor. Bruk csv eller jsonl for å få med alt. Ikke vist:",
    .nothing_found = "Ingen funn passer til utvalget.",
    .fields = "Felt",
};

inline constexpr HtmlWords kHtmlNynorsk = {
    .language = "nn",
    .heading = "Kontroll av innkjøp",
    .lead = "Kva regelverket seier om dokumenta. Funn er ikkje juridiske råd.",
    .by_provision = "Funn etter føresegn",
    .by_buyer = "Funn etter oppdragsgivar",
    .by_month = "Funn etter månad (dato for rettstilstanden)",
    .chart_note =
        "Vel ei søyle for å sjå funna. Eit funn med fleire føresegner tel "
        "under kvar av dei.",
    .provision = "Føresegn",
    .buyer = "Oppdragsgivar",
    .month = "Månad",
    .document = "Dokument",
    .severity = "Alvor",
    .search = "Søk i teksten",
    .total = "Sum",
    .all = "Alle",
    .reset = "Vis alt",
    .no_buyer = "(ikkje oppgitt)",
    .others = "andre",
    .table = "Som tabell",
    .showing = "Viser",
    .of = "av",
    .findings = "funn",
    .undecided = "Uavklarte",
    .not_listed =
        "Rapporten er for stor til å vise alle dokumenta her; dei er talde med "
        "ovanfor. Bruk csv eller jsonl for å få med alt. Ikkje viste:",
    .nothing_found = "Ingen funn passar til utvalet.",
    .fields = "Felt",
};

inline constexpr HtmlWords kHtmlEnglish = {
    .language = "en",
    .heading = "Procurement compliance check",
    .lead =
        "What the rules say of the documents. Findings are no legal advice.",
    .by_provision = "Findings by provision",
    .by_buyer = "Findings by buyer",
    .by_month = "Findings by month (date of law)",
    .chart_note =
        "Choose a bar to see its findings. A finding with several provisions "
        "counts under each.",
    .provision = "Provision",
    .buyer = "Buyer",
    .month = "Month",
    .document = "Document",
    .severity = "Severity",
    .search = "Search the text",
    .total = "Total",
    .all = "All",
    .reset = "Show all",
    .no_buyer = "(not stated)",
    .others = "others",
    .table = "As a table",
    .showing = "Showing",
    .of = "of",
    .findings = "findings",
    .undecided = "Undecided",
    .not_listed =
        "The report is too large to list every document here; all are counted "
        "above. Use csv or jsonl for the whole. Not listed:",
    .nothing_found = "No finding fits the selection.",
    .fields = "Fields",
};

// Words of `nb`, `nn` or `en`; bokmål for any other language.
inline const HtmlWords& HtmlWordsOf(absl::string_view language) {
  if (language == "en") return kHtmlEnglish;
  if (language == "nn") return kHtmlNynorsk;
  return kHtmlBokmal;
}

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_WORDS_H_
