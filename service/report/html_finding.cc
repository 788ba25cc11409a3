#include "service/report/html_finding.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/report/finding_text.h"
#include "service/report/markup_text.h"

namespace klausul::report {
namespace {

using v1::Finding;
using v1::Rule;

// Places of one card; fields of one card.
constexpr std::size_t kMaxPlaces = 5;
constexpr std::size_t kMaxFields = 12;

// What the page's severity filter calls a finding.
absl::string_view ClassOf(const Finding& finding) {
  switch (finding.outcome()) {
    case Finding::VIOLATED:
      if (finding.severity() == Rule::ERROR) return "error";
      return finding.severity() == Rule::WARNING ? "warning" : "advice";
    case Finding::WAIVED:
      return "waived";
    default:
      return "other";
  }
}

std::string LawOf(const Finding& finding) {
  return absl::StrJoin(
      finding.legal_basis(), ", ",
      [](std::string* out, const v1::LegalBasis& basis) {
        const std::string name = MarkupText(
            absl::StrCat(basis.instrument(), " ", basis.provision()));
        // Nothing but the web is linked to.
        if (absl::StartsWith(basis.url(), "https://") ||
            absl::StartsWith(basis.url(), "http://")) {
          absl::StrAppend(out, "<a href=\"", MarkupText(basis.url()),
                          "\" rel=\"noreferrer\">", name, "</a>");
        } else {
          absl::StrAppend(out, name);
        }
      });
}

// The byte offset of a code point; the end of the text for one past it.
std::size_t OffsetOf(absl::string_view text, std::int32_t points) {
  std::size_t at = 0;
  while (points > 0 && at < text.size()) {
    ++at;
    while (at < text.size() &&
           (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
      ++at;
    }
    --points;
  }
  return at;
}

// The line with its place marked.
std::string ExcerptOf(const v1::Location& location) {
  const v1::Excerpt& excerpt = location.excerpt();
  const absl::string_view text = excerpt.text();
  const std::size_t begin = OffsetOf(text, excerpt.column() - 1);
  const std::size_t end =
      OffsetOf(text, excerpt.column() - 1 + excerpt.length());
  return absl::StrCat(location.line(), "  ", MarkupText(text.substr(0, begin)),
                      "<mark>", MarkupText(text.substr(begin, end - begin)),
                      "</mark>", MarkupText(text.substr(end)), "\n");
}

void AppendEntry(absl::string_view label, absl::string_view text,
                 std::string& out) {
  if (!text.empty()) {
    absl::StrAppend(&out, "<dt>", label, "<dd>", MarkupText(text), "\n");
  }
}

}  // namespace

std::string FindingCard(const v1::DocumentReport& document,
                        const FindingGroup& group, absl::string_view provisions,
                        const Words& words, const HtmlWords& html) {
  const Finding& finding = group.first();
  const absl::string_view css_class = ClassOf(finding);
  std::string out = absl::StrCat(
      "<article class=\"finding ", css_class, "\" data-severity=\"", css_class,
      "\" data-provisions=\"", provisions, "\"><h3><span class=\"label\">",
      LabelOf(words, finding), "</span>", MarkupText(finding.title()));
  if (finding.known()) {
    absl::StrAppend(&out, " <span class=\"soft\">(", words.known, ")</span>");
  }
  absl::StrAppend(&out, "</h3><p class=\"soft\">", LawOf(finding), " <code>",
                  MarkupText(finding.rule_id()), "</code>");
  if (finding.confidence() == Rule::OWN_READING ||
      finding.confidence() == Rule::RECALLED_UNVERIFIED) {
    absl::StrAppend(&out, " (", words.unverified, ")");
  }
  absl::StrAppend(&out, "</p><p>", MarkupText(SaidOf(finding)), "</p>");
  const auto places = group.Locations();
  std::string excerpts;
  for (std::size_t i = 0; i < std::min(places.size(), kMaxPlaces); ++i) {
    if (places[i]->has_excerpt()) {
      absl::StrAppend(&excerpts, ExcerptOf(*places[i]));
    }
  }
  if (!excerpts.empty()) {
    absl::StrAppend(&out, "<pre><code>", excerpts, "</code></pre>");
  }
  out += "<dl>";
  AppendEntry(words.remedy, finding.remedy(), out);
  AppendEntry(words.consequence, finding.consequence(), out);
  AppendEntry(words.lot, absl::StrJoin(group.Subjects(), ", "), out);
  AppendEntry(words.missing, absl::StrJoin(group.Missing(), ", "), out);
  std::vector<std::string> fields = group.Fields();
  if (fields.size() > kMaxFields) {
    fields.resize(kMaxFields);
    fields.emplace_back("…");
  }
  AppendEntry(html.fields, absl::StrJoin(fields, "; "), out);
  if (finding.has_waiver()) {
    AppendEntry(words.waived_until, WaiverText(finding.waiver()), out);
  }
  if (!places.empty()) {
    AppendEntry(
        html.document,
        absl::StrCat(FileOf(document.uri()), ":", places[0]->line(), ":",
                     places[0]->column(), "  ", AddressOf(*places[0])),
        out);
  }
  out += "</dl></article>\n";
  return out;
}

std::string UndecidedList(const std::vector<FindingGroup>& groups,
                          const Words& words, const HtmlWords& html) {
  std::string items;
  int count = 0;
  for (const FindingGroup& group : groups) {
    const Finding& finding = group.first();
    if (finding.outcome() != Finding::UNDETERMINED) continue;
    count += static_cast<int>(group.members.size());
    absl::StrAppend(&items, "<li>", MarkupText(finding.title()), " <code>",
                    MarkupText(finding.rule_id()), "</code>");
    const std::vector<std::string> missing = group.Missing();
    if (!missing.empty()) {
      absl::StrAppend(&items, " <span class=\"soft\">", words.missing, ": ",
                      MarkupText(absl::StrJoin(missing, ", ")), "</span>");
    }
    if (!finding.reason().empty()) {
      absl::StrAppend(&items, " <span class=\"soft\">", words.reason, ": ",
                      MarkupText(finding.reason()), "</span>");
    }
    items += "</li>\n";
  }
  if (count == 0) return "";
  return absl::StrCat("<details class=\"undecided\"><summary>", html.undecided,
                      ": ", count, "</summary><ul>", items,
                      "</ul></details>\n");
}

}  // namespace klausul::report
