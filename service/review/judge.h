#ifndef KLAUSUL_SERVICE_REVIEW_JUDGE_H_
#define KLAUSUL_SERVICE_REVIEW_JUDGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "klausul/v1/report.pb.h"

#include "service/engine/reason.h"
#include "service/review/baseline.h"
#include "service/review/project_config.h"
#include "service/review/waiver.h"

namespace klausul::review {

// The rule id of the finding that a waiver has ended: a warning beside the
// breach that is one again.
inline constexpr absl::string_view kExpiredWaiverRule =
    "klausul.waiver.expired";

// What a project has decided about what is found in one document. Null and
// empty parts decide nothing.
struct Decisions {
  // Severities.
  const ProjectConfig* config = nullptr;

  // A list of waivers, and the document's path from the folder of its file.
  struct Scope {
    const std::vector<Waiver>* waivers = nullptr;
    std::string path;
  };

  // The first waiver that covers a finding and still holds decides.
  std::vector<Scope> waivers;
  const Baseline* baseline = nullptr;
  // The day on which waivers hold or not.
  absl::CivilDay today;
  // Of the texts that are added.
  engine::Language language = engine::Language::kBokmal;
};

// Applies them to the findings and the counts of a report:
//
// 1. A rule's severity becomes the one chosen; a lighter one than its own is
//    noted. Advice that is off goes; what is graver stays, with a note.
// 2. What is broken and covered by a waiver is WAIVED, with reason, owner and
//    end. Where only a waiver covers it that has ended, it stays VIOLATED, and
//    a finding of kExpiredWaiverRule says which one.
// 3. What is broken and stands in the baseline is `known`.
//
// The order of the findings stays that of reports.
void Judge(const Decisions& decisions, v1::DocumentReport& report);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_JUDGE_H_
