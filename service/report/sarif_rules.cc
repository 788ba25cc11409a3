#include "service/report/sarif_rules.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/report/json_message.h"

namespace klausul::report {
namespace {

using v1::Finding;
using v1::Rule;

void AppendText(absl::string_view key, absl::string_view text,
                std::string& out) {
  absl::StrAppend(&out, "\"", key, "\":{\"text\":");
  AppendJsonText(text, out);
  out += '}';
}

// Keeps a text from being read as Markdown.
std::string MarkdownText(absl::string_view text) {
  std::string out;
  for (const char c : text) {
    if (absl::string_view("\\`*_[]<>#|").find(c) != absl::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

}  // namespace

absl::string_view SarifLevel(Rule::Severity severity) {
  switch (severity) {
    case Rule::ERROR:
      return "error";
    case Rule::WARNING:
      return "warning";
    default:
      return "note";
  }
}

std::size_t SarifRules::IndexOf(const Finding& finding) {
  const auto [at, is_new] =
      index_.try_emplace(finding.rule_id(), entries_.size());
  if (is_new) {
    Entry& entry = entries_.emplace_back();
    entry.id = finding.rule_id();
    entry.title = finding.title();
    entry.severity = finding.severity();
    entry.confidence = finding.confidence();
    for (const v1::LegalBasis& basis : finding.legal_basis()) {
      entry.law.emplace_back(
          absl::StrCat(basis.instrument(), " ", basis.provision()),
          basis.url());
    }
  }
  // What is undecided or satisfied has no texts.
  if (finding.outcome() == Finding::VIOLATED ||
      finding.outcome() == Finding::WAIVED) {
    Entry& entry = entries_[at->second];
    if (!std::exchange(entry.has_texts, true)) {
      entry.remedy = finding.remedy();
      entry.consequence = finding.consequence();
    }
    if (entry.remedy != finding.remedy()) entry.remedy.clear();
    if (entry.consequence != finding.consequence()) entry.consequence.clear();
  }
  return at->second;
}

std::string SarifRules::ToJson() const {
  std::string out = "[";
  for (const Entry& entry : entries_) {
    if (out.size() > 1) out += ",\n";
    AppendEntry(entry, out);
  }
  out += ']';
  return out;
}

void SarifRules::AppendEntry(const Entry& entry, std::string& out) const {
  std::string text = entry.title;
  std::string markdown = absl::StrCat("**", MarkdownText(entry.title), "**");
  if (!entry.law.empty()) {
    text += "\n";
    markdown += "\n\n";
    absl::StrAppend(
        &text, absl::StrJoin(entry.law, ", ", [](std::string* to, auto& law) {
          absl::StrAppend(to, law.first);
        }));
    absl::StrAppend(
        &markdown,
        absl::StrJoin(entry.law, ", ", [](std::string* to, auto& law) {
          absl::StrAppend(to, "[", MarkdownText(law.first), "](", law.second,
                          ")");
        }));
  }
  const auto add = [&](absl::string_view label, absl::string_view what) {
    if (what.empty()) return;
    absl::StrAppend(&text, "\n", label, ": ", what);
    absl::StrAppend(&markdown, "\n\n", label, ": ", MarkdownText(what));
  };
  add(words_.remedy, entry.remedy);
  add(words_.consequence, entry.consequence);
  if (entry.confidence == Rule::OWN_READING ||
      entry.confidence == Rule::RECALLED_UNVERIFIED) {
    absl::StrAppend(&text, "\n(", words_.unverified, ")");
    absl::StrAppend(&markdown, "\n\n(", words_.unverified, ")");
  }
  absl::StrAppend(&out, "{\"id\":");
  AppendJsonText(entry.id, out);
  out += ',';
  AppendText("shortDescription", entry.title, out);
  out += ',';
  AppendText("fullDescription",
             absl::StrCat(entry.title, entry.law.empty() ? "" : ". ",
                          entry.law.empty() ? "" : entry.law[0].first),
             out);
  absl::StrAppend(&out, ",\"help\":{\"text\":");
  AppendJsonText(text, out);
  absl::StrAppend(&out, ",\"markdown\":");
  AppendJsonText(markdown, out);
  absl::StrAppend(&out, "}");
  if (!entry.law.empty() && !entry.law[0].second.empty()) {
    absl::StrAppend(&out, ",\"helpUri\":");
    AppendJsonText(entry.law[0].second, out);
  }
  absl::StrAppend(&out, ",\"defaultConfiguration\":{\"level\":\"",
                  SarifLevel(entry.severity),
                  "\"},\"properties\":{\"tags\":[\"procurement\"]}}");
}

}  // namespace klausul::report
