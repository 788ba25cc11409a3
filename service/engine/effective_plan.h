#ifndef KLAUSUL_SERVICE_ENGINE_EFFECTIVE_PLAN_H_
#define KLAUSUL_SERVICE_ENGINE_EFFECTIVE_PLAN_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/descriptor.h"

#include "klausul/v1/plan.pb.h"

namespace klausul::engine {

// The field of a lot that inherits from the plan's field of that name, such as
// `award`; null where the name is none of those.
const google::protobuf::FieldDescriptor* FindLotGroup(absl::string_view name);

// A plan as rules read it: a copy in which what is not stated is absent, what
// follows from the model's own conventions is filled in, and every lot has
// inherited from the plan.
//
//  - Empty strings, `UNSPECIFIED` enum values, amounts without a currency and
//    messages with nothing in them are cleared.
//  - `Reasoned.on_file` is true where another part is set; amounts without
//    `vat` have the plan's `vat_basis`.
//  - `division.divided: false` states the list `lots` as none.
//  - A lot's field is its own where stated, else the plan's: lists and
//    messages whole, maps key by key; amounts of `contract` and `framework`
//    are never inherited.
//
// Paths that an evaluation reports speak of the effective plan
// (`lots[2].award.criteria`); PlanPath() leads back to where a client finds or
// would enter the value (`award.criteria`, where it was inherited).
//
// For one call: not thread-safe.
class EffectivePlan {
 public:
  // What a rule `for_each: lots` walks over.
  enum class Lots {
    // The plan is one lot: it is not divided, or does not say.
    kUndivided,
    // The lots of the plan.
    kListed,
    // Divided, and no lot is listed yet: one lot, whose amounts are unknown.
    kUnlisted,
  };

  // Paths in the form of `ProcurementPlan.stated_empty`.
  struct Presence {
    absl::flat_hash_set<std::string> stated_empty;
    absl::flat_hash_set<std::string> still_open;
    absl::flat_hash_set<std::string> complete;
  };

  // Lots multiply what they inherit; this bounds lots times bytes of the plan's
  // inheritable parts. Real plans stay under a hundredth of it.
  static constexpr std::size_t kMaxInheritedBytes = std::size_t{128} << 20;

  // RESOURCE_EXHAUSTED where the bound above is met.
  static absl::StatusOr<std::unique_ptr<const EffectivePlan>> Make(
      const v1::ProcurementPlan& plan);

  EffectivePlan(const EffectivePlan&) = delete;
  EffectivePlan& operator=(const EffectivePlan&) = delete;

  // Normalised; its `lots` are effective lots.
  const v1::ProcurementPlan& plan() const { return *plan_; }

  Lots lots() const { return lots_; }

  // At least one.
  std::size_t lot_count() const { return lot_views_.size(); }

  // An effective lot. For kUndivided and kUnlisted made from the plan, when it
  // is first asked for.
  const v1::Lot& lot(std::size_t index) const {
    if (lot_views_[index].lot == nullptr) MakeWhole();
    return *lot_views_[index].lot;
  }

  // The id of the lot, as a finding names its subject; may be empty.
  const std::string& subject(std::size_t index) const {
    return lot_views_[index].subject;
  }

  // The root under which expressions know a lot's message: `lots[2]`, or `lot`
  // where none is listed.
  const std::string& lot_root(std::size_t index) const {
    return lot_views_[index].root;
  }

  // What lists and maps say beyond their entries. Paths as expressions see
  // them: `award.criteria`, `lots[2].award.criteria` (inherited ones too), or
  // `lot.award.criteria` where no lot is listed.
  const Presence& presence() const { return presence_; }

  // The plan path behind a path that an expression reports.
  std::string PlanPath(absl::string_view path) const;

  // True where the path of the plan has a list that is still open.
  bool IsStillOpen(absl::string_view plan_path) const {
    return presence_.still_open.contains(plan_path);
  }

  // True for stages from ANNOUNCED on: what is not stated then is not there.
  bool is_final() const;

 private:
  // Which fields, and keys of maps, a plan or lot states itself: `award.basis`,
  // `clauses.wages`, `award.notes`, `award.notes.formula`.
  using Units = absl::flat_hash_set<std::string>;

  struct LotView {
    const v1::Lot* lot = nullptr;
    std::string subject;
    std::string root;
    Units own;
  };

  explicit EffectivePlan(const v1::ProcurementPlan& plan);

  void MakeLots();
  void MakeWhole() const;
  void Inherit(std::size_t index, v1::Lot& lot);
  void MakePresence();
  using Paths = absl::flat_hash_set<std::string>;
  void AddPaths(Paths Presence::*set,
                const google::protobuf::RepeatedPtrField<std::string>& paths);
  bool Inherits(const LotView& lot, absl::string_view unit) const;
  // From a path inside a lot, such as `award.criteria[0].weight`.
  std::string FromLotPath(std::size_t index, absl::string_view path) const;

  // What the plan states itself; worked out when somebody asks.
  const Units& plan_units() const;

  // Owns the messages. What a lot inherits as a whole it shares with the plan.
  mutable google::protobuf::Arena arena_;
  v1::ProcurementPlan* plan_;
  Lots lots_ = Lots::kUndivided;
  mutable absl::optional<Units> plan_units_;
  mutable std::vector<LotView> lot_views_;
  Presence presence_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_EFFECTIVE_PLAN_H_
