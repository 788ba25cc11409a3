#ifndef KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_
#define KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "klausul/v1/rule_set.pb.h"
#include "service/engine/program.h"

namespace klausul::review {

// The rule sets at hand, and the programs made of them. Safe to share between
// threads; a program is compiled when its selection is first asked for and kept
// from then on.
class RuleCatalogue {
 public:
  // The most selections that are kept compiled; further ones are compiled for
  // each call. A country's set and its overlays make a handful.
  static constexpr std::size_t kMaxPrograms = 64;

  // From sets that their loader has checked. INVALID_ARGUMENT where two have
  // one id or one does not compile.
  static absl::StatusOr<std::shared_ptr<const RuleCatalogue>> Make(
      std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets);

  // The sets built into the binary.
  static absl::StatusOr<std::shared_ptr<const RuleCatalogue>> Builtin();

  // By id.
  const std::vector<std::shared_ptr<const v1::RuleSet>>& rule_sets() const {
    return rule_sets_;
  }

  // Null where there is none of that id.
  const v1::RuleSet* Find(absl::string_view id) const;
  // Null where there is none; in whichever set it stands.
  const v1::Rule* FindRule(absl::string_view id) const;

  std::vector<std::string> Ids() const;

  // The ids that go together for buyers of a country (ISO 3166-1 alpha-2): the
  // national set, without overlays. Empty where there are no rules for it.
  std::vector<std::string> IdsForCountry(absl::string_view country) const;

  // The program of a selection and of all that it extends. The ids must be
  // known.
  absl::StatusOr<std::shared_ptr<const engine::Program>> ProgramFor(
      const std::vector<std::string>& ids) const;

 private:
  RuleCatalogue() = default;

  // The ids and those they extend, sorted, each once.
  std::vector<std::string> WithExtended(
      const std::vector<std::string>& ids) const;

  std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets_;
  mutable std::mutex mutex_;
  mutable std::map<std::vector<std::string>,
                   std::shared_ptr<const engine::Program>>
      programs_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_RULE_CATALOGUE_H_
