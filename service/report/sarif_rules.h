#ifndef KLAUSUL_SERVICE_REPORT_SARIF_RULES_H_
#define KLAUSUL_SERVICE_REPORT_SARIF_RULES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/finding.pb.h"

#include "service/report/words.h"

namespace klausul::report {

// The SARIF level of a severity: `error`, `warning`, `note`.
absl::string_view SarifLevel(v1::Rule::Severity severity);

// The rules that the results of a SARIF run are about, gathered from findings.
class SarifRules {
 public:
  explicit SarifRules(const Words& words) : words_(words) {}

  // The index of the finding's rule, which is added where it is new.
  std::size_t IndexOf(const v1::Finding& finding);

  // The list of them, JSON: id, texts, help with law and remedy, level.
  std::string ToJson() const;

 private:
  struct Entry {
    std::string id;
    std::string title;
    v1::Rule::Severity severity = v1::Rule::SEVERITY_UNSPECIFIED;
    v1::Rule::Confidence confidence = v1::Rule::CONFIDENCE_UNSPECIFIED;
    // Provision and address.
    std::vector<std::pair<std::string, std::string>> law;
    // Texts of the findings, as long as all say the same: where they do not,
    // they speak of one document and not of the rule.
    std::string remedy;
    std::string consequence;
    bool has_texts = false;
  };

  void AppendEntry(const Entry& entry, std::string& out) const;

  const Words& words_;
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, std::size_t> index_;
};

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_SARIF_RULES_H_
