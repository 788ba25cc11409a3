#ifndef KLAUSUL_SERVICE_RULESET_REPOSITORY_H_
#define KLAUSUL_SERVICE_RULESET_REPOSITORY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/rule_files.h"
#include "service/ruleset/set_source.h"

// Rule sets: read from YAML, checked, and found by id. The door of this
// folder:
//
//   DiagnosticSink sink;
//   auto repository = RuleSetRepository::LoadRoot("rules", {}, sink);
//   if (!repository.ok()) {
//     std::cerr << sink.RenderAll();   // every mistake, with its place
//     return repository.status();
//   }
//   ASSIGN_OR_RETURN(auto program, (*repository)->Compile({"no.oslo"}));
//
// Beside it: lint.h and example_runner.h for authors, builtin.h for the copy
// inside the binary, date_of_law.h.

namespace klausul::ruleset {

using SharedRuleSet = std::shared_ptr<const v1::RuleSet>;

struct LoadOptions {
  // Put before paths in messages; LoadRoot() takes the folder itself where it
  // is empty.
  std::string display_root;
  // Sets that may be extended beside those loaded, such as those in service.
  std::vector<SharedRuleSet> known;
  // Fills `plan_json` of the examples; null: they stay without.
  const PlanReader* plan_reader = nullptr;
  RuleFileLimits limits;
};

// Immutable and safe to share between threads; a reload makes a new one.
class RuleSetRepository {
 public:
  struct Entry {
    SharedRuleSet rule_set;
    // Null for sets that do not come from files.
    std::shared_ptr<const SetSource> source;
    // Of this set and those that it extends; null where not compiled yet.
    std::shared_ptr<const engine::Program> program;
    // One of LoadOptions::known: there to be extended, not part of the load.
    bool is_known = false;
  };

  // Reads, checks and compiles every set under a folder. All mistakes go to
  // `sink`; FAILED_PRECONDITION where one is an error, the statuses of
  // ReadRuleFiles() where files cannot be read, NOT_FOUND where there is no
  // set at all.
  static absl::StatusOr<std::shared_ptr<const RuleSetRepository>> LoadRoot(
      absl::string_view root, const LoadOptions& options, DiagnosticSink& sink);

  // The same over files in memory.
  static absl::StatusOr<std::shared_ptr<const RuleSetRepository>> Load(
      std::vector<RuleFile> files, const LoadOptions& options,
      DiagnosticSink& sink);

  // Sets that have been read and checked before, such as the built-in ones.
  static std::shared_ptr<const RuleSetRepository> FromRuleSets(
      std::vector<SharedRuleSet> rule_sets);

  // By id; those loaded, without the known ones.
  std::vector<const Entry*> entries() const;

  // Null where there is none.
  const Entry* Find(absl::string_view id) const;

  // Null where there is none.
  const v1::Rule* FindRule(absl::string_view id) const;

  // The id of a set or of a rule that is nearest to a mistyped one, or empty.
  std::string NearestSet(absl::string_view id) const;
  std::string NearestRule(absl::string_view id) const;

  // The sets named and all that they extend, each once, the extended ones
  // first. NOT_FOUND, with a suggestion, for an unknown id.
  absl::StatusOr<std::vector<SharedRuleSet>> Closure(
      absl::Span<const std::string> ids) const;

  // The sets chosen for a buyer's country where the request names none: those
  // of its jurisdiction that make no other set of it stricter. By id.
  std::vector<std::string> IdsForCountry(absl::string_view country) const;

  // The program of a selection and all that it extends. Statuses of Closure();
  // INVALID_ARGUMENT where the sets do not go together, INTERNAL where a set
  // that was checked before does not compile.
  absl::StatusOr<std::shared_ptr<const engine::Program>> Compile(
      absl::Span<const std::string> ids) const;

 private:
  friend class Loader;
  RuleSetRepository() = default;

  // Sorted by id.
  std::vector<Entry> entries_;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_REPOSITORY_H_
