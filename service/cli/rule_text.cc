#include "service/cli/rule_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/engine/text_value.h"

namespace klausul::cli {
namespace {

std::string DateText(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

std::string Provisions(const v1::Rule& rule) {
  std::vector<std::string> all;
  for (const v1::LegalBasis& basis : rule.legal_basis()) {
    all.push_back(absl::StrCat(basis.instrument(), " ", basis.provision()));
  }
  return absl::StrJoin(all, ", ");
}

// `OWN_READING` -> `own-reading`, the word of rule files.
std::string RuleFileWord(absl::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}});
}

std::string Indented(absl::string_view text) {
  return absl::StrCat(
      "  ",
      absl::StrReplaceAll(absl::StripAsciiWhitespace(text), {{"\n", "\n  "}}),
      "\n");
}

}  // namespace

std::string PeriodText(const v1::Period& period) {
  if (!period.has_to()) return absl::StrCat("from ", DateText(period.from()));
  return absl::StrCat(DateText(period.from()), " to ", DateText(period.to()));
}

std::string RuleLine(const v1::Rule& rule, engine::Language language) {
  return absl::StrFormat(
      "%-34s %-24s %-8s %s: %s\n", rule.id(), PeriodText(rule.in_force()),
      RuleFileWord(v1::Rule::Severity_Name(rule.severity())), Provisions(rule),
      engine::PickText(rule.title(), language));
}

std::string RuleText(const v1::Rule& rule, engine::Language language) {
  std::string out = absl::StrCat(
      rule.id(), "\n", engine::PickText(rule.title(), language), "\n\n");
  absl::StrAppend(&out, "law         ", Provisions(rule), "\n");
  absl::StrAppend(&out, "in force    ", PeriodText(rule.in_force()), "\n");
  absl::StrAppend(&out, "severity    ",
                  RuleFileWord(v1::Rule::Severity_Name(rule.severity())), "\n");
  absl::StrAppend(&out, "confidence  ",
                  RuleFileWord(v1::Rule::Confidence_Name(rule.confidence())),
                  "\n");
  absl::StrAppend(&out, "register    ", absl::StrJoin(rule.register_(), ", "),
                  "\n");
  if (rule.for_each_lot()) absl::StrAppend(&out, "evaluated   for each lot\n");
  absl::StrAppend(&out, "file        ", rule.file(), ":", rule.line(), "\n");
  if (!rule.applies().text().empty()) {
    absl::StrAppend(&out, "\napplies\n", Indented(rule.applies().text()));
  }
  absl::StrAppend(&out, "\nrequires\n", Indented(rule.requirement().text()));
  if (rule.unstated_violates()) {
    absl::StrAppend(&out, "  (silence of a final document is a breach)\n");
  }
  absl::StrAppend(&out, "\nmessage\n",
                  Indented(engine::PickText(rule.message(), language)));
  absl::StrAppend(&out, "\nremedy\n",
                  Indented(engine::PickText(rule.remedy(), language)));
  if (rule.has_consequence()) {
    absl::StrAppend(&out, "\nconsequence\n",
                    Indented(engine::PickText(rule.consequence(), language)));
  }
  if (!rule.notes().empty()) {
    absl::StrAppend(&out, "\nnotes\n", Indented(rule.notes()));
  }
  absl::StrAppend(&out, "\nsources\n");
  for (const v1::Source& source : rule.sources()) {
    absl::StrAppend(&out, "  ", source.url());
    if (source.has_read_date()) {
      absl::StrAppend(&out, " (read ", DateText(source.read_date()), ")");
    }
    if (!source.title().empty()) absl::StrAppend(&out, ", ", source.title());
    out += '\n';
  }
  return out;
}

}  // namespace klausul::cli
