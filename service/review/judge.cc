#include "service/review/judge.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/civil_day.h"
#include "service/base/sha256.h"

namespace klausul::review {
namespace {

using engine::Language;
using v1::Finding;
using v1::Rule;

// Adds to the count of one severity.
void Add(v1::SeverityCounts& counts, Rule::Severity severity, int change) {
  switch (severity) {
    case Rule::ERROR:
      counts.set_error(counts.error() + change);
      break;
    case Rule::WARNING:
      counts.set_warning(counts.warning() + change);
      break;
    default:
      counts.set_advice(counts.advice() + change);
  }
}

std::string Choose(Language language, std::string nb, std::string nn,
                   std::string en) {
  return language == Language::kEnglish   ? en
         : language == Language::kNynorsk ? nn
                                          : nb;
}

std::string LighterNote(const Finding& finding, const SeverityChoice& choice,
                        Language language) {
  const std::string from = Rule::Severity_Name(finding.severity());
  const std::string to = Rule::Severity_Name(choice.severity);
  return Choose(language,
                absl::StrCat("`", finding.rule_id(), "` er satt ned fra ", from,
                             " til ", to, " (", choice.place, ")"),
                absl::StrCat("`", finding.rule_id(), "` er sett ned frå ", from,
                             " til ", to, " (", choice.place, ")"),
                absl::StrCat("`", finding.rule_id(), "` is taken down from ",
                             from, " to ", to, " (", choice.place, ")"));
}

std::string NotOffNote(const Finding& finding, const SeverityChoice& choice,
                       Language language) {
  return Choose(
      language,
      absl::StrCat("`", finding.rule_id(),
                   "` kan ikke slås av, bare fravikes med begrunnelse og "
                   "sluttdato (",
                   choice.place, ")"),
      absl::StrCat("`", finding.rule_id(),
                   "` kan ikkje slåast av, berre fråvikast med grunngiving og "
                   "sluttdato (",
                   choice.place, ")"),
      absl::StrCat("`", finding.rule_id(),
                   "` cannot be switched off, only waived with a reason and an "
                   "end date (",
                   choice.place, ")"));
}

// What is said of a waiver that has ended: a finding at the place of the
// breach that it covered.
Finding ExpiredFinding(const Finding& breach, const Waiver& waiver,
                       Language language) {
  const std::string until = FormatCivilDay(waiver.until);
  Finding finding;
  finding.set_rule_id(std::string(kExpiredWaiverRule));
  finding.set_outcome(Finding::VIOLATED);
  finding.set_severity(Rule::WARNING);
  finding.set_title(Choose(language, "Fravik som er utløpt",
                           "Fråvik som er gått ut", "A waiver that has ended"));
  finding.set_message(
      Choose(language,
             absl::StrCat("Fraviket fra `", breach.rule_id(),
                          "` gjaldt til og med ", until, " (", waiver.place,
                          ", ", waiver.owner, "): ", waiver.reason),
             absl::StrCat("Fråviket frå `", breach.rule_id(),
                          "` galdt til og med ", until, " (", waiver.place,
                          ", ", waiver.owner, "): ", waiver.reason),
             absl::StrCat("The waiver of `", breach.rule_id(), "` held until ",
                          until, " (", waiver.place, ", ", waiver.owner,
                          "): ", waiver.reason)));
  finding.set_remedy(
      Choose(language, "Rett funnet, eller ta stilling til fraviket på nytt.",
             "Rett funnet, eller ta stilling til fråviket på nytt.",
             "Mend the finding, or decide anew about the waiver."));
  finding.set_subject(breach.subject());
  *finding.mutable_locations() = breach.locations();
  // As that of any other finding, but of the finding it is about in the place
  // of fields.
  Sha256 digest;
  digest.UpdateField(kExpiredWaiverRule);
  digest.UpdateField(breach.fingerprint());
  finding.set_fingerprint(digest.HexDigest().substr(0, 32));
  return finding;
}

class Judgement {
 public:
  Judgement(const Decisions& decisions, v1::DocumentReport& report)
      : decisions_(decisions),
        report_(report),
        counts_(*report.mutable_counts()) {}

  void Run() {
    if (decisions_.config != nullptr) ChooseSeverities();
    Waive();
    if (decisions_.baseline != nullptr) MarkKnown();
  }

 private:
  void ChooseSeverities() {
    auto& findings = *report_.mutable_findings();
    const auto gone =
        std::remove_if(findings.begin(), findings.end(), [&](Finding& finding) {
          const SeverityChoice* choice =
              decisions_.config->ChoiceFor(finding.rule_id());
          return choice != nullptr && !Keep(*choice, finding);
        });
    findings.erase(gone, findings.end());
    report_.mutable_notes()->Add(notes_.begin(), notes_.end());
  }

  // Gives a finding its new severity; false where it is off.
  bool Keep(const SeverityChoice& choice, Finding& finding) {
    const bool is_broken = finding.outcome() == Finding::VIOLATED;
    const bool is_open = finding.outcome() == Finding::UNDETERMINED;
    if (choice.severity == Rule::SEVERITY_UNSPECIFIED) {
      if (finding.severity() != Rule::ADVICE) {
        if (is_broken) {
          notes_.insert(NotOffNote(finding, choice, decisions_.language));
        }
        return true;
      }
      if (is_broken) Add(*counts_.mutable_violated(), Rule::ADVICE, -1);
      if (is_open) counts_.set_undetermined(counts_.undetermined() - 1);
      return !is_broken && !is_open;
    }
    if (is_broken) {
      if (choice.severity < finding.severity()) {
        notes_.insert(LighterNote(finding, choice, decisions_.language));
      }
      Add(*counts_.mutable_violated(), finding.severity(), -1);
      Add(*counts_.mutable_violated(), choice.severity, 1);
    }
    finding.set_severity(choice.severity);
    return true;
  }

  void Waive() {
    std::vector<Finding> expired;
    for (Finding& finding : *report_.mutable_findings()) {
      if (finding.outcome() != Finding::VIOLATED) continue;
      const Waiver* waiver = WaiverFor(finding);
      if (waiver == nullptr) continue;
      if (waiver->until < decisions_.today) {
        expired.push_back(
            ExpiredFinding(finding, *waiver, decisions_.language));
        Add(*counts_.mutable_violated(), Rule::WARNING, 1);
        continue;
      }
      finding.set_outcome(Finding::WAIVED);
      finding.mutable_waiver()->set_reason(waiver->reason);
      finding.mutable_waiver()->set_owner(waiver->owner);
      finding.mutable_waiver()->set_until(FormatCivilDay(waiver->until));
      Add(*counts_.mutable_violated(), finding.severity(), -1);
      counts_.set_waived(counts_.waived() + 1);
    }
    if (expired.empty()) return;
    report_.mutable_findings()->Add(expired.begin(), expired.end());
    std::stable_sort(report_.mutable_findings()->begin(),
                     report_.mutable_findings()->end(),
                     [](const Finding& a, const Finding& b) {
                       return std::tie(a.rule_id(), a.subject()) <
                              std::tie(b.rule_id(), b.subject());
                     });
  }

  // The first that covers the finding and holds; else the last to have ended.
  const Waiver* WaiverFor(const Finding& finding) const {
    const Waiver* ended = nullptr;
    for (const Decisions::Scope& scope : decisions_.waivers) {
      for (const Waiver& waiver : *scope.waivers) {
        if (!waiver.Covers(finding, report_.plan_id(), scope.path)) continue;
        if (waiver.until >= decisions_.today) return &waiver;
        if (ended == nullptr || ended->until < waiver.until) ended = &waiver;
      }
    }
    return ended;
  }

  void MarkKnown() {
    v1::SeverityCounts& known = *counts_.mutable_known();
    known.set_error(0);
    known.set_warning(0);
    known.set_advice(0);
    for (Finding& finding : *report_.mutable_findings()) {
      if (finding.outcome() == Finding::VIOLATED &&
          decisions_.baseline->Contains(finding.fingerprint())) {
        finding.set_known(true);
        Add(known, finding.severity(), 1);
      }
    }
  }

  const Decisions& decisions_;
  v1::DocumentReport& report_;
  v1::OutcomeCounts& counts_;
  // Each once, however many lots.
  std::set<std::string> notes_;
};

}  // namespace

void Judge(const Decisions& decisions, v1::DocumentReport& report) {
  if (!report.has_error()) Judgement(decisions, report).Run();
}

}  // namespace klausul::review
