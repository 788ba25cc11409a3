// Twenty procurements written from the law, and what the rules say of them.
// scenarios/README.md tells what the files hold and when an entry matches; what
// differs is a misreading of the law, by the rules or by the scenario, and the
// register decides by which.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"
#include "service/review/reviewer.h"
#include "service/ruleset/node_ref.h"

namespace klausul {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Scenario {
  std::string name;
  fs::path folder;
};

std::ostream& operator<<(std::ostream& out, const Scenario& scenario) {
  return out << scenario.name;
}

std::vector<Scenario> Scenarios() {
  std::vector<Scenario> scenarios;
  const fs::path root =
      fs::path(KLAUSUL_SOURCE_DIR) / "tests" / "golden" / "scenarios";
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_directory()) {
      scenarios.push_back({entry.path().filename().string(), entry.path()});
    }
  }
  std::sort(
      scenarios.begin(), scenarios.end(),
      [](const Scenario& a, const Scenario& b) { return a.name < b.name; });
  return scenarios;
}

// An entry of `expect` or `expect_none`.
struct Expectation {
  std::string place;
  v1::Finding::Outcome outcome = v1::Finding::OUTCOME_UNSPECIFIED;
  v1::Rule::Severity severity = v1::Rule::SEVERITY_UNSPECIFIED;
  std::string instrument;
  std::string provision;
  std::vector<std::string> rows;
  std::string why;
};

// Letters, digits and the hyphen of `§ 7-9` go on with a word.
bool GoesOn(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool StartsWithProvision(absl::string_view provision, absl::string_view start) {
  if (!absl::ConsumePrefix(&provision, start)) return false;
  return start.empty() || provision.empty() || absl::EndsWith(start, "-") ||
         !GoesOn(provision.front());
}

bool HasBasis(const v1::Finding& finding, const Expectation& wanted) {
  // Good practice stands in no act.
  if (wanted.instrument.empty() && wanted.provision.empty()) return true;
  return std::any_of(finding.legal_basis().begin(), finding.legal_basis().end(),
                     [&](const v1::LegalBasis& basis) {
                       return (wanted.instrument.empty() ||
                               basis.instrument() == wanted.instrument) &&
                              StartsWithProvision(basis.provision(),
                                                  wanted.provision);
                     });
}

// What an entry of a scenario says, and mistakes in it.
class ScenarioFile {
 public:
  explicit ScenarioFile(const fs::path& path) {
    DiagnosticSink sink;
    root_ = ruleset::ReadTree(path.string(), Read(path), sink);
    EXPECT_TRUE(root_) << sink.RenderAll();
    if (!root_) return;
    for (const auto& [key, value] : root_.Entries()) {
      const absl::string_view name = key.text();
      if (name == "expect" || name == "expect_none") {
        for (const ruleset::NodeRef& item : value.Items()) {
          (name == "expect" ? expect : expect_none).push_back(ReadEntry(item));
        }
      } else if (name == "expect_clean") {
        expect_clean = value.text() == "true";
      } else if (name == "as_of") {
        as_of = ParseCivilDay(value.text());
        EXPECT_TRUE(as_of.has_value()) << value.text();
      } else if (name == "facts") {
        for (const ruleset::NodeRef& item : value.Items()) {
          std::pair<std::string, std::string> fact;
          for (const auto& [of_fact, text] : item.Entries()) {
            (of_fact.text() == "name" ? fact.first : fact.second) =
                std::string(text.text());
          }
          facts.push_back(std::move(fact));
        }
      } else {
        EXPECT_EQ(name, "story") << "unknown key";
      }
    }
  }

  std::vector<Expectation> expect;
  std::vector<Expectation> expect_none;
  bool expect_clean = false;
  absl::optional<absl::CivilDay> as_of;
  std::vector<std::pair<std::string, std::string>> facts;

 private:
  static Expectation ReadEntry(const ruleset::NodeRef& item) {
    Expectation read;
    read.place = absl::StrCat("expected.yaml:",
                              item.file()->Locate(item.span().begin).line);
    for (const auto& [key, value] : item.Entries()) {
      const absl::string_view name = key.text();
      if (name == "outcome") {
        EXPECT_TRUE(v1::Finding::Outcome_Parse(std::string(value.text()),
                                               &read.outcome))
            << read.place;
      } else if (name == "severity") {
        EXPECT_TRUE(
            v1::Rule::Severity_Parse(std::string(value.text()), &read.severity))
            << read.place;
      } else if (name == "register") {
        for (const ruleset::NodeRef& row : value.Items())
          read.rows.emplace_back(row.text());
      } else if (name == "instrument") {
        read.instrument = std::string(value.text());
      } else if (name == "provision") {
        read.provision = std::string(value.text());
      } else if (name == "why") {
        read.why = std::string(value.text());
      } else {
        ADD_FAILURE() << read.place << ": unknown key " << name;
      }
    }
    EXPECT_NE(read.outcome, v1::Finding::OUTCOME_UNSPECIFIED) << read.place;
    EXPECT_FALSE(read.why.empty()) << read.place;
    return read;
  }

  ruleset::NodeRef root_;
};

class ScenarioTest : public testing::TestWithParam<Scenario> {
 protected:
  static void SetUpTestSuite() {
    auto catalogue = review::RuleCatalogue::Builtin();
    ASSERT_TRUE(catalogue.ok()) << catalogue.status();
    catalogue_ = *std::move(catalogue);
  }

  // Every outcome of every rule on the scenario's plan.
  static v1::DocumentReport Review(const fs::path& plan,
                                   const ScenarioFile& file) {
    v1::Document document;
    document.set_uri("plan.yaml");
    document.set_content(Read(plan));
    v1::EvaluateOptions options;
    options.set_language("en");
    options.set_view(v1::EvaluateOptions::FULL);
    options.set_include_facts(true);
    for (int outcome = v1::Finding::SATISFIED;
         outcome <= v1::Finding::Outcome_MAX; ++outcome) {
      options.add_outcomes(static_cast<v1::Finding::Outcome>(outcome));
    }
    if (file.as_of.has_value()) {
      options.mutable_as_of()->set_year(static_cast<int>(file.as_of->year()));
      options.mutable_as_of()->set_month(file.as_of->month());
      options.mutable_as_of()->set_day(file.as_of->day());
    }
    v1::DocumentReport report;
    int results = 0;
    review::Reviewer(catalogue_)
        .ReviewDocument(document, options, {absl::UnixEpoch(), nullptr},
                        [&](review::Reviewed reviewed) {
                          ++results;
                          report = std::move(reviewed.report);
                        });
    EXPECT_EQ(results, 1);
    return report;
  }

  static bool CitesRow(const v1::Finding& finding,
                       const std::vector<std::string>& rows) {
    if (rows.empty()) return true;
    const v1::Rule* rule = catalogue_->repository().FindRule(finding.rule_id());
    return rule != nullptr &&
           std::any_of(rule->register_().begin(), rule->register_().end(),
                       [&](const std::string& row) {
                         return std::find(rows.begin(), rows.end(), row) !=
                                rows.end();
                       });
  }

  static bool Meets(const v1::Finding& finding, const Expectation& wanted) {
    return finding.outcome() == wanted.outcome &&
           (wanted.severity == v1::Rule::SEVERITY_UNSPECIFIED ||
            finding.severity() == wanted.severity) &&
           CitesRow(finding, wanted.rows) && HasBasis(finding, wanted);
  }

  // Findings that speak of the same provision or rows, whatever they say.
  static std::string Near(const v1::DocumentReport& report,
                          const Expectation& wanted) {
    std::string near;
    for (const v1::Finding& finding : report.findings()) {
      const bool cites = !wanted.rows.empty() && CitesRow(finding, wanted.rows);
      if (!cites && (wanted.instrument.empty() || !HasBasis(finding, wanted))) {
        continue;
      }
      absl::StrAppend(&near, "  ", finding.rule_id(), " ",
                      v1::Finding::Outcome_Name(finding.outcome()), " ",
                      v1::Rule::Severity_Name(finding.severity()));
      for (const std::string& path : finding.missing())
        absl::StrAppend(&near, " missing ", path);
      for (const v1::LegalBasis& basis : finding.legal_basis()) {
        absl::StrAppend(&near, "; ", basis.instrument(), " ",
                        basis.provision());
      }
      near += "\n";
    }
    return near.empty() ? "  none\n" : near;
  }

  static std::string Show(const Expectation& wanted) {
    return absl::StrCat(
        wanted.place, ": ", v1::Finding::Outcome_Name(wanted.outcome), " ",
        wanted.instrument, " ", wanted.provision, " (", wanted.why, ")\n");
  }

  static std::shared_ptr<const review::RuleCatalogue> catalogue_;
};

std::shared_ptr<const review::RuleCatalogue> ScenarioTest::catalogue_;

TEST_P(ScenarioTest, ComesOutAsTheLawSays) {
  const ScenarioFile file(GetParam().folder / "expected.yaml");
  const v1::DocumentReport report =
      Review(GetParam().folder / "plan.yaml", file);
  ASSERT_FALSE(report.has_error()) << report.error().ShortDebugString();
  // A folder of expectations that expects nothing would pass.
  EXPECT_FALSE(file.expect.empty());

  for (const Expectation& wanted : file.expect) {
    EXPECT_TRUE(std::any_of(
        report.findings().begin(), report.findings().end(),
        [&](const v1::Finding& finding) { return Meets(finding, wanted); }))
        << "expected: " << Show(wanted) << "found:\n"
        << Near(report, wanted);
  }
  for (const Expectation& unwanted : file.expect_none) {
    for (const v1::Finding& finding : report.findings()) {
      if (!Meets(finding, unwanted)) continue;
      const bool counts = unwanted.severity != v1::Rule::SEVERITY_UNSPECIFIED ||
                          finding.severity() == v1::Rule::ERROR ||
                          finding.severity() == v1::Rule::WARNING;
      EXPECT_FALSE(counts) << "not expected: " << Show(unwanted)
                           << "found: " << finding.rule_id() << ": "
                           << finding.message();
    }
  }
  for (const v1::Finding& finding : report.findings()) {
    EXPECT_FALSE(file.expect_clean &&
                 finding.outcome() == v1::Finding::VIOLATED &&
                 finding.severity() == v1::Rule::ERROR)
        << finding.rule_id() << ": " << finding.message();
    EXPECT_NE(finding.outcome(), v1::Finding::FAILED)
        << finding.rule_id() << ": " << finding.reason();
  }
  for (const auto& [name, value] : file.facts) {
    int found = 0;
    for (const v1::FactValue& fact : report.facts()) {
      if (fact.name() != name) continue;
      ++found;
      EXPECT_EQ(fact.value(), value) << name << " " << fact.subject() << " "
                                     << testing::PrintToString(fact.missing());
    }
    EXPECT_GT(found, 0) << "no fact " << name;
  }
}

INSTANTIATE_TEST_SUITE_P(FromTheLaw, ScenarioTest,
                         testing::ValuesIn(Scenarios()),
                         [](const auto& test) { return test.param.name; });

TEST(ScenariosTest, AreTwenty) {
  EXPECT_GE(Scenarios().size(), 20U);
}

TEST(ScenariosTest, AProvisionStartsAtAWord) {
  EXPECT_TRUE(StartsWithProvision("§ 30-2", "§ 30-2"));
  EXPECT_TRUE(StartsWithProvision("§ 5b (2)", "§ 5b"));
  EXPECT_TRUE(StartsWithProvision("§ 21-4", "§ 21-"));
  EXPECT_TRUE(StartsWithProvision("§ 21-4", ""));
  EXPECT_FALSE(StartsWithProvision("§ 30-2a", "§ 30-2"));
  EXPECT_FALSE(StartsWithProvision("§ 30-20", "§ 30-2"));
  EXPECT_FALSE(StartsWithProvision("§ 5-4 (8)", "§ 5"));
  EXPECT_FALSE(StartsWithProvision("§ 5", "§ 5b"));
}

}  // namespace
}  // namespace klausul
