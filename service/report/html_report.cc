#include "service/report/html_report.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/sha256.h"
#include "service/report/finding_groups.h"
#include "service/report/html_assets.h"
#include "service/report/html_chart.h"
#include "service/report/html_finding.h"
#include "service/report/html_totals.h"
#include "service/report/html_words.h"
#include "service/report/markup_text.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

// Bars of a chart, and rows of the table under it.
constexpr std::size_t kMaxBars = 12;
constexpr std::size_t kMaxRows = 1000;

// How a content security policy names a script or a style: by its digest.
std::string PolicyHash(absl::string_view text) {
  Sha256 digest;
  digest.Update(text);
  return absl::StrCat(
      "'sha256-",
      absl::Base64Escape(absl::HexStringToBytes(digest.HexDigest())), "'");
}

class HtmlReport : public ReportWriter {
 public:
  HtmlReport(const ReportOptions& options, Output output)
      : words_(WordsOf(options.language)),
        html_(HtmlWordsOf(options.language)),
        output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    for (const v1::RuleSetStamp& stamp : document.rule_sets()) {
      rule_sets_.insert(absl::StrCat(stamp.id(), " ", stamp.version()));
    }
    const std::size_t buyer = buyers_.NumberOf(
        document.buyer().empty() ? html_.no_buyer
                                 : absl::string_view(document.buyer()));
    const std::size_t month =
        months_.NumberOf(absl::string_view(document.as_of()).substr(0, 7));
    for (const Finding& finding : document.findings()) {
      if (finding.outcome() != Finding::VIOLATED) continue;
      for (const std::size_t provision : ProvisionsOf(finding))
        provisions_.Add(provision, finding.severity());
      buyers_.Add(buyer, finding.severity());
      months_.Add(month, finding.severity());
    }
    if (body_.size() >= kMaxListedBytes) {
      ++not_listed_;
      return;
    }
    absl::StrAppend(&body_, "<section class=\"doc\" data-document=\"",
                    uris_.size(), "\" data-buyer=\"", buyer, "\" data-month=\"",
                    month, "\">");
    uris_.push_back(document.uri());
    AppendDocument(document, body_);
    body_ += "</section>\n";
  }

  void Finish(const v1::CheckSummary& summary) override {
    output_(Head());
    output_(Tiles(summary));
    output_(Charts());
    output_(Filters());
    output_(body_);
    if (not_listed_ > 0) {
      output_(absl::StrCat("<p class=\"soft\">", html_.not_listed, " ",
                           not_listed_, "</p>"));
    }
    output_(absl::StrCat("<p id=\"nothing\" hidden>", html_.nothing_found,
                         "</p></div><script>", kHtmlScript,
                         "</script></body></html>\n"));
  }

 private:
  // The numbers of a finding's provisions, each once.
  std::set<std::size_t> ProvisionsOf(const Finding& finding) {
    std::set<std::size_t> numbers;
    for (const v1::LegalBasis& basis : finding.legal_basis()) {
      numbers.insert(provisions_.NumberOf(
          absl::StrCat(basis.instrument(), " ", basis.provision())));
    }
    return numbers;
  }

  void AppendDocument(const DocumentReport& document, std::string& out) {
    absl::StrAppend(&out, "<h2>", MarkupText(document.uri()),
                    "</h2><p class=\"soft\">");
    std::vector<std::string> facts;
    if (!document.buyer().empty()) facts.push_back(document.buyer());
    if (!document.plan_id().empty()) facts.push_back(document.plan_id());
    if (!document.as_of().empty()) {
      facts.push_back(absl::StrCat(words_.law_of, " ", document.as_of()));
    }
    absl::StrAppend(&out, MarkupText(absl::StrJoin(facts, " · ")), "</p>");
    for (const std::string& note : document.notes()) {
      absl::StrAppend(&out, "<p class=\"soft\">", words_.note, ": ",
                      MarkupText(note), "</p>");
    }
    if (document.has_error()) {
      absl::StrAppend(&out, "<p><span class=\"label\">", words_.unreadable,
                      "</span> ", MarkupText(document.error().message()),
                      "</p>");
      if (!document.error().details().empty()) {
        absl::StrAppend(&out, "<pre><code>",
                        MarkupText(document.error().details()),
                        "</code></pre>");
      }
      return;
    }
    AppendFindings(document, out);
  }

  void AppendFindings(const DocumentReport& document, std::string& out) {
    const std::vector<FindingGroup> groups = GroupFindings(document);
    const auto append = [&](const FindingGroup& group) {
      listed_ += 1;
      has_waived_ = has_waived_ || group.first().outcome() == Finding::WAIVED;
      has_other_ = has_other_ || (group.first().outcome() != Finding::WAIVED &&
                                  group.first().outcome() != Finding::VIOLATED);
      absl::StrAppend(
          &out, FindingCard(document, group,
                            absl::StrJoin(ProvisionsOf(group.first()), " "),
                            words_, html_));
    };
    for (const Rule::Severity severity :
         {Rule::ERROR, Rule::WARNING, Rule::ADVICE}) {
      for (const FindingGroup& group : groups) {
        if (group.first().outcome() == Finding::VIOLATED &&
            group.first().severity() == severity) {
          append(group);
        }
      }
    }
    for (const Finding::Outcome outcome :
         {Finding::FAILED, Finding::WAIVED, Finding::SATISFIED,
          Finding::NOT_APPLICABLE}) {
      for (const FindingGroup& group : groups) {
        if (group.first().outcome() == outcome) append(group);
      }
    }
    const std::string undecided = UndecidedList(groups, words_, html_);
    has_undecided_ = has_undecided_ || !undecided.empty();
    if (groups.empty()) {
      absl::StrAppend(&out, "<p class=\"soft\">", words_.no_findings, "</p>");
    }
    absl::StrAppend(&out, undecided);
  }

  std::string Head() const {
    return absl::StrCat(
        "<!doctype html>\n<html lang=\"", html_.language,
        "\"><head><meta charset=\"utf-8\">"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src ",
        PolicyHash(kHtmlStyle), "; script-src ", PolicyHash(kHtmlScript),
        "\"><meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"><title>",
        html_.heading, "</title><style>", kHtmlStyle,
        "</style></head><body><div class=\"wrap\"><h1>", html_.heading,
        "</h1><p class=\"soft\">", html_.lead, "</p><p class=\"soft\">Klausul",
        rule_sets_.empty() ? "" : absl::StrCat(" · ", words_.rules, " "),
        MarkupText(absl::StrJoin(rule_sets_, ", ")), "</p>\n");
  }

  std::string Tiles(const v1::CheckSummary& summary) const {
    std::string out = "<ul class=\"tiles\">";
    const auto tile = [&](int count, absl::string_view word,
                          absl::string_view css_class) {
      absl::StrAppend(&out, "<li class=\"", css_class, "\"><b>", count, "</b>",
                      word, "</li>");
    };
    tile(summary.documents(), words_.documents, "");
    tile(summary.violated().error(), words_.errors, "error");
    tile(summary.violated().warning(), words_.warnings, "warning");
    tile(summary.violated().advice(), words_.opportunities, "advice");
    tile(summary.undetermined(), words_.undecided_rules, "");
    if (summary.waived() > 0)
      tile(summary.waived(), words_.waived_findings, "");
    if (summary.has_known()) {
      tile(summary.known().error() + summary.known().warning() +
               summary.known().advice(),
           words_.known_findings, "");
    }
    if (summary.failed() > 0) tile(summary.failed(), words_.failed_rules, "");
    if (summary.unreadable() > 0) {
      tile(summary.unreadable(), words_.unreadable_files, "");
    }
    out += "</ul>\n";
    return out;
  }

  // A figure with a chart and its table; nothing where there is nothing to
  // show.
  std::string Figure(absl::string_view caption, const std::string& chart,
                     std::vector<Bar> rows, absl::string_view heading) const {
    if (rows.empty()) return "";
    if (rows.size() > kMaxRows) {
      Bar others;
      for (std::size_t i = kMaxRows; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < others.tally.counts.size(); ++j)
          others.tally.counts[j] += rows[i].tally.counts[j];
      }
      others.label = absl::StrCat(rows.size() - kMaxRows, " ", html_.others);
      rows.resize(kMaxRows);
      rows.push_back(std::move(others));
    }
    return absl::StrCat("<figure><figcaption>", caption, "</figcaption>", chart,
                        "<details><summary class=\"soft\">", html_.table,
                        "</summary>", TallyTable(rows, heading, words_, html_),
                        "</details></figure>\n");
  }

  std::string Charts() const {
    const std::vector<Bar> provisions = provisions_.ByCount();
    const std::vector<Bar> buyers = buyers_.ByCount();
    std::vector<Bar> months = months_.ByCount();
    std::sort(months.begin(), months.end(),
              [](const Bar& a, const Bar& b) { return a.label < b.label; });
    if (buyers.empty()) return "";
    const auto top = [](const std::vector<Bar>& bars) {
      return std::vector<Bar>(
          bars.begin(), bars.begin() + static_cast<std::ptrdiff_t>(
                                           std::min(bars.size(), kMaxBars)));
    };
    return absl::StrCat(
        "<ul class=\"legend\"><li class=\"error\">", words_.errors,
        "</li><li class=\"warning\">", words_.warnings,
        "</li><li class=\"advice\">", words_.opportunities,
        "</li></ul><div class=\"charts\">",
        Figure(html_.by_provision,
               BarChart(top(provisions), "provision", words_), provisions,
               html_.provision),
        Figure(html_.by_buyer, BarChart(top(buyers), "buyer", words_), buyers,
               html_.buyer),
        Figure(html_.by_month, ColumnChart(months_.ByMonth(), "month", words_),
               months, html_.month),
        "</div><p class=\"soft hint\">", html_.chart_note, "</p>\n");
  }

  static void AppendOption(absl::string_view value, absl::string_view text,
                           std::string& out) {
    absl::StrAppend(&out, "<option value=\"", value, "\">", MarkupText(text),
                    "</option>");
  }

  std::string Select(absl::string_view name, absl::string_view label,
                     const std::vector<Bar>& options) const {
    std::string out =
        absl::StrCat("<label>", label, "<select name=\"", name, "\">");
    AppendOption("", html_.all, out);
    for (const Bar& option : options) {
      AppendOption(option.value,
                   absl::StrCat(option.label, " (", option.tally.Total(), ")"),
                   out);
    }
    out += "</select></label>";
    return out;
  }

  // Hidden until the script runs: without it they would do nothing.
  std::string Filters() const {
    std::string out =
        absl::StrCat("<form class=\"filters\" hidden><fieldset><legend>",
                     html_.severity, "</legend>");
    const auto box = [&](absl::string_view value, absl::string_view word) {
      absl::StrAppend(&out, "<label><input type=\"checkbox\" name=\"severity\"",
                      " value=\"", value, "\" checked> ", word, "</label>");
    };
    box("error", words_.errors);
    box("warning", words_.warnings);
    box("advice", words_.opportunities);
    if (has_waived_) box("waived", words_.waived_findings);
    if (has_other_) box("other", html_.others);
    if (has_undecided_) box("undecided", words_.undecided_rules);
    std::vector<Bar> months = months_.ByCount();
    std::sort(months.begin(), months.end(),
              [](const Bar& a, const Bar& b) { return a.label < b.label; });
    absl::StrAppend(&out, "</fieldset>",
                    Select("provision", html_.provision, provisions_.ByCount()),
                    Select("buyer", html_.buyer, buyers_.ByCount()),
                    Select("month", html_.month, months), "<label>",
                    html_.document, "<select name=\"document\">");
    AppendOption("", html_.all, out);
    for (std::size_t i = 0; i < uris_.size(); ++i)
      AppendOption(absl::StrCat(i), uris_[i], out);
    absl::StrAppend(&out, "</select></label><label>", html_.search,
                    "<input type=\"search\" name=\"search\"></label>",
                    "<button type=\"reset\">", html_.reset,
                    "</button><span class=\"soft\" role=\"status\">",
                    html_.showing, " <b id=\"shown\">", listed_, "</b> ",
                    html_.of, " ", listed_, " ", html_.findings,
                    "</span></form>\n");
    return out;
  }

  const Words& words_;
  const HtmlWords& html_;
  Output output_;
  NamedTallies provisions_;
  NamedTallies buyers_;
  NamedTallies months_;
  std::set<std::string> rule_sets_;
  std::vector<std::string> uris_;
  // The cards.
  std::string body_;
  std::size_t listed_ = 0;
  std::size_t not_listed_ = 0;
  bool has_waived_ = false;
  bool has_other_ = false;
  bool has_undecided_ = false;
};

}  // namespace

std::unique_ptr<ReportWriter> NewHtmlReport(const ReportOptions& options,
                                            Output output) {
  return std::make_unique<HtmlReport>(options, std::move(output));
}

}  // namespace klausul::report
