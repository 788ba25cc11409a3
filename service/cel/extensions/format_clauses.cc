#include "service/cel/extensions/format_clauses.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/cel/extensions/code_points.h"

namespace klausul::cel {

bool FormatReader::Next(FormatPiece& piece) {
  piece = FormatPiece();
  if (rest_.empty() || !error_.empty()) return false;
  if (absl::ConsumePrefix(&rest_, "%%")) {
    piece.text = "%";
    return true;
  }
  if (absl::ConsumePrefix(&rest_, "%")) return ReadClause(piece);
  piece.text = rest_.substr(0, rest_.find('%'));
  rest_.remove_prefix(piece.text.size());
  return true;
}

bool FormatReader::ReadClause(FormatPiece& piece) {
  const bool has_precision = absl::ConsumePrefix(&rest_, ".");
  if (has_precision && !ReadPrecision(piece)) return false;
  if (rest_.empty()) {
    error_ = "a format ends within a clause; a percent sign is written `%%`";
    return false;
  }
  const absl::string_view conversion = rest_.substr(0, CodePointBytes(rest_));
  if (!absl::StrContains("sdfeboxX", conversion)) {
    error_ = absl::StrCat("a format has no clause `%", conversion,
                          "`; there are %s %d %f %e %b %o %x %X and %%");
    return false;
  }
  if (has_precision && conversion != "f" && conversion != "e") {
    error_ = absl::StrCat("`%", conversion,
                          "` has no precision; only %f and %e have");
    return false;
  }
  piece.conversion = conversion.front();
  rest_.remove_prefix(conversion.size());
  return true;
}

bool FormatReader::ReadPrecision(FormatPiece& piece) {
  const std::size_t digits = rest_.find_first_not_of("0123456789");
  const absl::string_view number = rest_.substr(0, digits);
  if (number.empty()) {
    error_ = "the precision of a clause has no digits";
    return false;
  }
  int precision = 0;
  for (const char digit : number) {
    precision = precision * 10 + (digit - '0');
    if (precision > FormatPiece::kMaxPrecision) {
      error_ = absl::StrCat("the precision of a clause is more than ",
                            FormatPiece::kMaxPrecision);
      return false;
    }
  }
  piece.precision = precision;
  rest_.remove_prefix(number.size());
  return true;
}

}  // namespace klausul::cel
