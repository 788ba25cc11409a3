#include "service/report/html_chart.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "service/base/source.h"
#include "service/report/markup_text.h"

namespace klausul::report {
namespace {

// In units of the view box, about a pixel each.
constexpr double kWidth = 560;
constexpr double kRow = 26;
constexpr double kBarHeight = 16;
// Labels end here, bars begin here and end there at most.
constexpr double kLabelEnd = 204;
constexpr double kBarBegin = 212;
constexpr double kBarEnd = 516;
// Between two severities of one bar.
constexpr double kGap = 2;
// Code points of a label; the whole of it stands in the title.
constexpr std::size_t kLabelLength = 30;

// At both ends, for half a label.
constexpr double kColumnMargin = 18;
constexpr double kColumnTop = 18;
constexpr double kColumnBase = 150;
constexpr double kColumnHeight = 172;
constexpr double kMaxColumn = 44;
// Labels of columns need this much room.
constexpr double kColumnLabel = 52;

std::string Shortened(absl::string_view label) {
  if (CodePointCount(label) <= kLabelLength) return std::string(label);
  std::size_t end = 0;
  for (std::size_t points = 0; points < kLabelLength; ++points) {
    do {
      ++end;
    } while (end < label.size() &&
             (static_cast<unsigned char>(label[end]) & 0xC0U) == 0x80U);
  }
  return absl::StrCat(label.substr(0, end), "…");
}

int Highest(const std::vector<Bar>& bars) {
  int highest = 1;
  for (const Bar& bar : bars)
    highest = std::max(highest, bar.tally.Total());
  return highest;
}

// `FOA § 7-9 (2): 3 breaches, 1 risks, 0 opportunities`.
std::string TitleOf(const Bar& bar, const Words& words) {
  return absl::StrCat(bar.label, ": ", bar.tally.counts[0], " ", words.errors,
                      ", ", bar.tally.counts[1], " ", words.warnings, ", ",
                      bar.tally.counts[2], " ", words.opportunities);
}

void BeginBar(const Bar& bar, absl::string_view filter, const Words& words,
              std::string& out) {
  const std::string title = MarkupText(TitleOf(bar, words));
  // What has no findings cannot be chosen.
  if (bar.value.empty()) {
    absl::StrAppend(&out, "<g><title>", title, "</title>");
    return;
  }
  absl::StrAppend(&out, "<g class=\"bar\" role=\"button\" tabindex=\"0\" ",
                  "data-filter=\"", filter, "\" data-value=\"",
                  MarkupText(bar.value), "\" aria-label=\"", title,
                  "\"><title>", title, "</title>");
}

void AppendRect(absl::string_view css_class, double x, double y, double width,
                double height, std::string& out) {
  absl::StrAppendFormat(
      &out,
      "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
      "height=\"%.1f\" rx=\"2\"/>",
      css_class, x, y, width, height);
}

}  // namespace

std::string BarChart(const std::vector<Bar>& bars, absl::string_view filter,
                     const Words& words) {
  if (bars.empty()) return "";
  const double height = kRow * static_cast<double>(bars.size()) + 4;
  std::string out = absl::StrFormat(
      "<svg viewBox=\"0 0 %.0f %.0f\" role=\"group\">", kWidth, height);
  const double unit = (kBarEnd - kBarBegin) / Highest(bars);
  double y = 2;
  for (const Bar& bar : bars) {
    BeginBar(bar, filter, words, out);
    AppendRect("hit", 0, y, kWidth, kRow, out);
    absl::StrAppendFormat(
        &out, "<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
        kLabelEnd, y + kRow / 2 + 4, MarkupText(Shortened(bar.label)));
    double x = kBarBegin;
    for (std::size_t i = 0; i < kTallyClasses.size(); ++i) {
      const double width = unit * bar.tally.counts[i];
      if (width <= 0) continue;
      AppendRect(kTallyClasses[i], x, y + (kRow - kBarHeight) / 2,
                 std::max(1.0, width - kGap), kBarHeight, out);
      x += width;
    }
    absl::StrAppendFormat(&out, "<text x=\"%.1f\" y=\"%.1f\">%d</text></g>",
                          x + 4, y + kRow / 2 + 4, bar.tally.Total());
    y += kRow;
  }
  out += "</svg>";
  return out;
}

std::string ColumnChart(const std::vector<Bar>& bars, absl::string_view filter,
                        const Words& words) {
  if (bars.empty()) return "";
  std::string out = absl::StrFormat(
      "<svg viewBox=\"0 0 %.0f %.0f\" role=\"group\">", kWidth, kColumnHeight);
  const double band =
      (kWidth - 2 * kColumnMargin) / static_cast<double>(bars.size());
  const double width = std::min(kMaxColumn, band * 0.7);
  const double unit = (kColumnBase - kColumnTop) / Highest(bars);
  // Where columns are narrow only some are labelled, the last one always.
  const auto every =
      static_cast<std::size_t>(std::max(1.0, kColumnLabel / band + 0.999));
  absl::StrAppendFormat(
      &out,
      "<line class=\"axis\" x1=\"0\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/>",
      kWidth, kColumnBase + 0.5, kColumnBase + 0.5);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Bar& bar = bars[i];
    const double middle = kColumnMargin + band * (static_cast<double>(i) + 0.5);
    BeginBar(bar, filter, words, out);
    AppendRect("hit", middle - band / 2, 0, band, kColumnHeight, out);
    double y = kColumnBase;
    for (std::size_t j = 0; j < kTallyClasses.size(); ++j) {
      const double height = unit * bar.tally.counts[j];
      if (height <= 0) continue;
      y -= height;
      AppendRect(kTallyClasses[j], middle - width / 2, y, width,
                 std::max(1.0, height - kGap), out);
    }
    if (bar.tally.Total() > 0) {
      absl::StrAppendFormat(
          &out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>",
          middle, y - 4, bar.tally.Total());
    }
    if ((bars.size() - 1 - i) % every == 0) {
      absl::StrAppendFormat(&out,
                            "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" "
                            "text-anchor=\"middle\">%s</text>",
                            middle, kColumnHeight - 4, MarkupText(bar.label));
    }
    out += "</g>";
  }
  out += "</svg>";
  return out;
}

std::string TallyTable(const std::vector<Bar>& bars, absl::string_view heading,
                       const Words& words, const HtmlWords& html) {
  std::string out = absl::StrCat("<table><thead><tr><th>", heading);
  for (const absl::string_view word :
       {words.errors, words.warnings, words.opportunities, html.total}) {
    absl::StrAppend(&out, "<th class=\"n\">", word);
  }
  out += "</thead><tbody>";
  for (const Bar& bar : bars) {
    absl::StrAppend(&out, "<tr><td>", MarkupText(bar.label));
    for (const int count : bar.tally.counts)
      absl::StrAppend(&out, "<td class=\"n\">", count);
    absl::StrAppend(&out, "<td class=\"n\">", bar.tally.Total(), "\n");
  }
  out += "</tbody></table>";
  return out;
}

}  // namespace klausul::report
