#include "service/review/advice/candidate_verdict.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

#include "service/base/status_macros.h"

namespace klausul::review {
namespace {

using v1::AdviceCatalogue;
using v1::Finding;
using v1::ProcedureAdvice;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

bool Contains(const Ids& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// What the rules say, sorted by what it means for the candidate.
struct Answers {
  std::vector<const engine::RuleResult*> bars, conditions, open, support;
};

// The buyer settles it by choosing the candidate.
bool IsSettled(const std::string& path,
               const AdviceCatalogue::Candidate& candidate) {
  return std::any_of(
      candidate.conditions().begin(), candidate.conditions().end(),
      [&](const std::string& prefix) { return IsUnder(path, prefix); });
}

// It rests on something, and all of that is the buyer's to settle.
bool IsSettledByChoice(const engine::RuleResult& result,
                       const AdviceCatalogue::Candidate& candidate) {
  return !result.missing.empty() && result.reasons.empty() &&
         std::all_of(result.missing.begin(), result.missing.end(),
                     [&](const std::string& path) {
                       return IsSettled(path, candidate);
                     });
}

Answers Sort(const std::vector<engine::RuleResult>& results,
             const AdviceCatalogue& catalogue,
             const AdviceCatalogue::Candidate& candidate) {
  Answers answers;
  for (const engine::RuleResult& result : results) {
    const bool chooses = Contains(catalogue.choice_rules(), result.rule->id());
    if (IsBroken(result)) {
      const bool bars = chooses && result.rule->severity() == v1::Rule::ERROR;
      (bars ? answers.bars : answers.conditions).push_back(&result);
    } else if (IsOpen(result)) {
      if (IsSettledByChoice(result, candidate)) {
        answers.conditions.push_back(&result);
      } else if (chooses) {
        answers.open.push_back(&result);
      }
    } else if (chooses && result.outcome == Finding::SATISFIED) {
      answers.support.push_back(&result);
    }
  }
  return answers;
}

// The same choice, under this law or another.
bool IsSameChoice(const AdviceCatalogue::Candidate& a,
                  const AdviceCatalogue::Candidate& b) {
  return std::equal(
      a.settings().begin(), a.settings().end(), b.settings().begin(),
      b.settings().end(),
      [](const AdviceCatalogue::Setting& x, const AdviceCatalogue::Setting& y) {
        return x.path() == y.path() && x.value() == y.value();
      });
}

// How many of the regimes have the choice, and whether it is for this candidate
// to speak for it: the one of the law at hand, or where that is open the first.
struct Standing {
  std::size_t have = 0;
  bool speaks = true;
};

Standing StandingOf(const AdviceCatalogue& catalogue,
                    const AdviceCatalogue::Candidate& candidate,
                    const std::vector<PossibleRegime>& regimes) {
  Standing standing;
  const AdviceCatalogue::Candidate* speaker = nullptr;
  for (const AdviceCatalogue::Candidate& other : catalogue.candidates()) {
    if (!IsSameChoice(candidate, other)) continue;
    std::size_t has = 0;
    for (const PossibleRegime& possible : regimes) {
      if (Contains(other.regimes(), possible.regime->id())) ++has;
    }
    standing.have += has;
    if (has > 0 && speaker == nullptr) speaker = &other;
  }
  // Of a choice that no law at hand has, the first candidate says so.
  for (const AdviceCatalogue::Candidate& other : catalogue.candidates()) {
    if (speaker == nullptr && IsSameChoice(candidate, other)) speaker = &other;
  }
  standing.speaks = speaker == nullptr || speaker->id() == candidate.id();
  return standing;
}

// The law has no such procedure, and no rule had to say so.
Finding ClosedReason(const RuleAsker& asker,
                     const AdviceCatalogue::Regime& regime) {
  Finding reason;
  reason.set_outcome(Finding::VIOLATED);
  reason.set_severity(v1::Rule::ERROR);
  reason.set_title(asker.Pick(regime.title()));
  reason.set_message(asker.Pick(regime.closed()));
  *reason.mutable_legal_basis() = regime.closed_basis();
  return reason;
}

}  // namespace

bool IsUnder(absl::string_view path, absl::string_view prefix) {
  if (absl::StartsWith(path, "lots[")) {
    const std::size_t end = path.find("].");
    if (end != absl::string_view::npos) path.remove_prefix(end + 2);
  }
  return absl::ConsumePrefix(&path, prefix) &&
         (path.empty() || path.front() == '.' || path.front() == '[');
}

absl::StatusOr<absl::optional<ProcedureAdvice>> JudgeCandidate(
    const RuleAsker& asker, const AdviceCatalogue& catalogue,
    const AdviceCatalogue::Candidate& candidate,
    const std::vector<PossibleRegime>& regimes,
    const v1::ProcurementPlan& plan) {
  const Standing standing = StandingOf(catalogue, candidate, regimes);
  if (!standing.speaks) return absl::optional<ProcedureAdvice>();
  std::vector<std::string> ids(catalogue.choice_rules().begin(),
                               catalogue.choice_rules().end());
  ids.insert(ids.end(), catalogue.condition_rules().begin(),
             catalogue.condition_rules().end());
  ASSIGN_OR_RETURN(const std::vector<engine::RuleResult> results,
                   asker.Ask(plan, std::move(ids)));
  const Answers answers = Sort(results, catalogue, candidate);

  ProcedureAdvice advice;
  advice.set_id(candidate.id());
  advice.set_title(asker.Pick(candidate.title()));
  advice.set_group(candidate.group());
  advice.set_procedure(plan.procedure().kind());
  if (candidate.group() == AdviceCatalogue::DIRECT_AWARD) {
    advice.set_ground(plan.direct_award().ground());
  }
  *advice.mutable_legal_basis() = candidate.legal_basis();
  *advice.mutable_register_() = candidate.register_();
  const auto conclude =
      [&](ProcedureAdvice::Verdict verdict,
          const std::vector<const engine::RuleResult*>& reasons) {
        advice.set_verdict(verdict);
        for (const engine::RuleResult* reason : reasons) {
          *advice.add_reasons() = asker.ToFinding(*reason);
        }
        return absl::optional<ProcedureAdvice>(advice);
      };

  if (!answers.bars.empty()) {
    return conclude(ProcedureAdvice::NOT_ALLOWED, answers.bars);
  }
  std::set<std::string> missing;
  for (const PossibleRegime& possible : regimes) {
    missing.insert(possible.missing.begin(), possible.missing.end());
  }
  if (standing.have == 0) {
    if (regimes.size() != 1 || !regimes.front().regime->has_closed() ||
        candidate.group() != AdviceCatalogue::PROCEDURE) {
      return absl::optional<ProcedureAdvice>();
    }
    *advice.add_reasons() = ClosedReason(asker, *regimes.front().regime);
    return conclude(ProcedureAdvice::NOT_ALLOWED, {});
  }
  if (standing.have < regimes.size() || !answers.open.empty()) {
    for (const engine::RuleResult* open : answers.open) {
      std::copy_if(
          open->missing.begin(), open->missing.end(),
          std::inserter(missing, missing.end()),
          [&](const std::string& path) { return !IsSettled(path, candidate); });
    }
    advice.mutable_missing()->Add(missing.begin(), missing.end());
    return conclude(ProcedureAdvice::UNDECIDED, answers.open);
  }
  if (!answers.conditions.empty()) {
    return conclude(ProcedureAdvice::ALLOWED_ON_CONDITIONS, answers.conditions);
  }
  return conclude(ProcedureAdvice::ALLOWED, answers.support);
}

}  // namespace klausul::review
