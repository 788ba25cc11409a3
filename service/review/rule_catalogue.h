#ifndef KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_
#define KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/ruleset/repository.h"

namespace klausul::review {

// The rule sets at hand, and the programs made of them. Safe to share between
// threads: a program is compiled when its selection is first asked for and kept
// from then on.
class RuleCatalogue {
 public:
  // The most selections that are kept compiled; further ones are compiled for
  // each call. A country's set and its overlays make a handful.
  static constexpr std::size_t kMaxPrograms = 64;

  explicit RuleCatalogue(
      std::shared_ptr<const ruleset::RuleSetRepository> repository);

  // The sets built into the binary.
  static absl::StatusOr<std::shared_ptr<const RuleCatalogue>> Builtin();

  // Whether the examples of the rules get their plans. Making those is more
  // than half the work of a load, and an evaluation does not look at them; the
  // built-in sets have none.
  enum class ExamplePlans { kLeaveOut, kFill };

  // The sets below a folder. Every mistake goes to `sink`, with its place; the
  // status says how many there are. Mistakes in examples are found where their
  // plans are made.
  static absl::StatusOr<std::shared_ptr<const RuleCatalogue>> FromFolder(
      absl::string_view folder, DiagnosticSink& sink,
      ExamplePlans examples = ExamplePlans::kLeaveOut);

  const ruleset::RuleSetRepository& repository() const { return *repository_; }

  // By id.
  std::vector<std::string> Ids() const;

  // The program of a selection and of all that it extends. NOT_FOUND for an
  // unknown id; INVALID_ARGUMENT where the sets do not go together.
  absl::StatusOr<std::shared_ptr<const engine::Program>> ProgramFor(
      const std::vector<std::string>& ids) const;

 private:
  std::shared_ptr<const ruleset::RuleSetRepository> repository_;
  mutable std::mutex mutex_;
  // By the sorted ids of the selection.
  mutable std::map<std::vector<std::string>,
                   std::shared_ptr<const engine::Program>>
      programs_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_
