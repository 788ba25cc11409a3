#ifndef KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_COVERAGE_H_
#define KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_COVERAGE_H_

#include <map>
#include <string>
#include <vector>

#include "service/ruleset/register/register_folder.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset {

// A row that something is to be said of, or a reference to one.
struct CoverageNote {
  // The row, or the reason, as written.
  std::string id;
  // `rules/no/foa-climate.yaml:42`.
  std::string place;
  // Who says so: `rule no.foa.7-9.weight`, `parameter no.entry`, `COVERAGE.md`;
  // of an unaccounted row what the register says.
  std::string text;
};

// What became of the rows of the registers of one folder. Each row of law is
// counted once: among rules, else among figures, else among the excused, else
// it is unaccounted.
struct RegisterCoverage {
  std::string folder;
  int row_count = 0;
  int rule_count = 0;
  // Rows that only facts and values of parameters name.
  int figure_count = 0;
  // Rows that only COVERAGE.md names, by reason.
  std::map<std::string, int> excused;

  // In the order of the registers.
  std::vector<CoverageNote> unaccounted;
  // Named by a rule, a fact, a value or COVERAGE.md, and in no register.
  std::vector<CoverageNote> unknown_rows;
  // Of COVERAGE.md, and not in its list of reasons.
  std::vector<CoverageNote> unknown_reasons;
  // Named by a rule, a fact or a value, and in COVERAGE.md as well; or in
  // COVERAGE.md twice. Warnings.
  std::vector<CoverageNote> doubly_told;

  // Every row is accounted for, and every reference leads somewhere.
  bool ok() const {
    return unaccounted.empty() && unknown_rows.empty() &&
           unknown_reasons.empty();
  }
};

// Holds the sets of the folder, and of the folders below it, against its
// registers. The repository was loaded from files at the same root.
RegisterCoverage MeasureCoverage(const RegisterFolder& folder,
                                 const RuleSetRepository& repository);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_REGISTER_REGISTER_COVERAGE_H_
