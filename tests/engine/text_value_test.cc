#include "service/engine/text_value.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;

TextValue Amount(const std::string& currency, std::int64_t units,
                 std::int32_t nanos = 0) {
  v1::Money money;
  money.set_currency_code(currency);
  money.set_units(units);
  money.set_nanos(nanos);
  return TextValue::Money(money);
}

TextValue Day(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return TextValue::Date(date);
}

TextValue Length(int months, int days) {
  v1::Span span;
  if (months >= 0) span.set_months(months);
  if (days >= 0) span.set_days(days);
  return TextValue::Span(span);
}

TextValue NoEnd() {
  v1::Span span;
  span.set_indefinite(true);
  return TextValue::Span(span);
}

struct FormatCase {
  std::string name;
  TextValue value;
  std::string nb;
  std::string nn;
  std::string en;
  std::string plain;
};

std::ostream& operator<<(std::ostream& out, const FormatCase& c) {
  return out << c.name;
}

class FormatTest : public testing::TestWithParam<FormatCase> {};

TEST_P(FormatTest, ForPeopleAndForPrograms) {
  EXPECT_EQ(GetParam().value.Format(Language::kBokmal), GetParam().nb);
  EXPECT_EQ(GetParam().value.Format(Language::kNynorsk), GetParam().nn);
  EXPECT_EQ(GetParam().value.Format(Language::kEnglish), GetParam().en);
  EXPECT_EQ(GetParam().value.Plain(), GetParam().plain);
}

INSTANTIATE_TEST_SUITE_P(
    Languages, FormatTest,
    testing::ValuesIn(std::vector<FormatCase>{
        {"Money", Amount("NOK", 1300000), "1\u00a0300\u00a0000\u00a0kr",
         "1\u00a0300\u00a0000\u00a0kr", "NOK 1,300,000", "NOK 1300000"},
        {"MoneyWithFraction", Amount("NOK", 1300, 500000000),
         "1\u00a0300,50\u00a0kr", "1\u00a0300,50\u00a0kr", "NOK 1,300.50",
         "NOK 1300.5"},
        {"NegativeMoney", Amount("EUR", -12), "-12\u00a0EUR", "-12\u00a0EUR",
         "EUR -12", "EUR -12"},
        {"Date", Day(2026, 3, 31), "31.3.2026", "31.3.2026", "31 March 2026",
         "2026-03-31"},
        {"Year", TextValue::Int(2026), "2026", "2026", "2026", "2026"},
        {"Large", TextValue::Int(-12345), "-12\u00a0345", "-12\u00a0345",
         "-12,345", "-12345"},
        {"Percent", TextValue::Double(37.5), "37,5", "37,5", "37.5", "37.5"},
        {"Whole", TextValue::Double(30), "30", "30", "30", "30"},
        {"Sum", TextValue::Double(33.300000000000004), "33,3", "33,3", "33.3",
         "33.3"},
        {"NegativeFraction", TextValue::Double(-0.5), "-0,5", "-0,5", "-0.5",
         "-0.5"},
        {"Months", Length(24, -1), "24 måneder", "24 månader", "24 months",
         "24 months"},
        {"Month", Length(1, -1), "1 måned", "1 månad", "1 month", "1 month"},
        {"Days", Length(-1, 10), "10 dager", "10 dagar", "10 days", "10 days"},
        {"MonthAndDay", Length(1, 1), "1 måned og 1 dag", "1 månad og 1 dag",
         "1 month and 1 day", "1 month 1 day"},
        {"Indefinite", NoEnd(), "uten sluttdato", "utan sluttdato",
         "without an end date", "indefinite"},
        {"Bool", TextValue::Bool(true), "ja", "ja", "yes", "true"},
        {"Enum", TextValue::String("PART_II"), "PART_II", "PART_II", "PART_II",
         "PART_II"},
        {"List",
         TextValue::List({TextValue::String("A"), TextValue::String("B"),
                          TextValue::String("C")}),
         "A, B og C", "A, B og C", "A, B and C", "[A, B, C]"},
        {"EmptyList", TextValue::List({}), "ingen", "ingen", "none", "[]"},
        {"Unknown", TextValue::Unknown(), "ikke oppgitt", "ikkje oppgitt",
         "not stated", ""},
    }),
    [](const auto& test) { return test.param.name; });

v1::Text Texts(const std::vector<std::string>& languages) {
  v1::Text text;
  for (const std::string& language : languages) {
    (*text.mutable_by_language())[language] = "in " + language;
  }
  return text;
}

TEST(PickText, FallsBackOnTheNextBestLanguage) {
  EXPECT_EQ(PickText(Texts({"nb", "nn", "en"}), Language::kNynorsk), "in nn");
  EXPECT_EQ(PickText(Texts({"nb", "en"}), Language::kNynorsk), "in nb");
  EXPECT_EQ(PickText(Texts({"nn", "en"}), Language::kBokmal), "in nn");
  EXPECT_EQ(PickText(Texts({"nb", "nn"}), Language::kEnglish), "in nb");
  EXPECT_EQ(PickText(Texts({"es", "da"}), Language::kEnglish), "in da");
  EXPECT_EQ(PickText(v1::Text(), Language::kEnglish), "");
}

TEST(Placeholders, AreFoundOnceInOrder) {
  std::size_t bad = 0;
  EXPECT_THAT(Placeholders("{b} {a.x-y} {b} {{c}}", &bad),
              ElementsAre("b", "a.x-y"));
  EXPECT_EQ(bad, std::string::npos);
  Placeholders("ab {c", &bad);
  EXPECT_EQ(bad, 3u);
  Placeholders("{}", &bad);
  EXPECT_EQ(bad, 0u);
  Placeholders("a }", &bad);
  EXPECT_EQ(bad, 2u);
}

TEST(FillTemplate, PutsValuesInTheirPlaces) {
  const std::vector<NamedValue> values = {{"days", TextValue::Int(30)}};
  EXPECT_EQ(
      FillTemplate("{days} of {limit} {{days}}", values, Language::kEnglish),
      "30 of not stated {days}");
  EXPECT_EQ(FillTemplate("{limit}", values, Language::kNynorsk),
            "ikkje oppgitt");
}

}  // namespace
}  // namespace klausul::engine
