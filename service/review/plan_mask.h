#ifndef KLAUSUL_SERVICE_REVIEW_PLAN_MASK_H_
#define KLAUSUL_SERVICE_REVIEW_PLAN_MASK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

#include "klausul/v1/decision.pb.h"

namespace klausul::review {

// Texts that a decision log does not keep: names of people, trade secrets.
class PlanMask {
 public:
  // What stands in place of a masked text.
  static constexpr char kMasked[] = "***";

  // Paths of plan fields, without list positions and keys: `buyer.name`,
  // `lots.title`. A path to a group masks every text in it. INVALID_ARGUMENT
  // for a path that no plan has, or of a field that holds no text.
  static absl::StatusOr<PlanMask> Make(const std::vector<std::string>& paths);

  bool is_empty() const { return paths_.empty(); }

  // Masks the plan in `record`, and wherever its findings, its plan id or its
  // uri repeat a masked text. `plan` is the plan of the record, which the
  // record itself need not hold.
  void Apply(const v1::ProcurementPlan& plan, v1::DecisionRecord& record) const;

 private:
  using Path = std::vector<const google::protobuf::FieldDescriptor*>;

  // Whether a path of a finding, `lots[0].title`, is masked.
  bool Covers(absl::string_view path) const;

  std::vector<Path> paths_;
  // The same as texts.
  std::vector<std::string> names_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_PLAN_MASK_H_
