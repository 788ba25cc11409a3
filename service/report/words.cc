#include "service/report/words.h"

namespace klausul::report {
namespace {

constexpr Words kBokmal = {
    .error = "BRUDD",
    .warning = "RISIKO",
    .advice = "MULIGHET",
    .undecided = "UAVKLART",
    .failed = "FEILET",
    .waived = "FRAVEKET",
    .satisfied = "OPPFYLT",
    .not_applicable = "IKKE AKTUELL",
    .remedy = "Slik rettes det",
    .consequence = "Mulig følge",
    .missing = "mangler",
    .reason = "årsak",
    .lot = "delkontrakt",
    .facts = "Fakta",
    .note = "Merk",
    .law_of = "rett per",
    .rules = "regler",
    .unreadable = "KAN IKKE LESES",
    .no_findings = "Ingen funn.",
    .requested = "som bedt om",
    .started = "da anskaffelsen ble startet",
    .planned = "planlagt kunngjøring",
    .today = "i dag",
    .unverified = "grunnlaget er ikke verifisert",
    .documents = "dokumenter",
    .errors = "brudd",
    .warnings = "risikoer",
    .opportunities = "muligheter",
    .undecided_rules = "uavklarte",
    .unreadable_files = "uleselige",
    .skipped_files = "hoppet over",
    .failed_rules = "feilet",
    .waived_findings = "fraveket",
    .known_findings = "kjente",
    .known = "kjent",
    .document_is_read = "dokumentet er lest",
    .deciding = "Dette avklarer mest",
    .waived_until = "fraveket til",
};

constexpr Words kNynorsk = {
    .error = "BROT",
    .warning = "RISIKO",
    .advice = "HØVE",
    .undecided = "UAVKLART",
    .failed = "FEILA",
    .waived = "FRÅVIKE",
    .satisfied = "OPPFYLT",
    .not_applicable = "IKKJE AKTUELL",
    .remedy = "Slik rettar du det",
    .consequence = "Mogleg følgje",
    .missing = "manglar",
    .reason = "årsak",
    .lot = "delkontrakt",
    .facts = "Fakta",
    .note = "Merk",
    .law_of = "rett per",
    .rules = "reglar",
    .unreadable = "KAN IKKJE LESAST",
    .no_findings = "Ingen funn.",
    .requested = "som beden om",
    .started = "då innkjøpet vart starta",
    .planned = "planlagd kunngjering",
    .today = "i dag",
    .unverified = "grunnlaget er ikkje verifisert",
    .documents = "dokument",
    .errors = "brot",
    .warnings = "risikoar",
    .opportunities = "høve",
    .undecided_rules = "uavklarte",
    .unreadable_files = "uleselege",
    .skipped_files = "hoppa over",
    .failed_rules = "feila",
    .waived_findings = "fråvikne",
    .known_findings = "kjende",
    .known = "kjend",
    .document_is_read = "dokumentet er lese",
    .deciding = "Dette avklarer mest",
    .waived_until = "fråvike til",
};

constexpr Words kEnglish = {
    .error = "BREACH",
    .warning = "RISK",
    .advice = "OPPORTUNITY",
    .undecided = "UNDECIDED",
    .failed = "FAILED",
    .waived = "WAIVED",
    .satisfied = "SATISFIED",
    .not_applicable = "NOT APPLICABLE",
    .remedy = "To mend it",
    .consequence = "What may follow",
    .missing = "missing",
    .reason = "reason",
    .lot = "lot",
    .facts = "Facts",
    .note = "Note",
    .law_of = "law of",
    .rules = "rules",
    .unreadable = "UNREADABLE",
    .no_findings = "No findings.",
    .requested = "as requested",
    .started = "when the procurement started",
    .planned = "planned notice",
    .today = "today",
    .unverified = "the basis is not verified",
    .documents = "documents",
    .errors = "breaches",
    .warnings = "risks",
    .opportunities = "opportunities",
    .undecided_rules = "undecided",
    .unreadable_files = "unreadable",
    .skipped_files = "skipped",
    .failed_rules = "failed",
    .waived_findings = "waived",
    .known_findings = "known",
    .known = "known",
    .document_is_read = "the document is read",
    .deciding = "What decides most",
    .waived_until = "waived until",
};

}  // namespace

const Words& WordsOf(absl::string_view language) {
  if (language == "en") return kEnglish;
  if (language == "nn") return kNynorsk;
  return kBokmal;
}

absl::string_view LabelOf(const Words& words, const v1::Finding& finding) {
  switch (finding.outcome()) {
    case v1::Finding::VIOLATED:
      if (finding.severity() == v1::Rule::ERROR) return words.error;
      return finding.severity() == v1::Rule::WARNING ? words.warning
                                                     : words.advice;
    case v1::Finding::UNDETERMINED:
      return words.undecided;
    case v1::Finding::FAILED:
      return words.failed;
    case v1::Finding::WAIVED:
      return words.waived;
    case v1::Finding::SATISFIED:
      return words.satisfied;
    default:
      return words.not_applicable;
  }
}

}  // namespace klausul::report
