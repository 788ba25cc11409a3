#ifndef KLAUSUL_SERVICE_CLI_RULES_DIFF_REPORT_H_
#define KLAUSUL_SERVICE_CLI_RULES_DIFF_REPORT_H_

#include <string>
#include <vector>

#include "service/review/finding_diff.h"
#include "service/ruleset/set_diff.h"

namespace klausul::cli {

// What `klausul rules diff` found.
struct RulesDiff {
  // One document with differences, or one that cannot be read.
  struct Document {
    std::string uri;
    std::vector<review::FindingChange> findings;
    // Why it cannot be read; empty: it can.
    std::string error;
  };

  std::vector<ruleset::SetChange> sets;
  // False where only the sets were compared.
  bool on_documents = false;
  // Those with differences or errors, in the order of the files.
  std::vector<Document> documents;
  int document_count = 0;
  int unreadable_count = 0;
  int skipped_count = 0;

  bool empty() const;
};

// For people: the rule sets, then the findings by document, then by rule, and a
// line that sums up.
std::string DiffAsText(const RulesDiff& diff);

// The same for programs, as one object of `ruleSets`, `documents`, `rules` and
// `summary`.
std::string DiffAsJson(const RulesDiff& diff);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_RULES_DIFF_REPORT_H_
