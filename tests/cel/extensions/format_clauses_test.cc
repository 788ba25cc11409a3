#include "service/cel/extensions/format_clauses.h"

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

struct ReadCase {
  std::string format;
  // The pieces: `text`, `<conversion precision>`; then `!` and the error.
  std::string want;

  friend std::ostream& operator<<(std::ostream& out, const ReadCase& test) {
    return out << test.format;
  }
};

class FormatReaderTest : public testing::TestWithParam<ReadCase> {};

TEST_P(FormatReaderTest, Reads) {
  FormatReader reader(GetParam().format);
  FormatPiece piece;
  std::string got;
  while (reader.Next(piece)) {
    if (piece.conversion == 0) {
      absl::StrAppend(&got, piece.text);
    } else {
      absl::StrAppend(&got, "<", absl::string_view(&piece.conversion, 1),
                      piece.precision, ">");
    }
  }
  if (!reader.error().empty()) absl::StrAppend(&got, "!", reader.error());
  EXPECT_EQ(got, GetParam().want);
  EXPECT_FALSE(reader.Next(piece));
}

INSTANTIATE_TEST_SUITE_P(
    All, FormatReaderTest,
    testing::ValuesIn(std::vector<ReadCase>{
        {"", ""},
        {"text", "text"},
        {"%%", "%"},
        {"%%%s%%", "%<s6>%"},
        {"a%db", "a<d6>b"},
        {"%s%d%f%e%b%o%x%X", "<s6><d6><f6><e6><b6><o6><x6><X6>"},
        {"%.0f", "<f0>"},
        {"%.3e", "<e3>"},
        {"%.0012f", "<f12>"},
        {"%.1000f", "<f1000>"},
        {"%.1001f", "!the precision of a clause is more than 1000"},
        {"%.99999999999999999999f",
         "!the precision of a clause is more than 1000"},
        {"%.f", "!the precision of a clause has no digits"},
        {"%.-1f", "!the precision of a clause has no digits"},
        {"a%",
         "a!a format ends within a clause; a percent sign is written `%%`"},
        {"%.2",
         "!a format ends within a clause; a percent sign is written "
         "`%%`"},
        {"%a",
         "!a format has no clause `%a`; there are %s %d %f %e %b %o %x "
         "%X and %%"},
        {"%E",
         "!a format has no clause `%E`; there are %s %d %f %e %b %o %x "
         "%X and %%"},
        {"%\u00E6",
         "!a format has no clause `%\u00E6`; there are %s %d %f %e "
         "%b %o %x %X and %%"},
        {"%5d",
         "!a format has no clause `%5`; there are %s %d %f %e %b %o %x "
         "%X and %%"},
        {"%.2d", "!`%d` has no precision; only %f and %e have"},
        {"%.2%",
         "!a format has no clause `%%`; there are %s %d %f %e %b %o "
         "%x %X and %%"},
    }));

}  // namespace
}  // namespace klausul::cel
