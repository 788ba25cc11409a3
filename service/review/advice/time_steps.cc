#include "service/review/advice/time_steps.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/base/civil_day.h"
#include "service/base/status_macros.h"

namespace klausul::review {
namespace {

using v1::AdviceCatalogue;

// What the rules of a step say of one length.
struct Probe {
  // Of its rules.
  bool broken = false;
  bool open = false;
  // Of its advised rules.
  bool risky = false;
  bool doubtful = false;
  std::vector<engine::RuleResult> results;
};

bool Has(const google::protobuf::RepeatedPtrField<std::string>& ids,
         const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class StepWalker {
 public:
  StepWalker(const RuleAsker& asker, const AdviceCatalogue::Step& step,
             absl::CivilDay start)
      : asker_(asker), step_(step), start_(start) {
    ids_.assign(step.rules().begin(), step.rules().end());
    ids_.insert(ids_.end(), step.advised_rules().begin(),
                step.advised_rules().end());
  }

  // Gives `plan` the length, and asks.
  absl::StatusOr<Probe> Try(int days, v1::ProcurementPlan& plan) const {
    RETURN_IF_ERROR(SetLength(days, plan));
    Probe probe;
    ASSIGN_OR_RETURN(probe.results, asker_.Ask(plan, ids_));
    for (const engine::RuleResult& result : probe.results) {
      const bool binds = Has(step_.rules(), result.rule->id());
      (binds ? probe.broken : probe.risky) |= IsBroken(result);
      (binds ? probe.open : probe.doubtful) |= IsOpen(result);
    }
    return probe;
  }

  absl::Status SetLength(int days, v1::ProcurementPlan& plan) const {
    RETURN_IF_ERROR(SetField(step_.from_path(), FormatCivilDay(start_), plan));
    return step_.days_path().empty()
               ? SetField(step_.to_path(), FormatCivilDay(start_ + days), plan)
               : SetField(step_.days_path(), absl::StrCat(days), plan);
  }

  // The smallest length from `least` on that `fits`; nullopt where the longest
  // does not.
  absl::StatusOr<absl::optional<int>> Smallest(
      int least, v1::ProcurementPlan& plan,
      absl::FunctionRef<bool(const Probe&)> fits) const {
    ASSIGN_OR_RETURN(const Probe first, Try(least, plan));
    if (fits(first)) return absl::optional<int>(least);
    ASSIGN_OR_RETURN(const Probe last, Try(kMaxStepDays, plan));
    if (!fits(last)) return absl::optional<int>();
    int low = least;  // does not fit
    int high = kMaxStepDays;
    while (high - low > 1) {
      const int middle = low + (high - low) / 2;
      ASSIGN_OR_RETURN(const Probe probe, Try(middle, plan));
      (fits(probe) ? high : low) = middle;
    }
    return absl::optional<int>(high);
  }

 private:
  const RuleAsker& asker_;
  const AdviceCatalogue::Step& step_;
  const absl::CivilDay start_;
  std::vector<std::string> ids_;
};

bool NotBroken(const Probe& probe) {
  return !probe.broken;
}

// What a day less would break: of the rules that bind, or where none sets the
// limit, of the advised ones.
absl::Status AddReasons(const AdviceCatalogue::Step& step,
                        const RuleAsker& asker, const StepWalker& walker,
                        int days, v1::ProcurementPlan& plan,
                        v1::TimeStep& out) {
  ASSIGN_OR_RETURN(const Probe probe, walker.Try(days - 1, plan));
  for (const engine::RuleResult& result : probe.results) {
    const bool binds = Has(step.rules(), result.rule->id());
    if (IsBroken(result) && binds == out.has_days_min()) {
      *out.add_reasons() = asker.ToFinding(result);
    }
  }
  return absl::OkStatus();
}

absl::Status AddReductions(const AdviceCatalogue::Step& step,
                           const RuleAsker& asker, const StepWalker& walker,
                           const v1::ProcurementPlan& plan, v1::TimeStep& out) {
  for (const AdviceCatalogue::Reduction& reduction : step.reductions()) {
    v1::ProcurementPlan reduced = plan;
    RETURN_IF_ERROR(Vary({}, reduction.settings(), reduced));
    ASSIGN_OR_RETURN(const absl::optional<int> days,
                     walker.Smallest(0, reduced, NotBroken));
    if (!days.has_value() || *days == 0 || *days >= out.days_min()) continue;
    v1::TimeStep::Reduction& to = *out.add_reductions();
    to.set_title(asker.Pick(reduction.title()));
    to.set_days_min(*days);
  }
  return absl::OkStatus();
}

// Fills the numbers of one step and leaves `plan` with its dates; gives the
// days that the step takes.
absl::StatusOr<int> WalkStep(const RuleAsker& asker,
                             const AdviceCatalogue::Step& step,
                             absl::CivilDay start, v1::ProcurementPlan& plan,
                             v1::TimeStep& out) {
  const StepWalker walker(asker, step, start);
  ASSIGN_OR_RETURN(const absl::optional<int> least,
                   walker.Smallest(0, plan, NotBroken));
  const int days_min = least.value_or(0);
  if (days_min > 0) {
    out.set_days_min(days_min);
    ASSIGN_OR_RETURN(const Probe probe, walker.Try(days_min, plan));
    std::set<std::string> missing;
    for (const engine::RuleResult& result : probe.results) {
      if (Has(step.rules(), result.rule->id()) && IsOpen(result)) {
        missing.insert(result.missing.begin(), result.missing.end());
      }
    }
    out.mutable_missing()->Add(missing.begin(), missing.end());
    ASSIGN_OR_RETURN(const absl::optional<int> sure,
                     walker.Smallest(days_min, plan, [](const Probe& longer) {
                       return !longer.broken && !longer.open;
                     }));
    if (sure.has_value() && *sure > days_min) out.set_days_sure(*sure);
    RETURN_IF_ERROR(AddReasons(step, asker, walker, days_min, plan, out));
    RETURN_IF_ERROR(AddReductions(step, asker, walker, plan, out));
  }
  ASSIGN_OR_RETURN(const absl::optional<int> advised,
                   walker.Smallest(days_min, plan, [](const Probe& probe) {
                     return !probe.broken && !probe.risky && !probe.doubtful;
                   }));
  if (advised.has_value() && *advised > days_min) {
    out.set_days_advised(*advised);
    if (days_min == 0) {
      RETURN_IF_ERROR(AddReasons(step, asker, walker, *advised, plan, out));
    }
  }
  int days = out.has_days_min() ? days_min : out.days_advised();
  // An end on a day of rest moves on.
  for (int moved = 0; moved < kMaxRestDays; ++moved) {
    ASSIGN_OR_RETURN(const Probe probe, walker.Try(days, plan));
    if (!probe.broken && !probe.risky) return days;
    ++days;
  }
  // Broken for some other reason than the length.
  days -= kMaxRestDays;
  RETURN_IF_ERROR(walker.SetLength(days, plan));
  return days;
}

}  // namespace

absl::StatusOr<Timeline> WalkSteps(
    const RuleAsker& asker,
    const std::vector<const v1::AdviceCatalogue::Step*>& steps,
    absl::CivilDay start, v1::ProcurementPlan plan) {
  Timeline timeline;
  for (const AdviceCatalogue::Step* step : steps) {
    v1::TimeStep out;
    out.set_id(step->id());
    out.set_kind(step->kind());
    out.set_title(asker.Pick(step->title()));
    ASSIGN_OR_RETURN(const int days, WalkStep(asker, *step, start, plan, out));
    out.set_from_date(FormatCivilDay(start));
    out.set_to_date(FormatCivilDay(start + days));
    if (!step->parallel()) {
      timeline.end = start + days;
      start = timeline.end + step->gap_days();
    }
    if (out.has_days_min() || out.has_days_advised()) {
      timeline.steps.push_back(std::move(out));
    }
  }
  return timeline;
}

}  // namespace klausul::review
