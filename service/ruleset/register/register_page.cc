#include "service/ruleset/register/register_page.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "re2/re2.h"

namespace klausul::ruleset {
namespace {

// The cells of a line of a table; none for any other line.
std::vector<std::string> CellsOf(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (line.size() < 2 || line.front() != '|') return {};
  line.remove_prefix(1);
  if (absl::EndsWith(line, "|")) line.remove_suffix(1);
  std::vector<std::string> cells;
  for (const absl::string_view cell : absl::StrSplit(line, '|')) {
    cells.emplace_back(absl::StripAsciiWhitespace(cell));
  }
  return cells;
}

bool IsId(const std::string& text) {
  static const RE2* const pattern =
      new RE2("[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*-[A-Z]?[0-9]+[a-z]?");
  return RE2::FullMatch(text, *pattern);
}

}  // namespace

std::vector<RegisterRow> ReadRegisterRows(
    const std::shared_ptr<const SourceFile>& page) {
  std::vector<RegisterRow> rows;
  for (std::int32_t i = 0; i < page->line_count(); ++i) {
    const std::int32_t line = page->first_line() + i;
    std::vector<std::string> cells = CellsOf(page->Line(line));
    if (cells.empty() || !IsId(cells.front())) continue;
    RegisterRow& row = rows.emplace_back();
    row.id = cells.front();
    row.cells.assign(cells.begin() + 1, cells.end());
    row.file = page;
    const std::size_t begin =
        page->OffsetOf({line, 1}) + page->Line(line).find(row.id);
    row.span = {static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(begin + row.id.size())};
  }
  return rows;
}

bool IsRowOfLaw(absl::string_view id) {
  static const RE2* const law = new RE2("[A-Z]{2}-.*|D-[0-9]+");
  static const RE2* const bookkeeping =
      new RE2("[A-Z]{2}-(?:REF|FRESH|CHG|OPEN|DATA)-.*");
  const std::string text(id);
  return RE2::FullMatch(text, *law) && !RE2::FullMatch(text, *bookkeeping);
}

std::vector<std::string> ReadReasons(
    const std::shared_ptr<const SourceFile>& page) {
  std::vector<std::string> reasons;
  bool in_table = false;
  for (std::int32_t i = 0; i < page->line_count(); ++i) {
    const std::vector<std::string> cells =
        CellsOf(page->Line(page->first_line() + i));
    if (cells.empty()) {
      in_table = false;
    } else if (cells.front() == "reason") {
      in_table = true;
    } else if (in_table && !absl::StartsWith(cells.front(), "-")) {
      reasons.push_back(cells.front());
    }
  }
  return reasons;
}

}  // namespace klausul::ruleset
