#include "service/engine/text_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "service/engine/money.h"
#include "service/engine/span_length.h"

namespace klausul::engine {
namespace {

// Between the groups of a number, and before `kr`: they stay on one line.
constexpr absl::string_view kNoBreakSpace = "\u00a0";

bool IsEnglish(Language language) {
  return language == Language::kEnglish;
}

absl::string_view Pick(Language language, absl::string_view nb,
                       absl::string_view nn, absl::string_view en) {
  switch (language) {
    case Language::kBokmal:
      return nb;
    case Language::kNynorsk:
      return nn;
    case Language::kEnglish:
      return en;
  }
  return nb;
}

// Digits in groups of three from the right.
std::string Grouped(absl::string_view digits, Language language) {
  const absl::string_view separator =
      IsEnglish(language) ? absl::string_view(",") : kNoBreakSpace;
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text.append(separator.data(), separator.size());
    }
    text += digits[i];
  }
  return text;
}

// Small numbers are not grouped: 2026 may be a year.
std::string FormatInt(std::int64_t value, Language language) {
  constexpr std::size_t kUngroupedDigits = 4;
  std::string digits = absl::StrCat(value);
  std::string sign;
  if (digits[0] == '-') {
    sign = "-";
    digits.erase(0, 1);
  }
  return digits.size() <= kUngroupedDigits ? sign + digits
                                           : sign + Grouped(digits, language);
}

// At most six decimals: a sum of weights is 33.3, not 33.300000000000004.
std::string PlainDouble(double value) {
  if (!std::isfinite(value)) return absl::StrCat(value);
  std::string text = absl::StrFormat("%.6f", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string FormatDouble(double value, Language language) {
  std::string text = PlainDouble(value);
  const std::size_t point = text.find('.');
  std::string fraction;
  if (point != std::string::npos) {
    fraction = text.substr(point + 1);
    text.resize(point);
  }
  std::int64_t whole = 0;
  // "-0" loses its sign as a number.
  const bool negative = text[0] == '-';
  if (absl::SimpleAtoi(text, &whole)) {
    text = (negative && whole == 0 ? "-" : "") + FormatInt(whole, language);
  }
  if (fraction.empty()) return text;
  return absl::StrCat(text, IsEnglish(language) ? "." : ",", fraction);
}

std::string FormatMoney(const v1::Money& money, Language language) {
  const std::string plain = PlainMoney(money);
  absl::string_view digits = plain;
  const std::size_t space = plain.find(' ');
  if (space != std::string::npos) digits.remove_prefix(space + 1);
  const bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  std::string fraction;
  const std::size_t point = digits.find('.');
  if (point != absl::string_view::npos) {
    fraction = std::string(digits.substr(point + 1));
    // Half a krone is 0,50.
    if (fraction.size() == 1) fraction += '0';
    digits = digits.substr(0, point);
  }
  std::string amount =
      absl::StrCat(negative ? "-" : "", Grouped(digits, language));
  if (!fraction.empty()) {
    absl::StrAppend(&amount, IsEnglish(language) ? "." : ",", fraction);
  }
  if (money.currency_code().empty()) return amount;
  if (IsEnglish(language)) {
    return absl::StrCat(money.currency_code(), " ", amount);
  }
  return absl::StrCat(
      amount, kNoBreakSpace,
      money.currency_code() == "NOK" ? "kr" : money.currency_code());
}

std::string PlainDate(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

std::string FormatDate(const v1::Date& date, Language language) {
  static constexpr absl::string_view kMonths[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  if (date.month() < 1 || date.month() > 12) return PlainDate(date);
  if (!IsEnglish(language)) {
    return absl::StrCat(date.day(), ".", date.month(), ".", date.year());
  }
  return absl::StrCat(date.day(), " ", kMonths[date.month() - 1], " ",
                      date.year());
}

std::string Counted(std::int64_t count, absl::string_view one,
                    absl::string_view many, Language language) {
  return absl::StrCat(FormatInt(count, language), " ", count == 1 ? one : many);
}

std::string FormatSpan(const v1::Span& span, Language language) {
  if (span.indefinite()) {
    return std::string(Pick(language, "uten sluttdato", "utan sluttdato",
                            "without an end date"));
  }
  std::string text;
  if (span.months() != 0 || !span.has_days()) {
    text = Counted(span.months(), Pick(language, "måned", "månad", "month"),
                   Pick(language, "måneder", "månader", "months"), language);
  }
  if (span.days() != 0 || text.empty()) {
    const std::string days =
        Counted(span.days(), Pick(language, "dag", "dag", "day"),
                Pick(language, "dager", "dagar", "days"), language);
    text =
        text.empty()
            ? days
            : absl::StrCat(text, Pick(language, " og ", " og ", " and "), days);
  }
  return text;
}

std::string FormatList(const std::vector<TextValue>& items, Language language) {
  if (items.empty()) {
    return std::string(Pick(language, "ingen", "ingen", "none"));
  }
  std::vector<std::string> texts;
  for (const TextValue& item : items)
    texts.push_back(item.Format(language));
  if (texts.size() == 1) return texts[0];
  const std::string last = texts.back();
  texts.pop_back();
  return absl::StrCat(absl::StrJoin(texts, ", "),
                      Pick(language, " og ", " og ", " and "), last);
}

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_';
}

// Names of parameters have dots and hyphens.
bool IsNamePart(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         c == '.' || c == '-';
}

// The name at the brace at `open`, with `end` behind its closing brace; empty
// where there is none.
absl::string_view NameAt(absl::string_view text, std::size_t open,
                         std::size_t* end) {
  std::size_t i = open + 1;
  if (i >= text.size() || !IsNameStart(text[i])) return {};
  while (i < text.size() && IsNamePart(text[i]))
    ++i;
  if (i >= text.size() || text[i] != '}') return {};
  *end = i + 1;
  return text.substr(open + 1, i - open - 1);
}

// True where the brace at `i` is doubled: it stands for itself.
bool IsDoubled(absl::string_view text, std::size_t i) {
  return i + 1 < text.size() && text[i + 1] == text[i];
}

}  // namespace

TextValue TextValue::Bool(bool value) {
  TextValue result;
  result.kind = Kind::kBool;
  result.bool_value = value;
  return result;
}

TextValue TextValue::Int(std::int64_t value) {
  TextValue result;
  result.kind = Kind::kInt;
  result.int_value = value;
  return result;
}

TextValue TextValue::Double(double value) {
  TextValue result;
  result.kind = Kind::kDouble;
  result.double_value = value;
  return result;
}

TextValue TextValue::String(absl::string_view text) {
  TextValue result;
  result.kind = Kind::kString;
  result.text = std::string(text);
  return result;
}

TextValue TextValue::Money(const v1::Money& money) {
  TextValue result;
  result.kind = Kind::kMoney;
  result.money = money;
  return result;
}

TextValue TextValue::Date(const v1::Date& date) {
  TextValue result;
  result.kind = Kind::kDate;
  result.date = date;
  return result;
}

TextValue TextValue::Span(const v1::Span& span) {
  TextValue result;
  result.kind = Kind::kSpan;
  result.span = span;
  return result;
}

TextValue TextValue::List(std::vector<TextValue> items) {
  TextValue result;
  result.kind = Kind::kList;
  result.items = std::move(items);
  return result;
}

std::string TextValue::Format(Language language) const {
  switch (kind) {
    case Kind::kUnknown:
      return std::string(
          Pick(language, "ikke oppgitt", "ikkje oppgitt", "not stated"));
    case Kind::kBool:
      return std::string(bool_value ? Pick(language, "ja", "ja", "yes")
                                    : Pick(language, "nei", "nei", "no"));
    case Kind::kInt:
      return FormatInt(int_value, language);
    case Kind::kDouble:
      return FormatDouble(double_value, language);
    case Kind::kString:
      return text;
    case Kind::kMoney:
      return FormatMoney(money, language);
    case Kind::kDate:
      return FormatDate(date, language);
    case Kind::kSpan:
      return FormatSpan(span, language);
    case Kind::kList:
      return FormatList(items, language);
  }
  return "";
}

std::string TextValue::Plain() const {
  switch (kind) {
    case Kind::kUnknown:
      return "";
    case Kind::kBool:
      return bool_value ? "true" : "false";
    case Kind::kInt:
      return absl::StrCat(int_value);
    case Kind::kDouble:
      return PlainDouble(double_value);
    case Kind::kString:
      return text;
    case Kind::kMoney:
      return PlainMoney(money);
    case Kind::kDate:
      return PlainDate(date);
    case Kind::kSpan:
      return PlainSpan(span);
    case Kind::kList:
      return absl::StrCat(
          "[",
          absl::StrJoin(items, ", ",
                        [](std::string* out, const TextValue& item) {
                          out->append(item.Plain());
                        }),
          "]");
  }
  return "";
}

std::string PickText(const v1::Text& text, Language language) {
  static constexpr absl::string_view kOrder[3][3] = {
      {"nb", "nn", "en"}, {"nn", "nb", "en"}, {"en", "nb", "nn"}};
  const auto& texts = text.by_language();
  for (const absl::string_view code :
       kOrder[static_cast<std::size_t>(language)]) {
    const auto found = texts.find(std::string(code));
    if (found != texts.end() && !found->second.empty()) return found->second;
  }
  // Some other language is better than nothing; the first by code, so that the
  // choice does not change from run to run.
  const std::string* best = nullptr;
  const std::string* best_code = nullptr;
  for (const auto& entry : texts) {
    if (best_code == nullptr || entry.first < *best_code) {
      best_code = &entry.first;
      best = &entry.second;
    }
  }
  return best == nullptr ? "" : *best;
}

std::vector<std::string> Placeholders(absl::string_view text,
                                      std::size_t* bad_offset) {
  *bad_offset = absl::string_view::npos;
  std::vector<std::string> names;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] != '{' && text[i] != '}') {
      ++i;
    } else if (IsDoubled(text, i)) {
      i += 2;
    } else {
      std::size_t end = 0;
      const absl::string_view name =
          text[i] == '{' ? NameAt(text, i, &end) : absl::string_view();
      if (name.empty()) {
        if (*bad_offset == absl::string_view::npos) *bad_offset = i;
        ++i;
        continue;
      }
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.emplace_back(name);
      }
      i = end;
    }
  }
  return names;
}

std::string FillTemplate(absl::string_view text,
                         const std::vector<NamedValue>& values,
                         Language language) {
  std::string filled;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t brace =
        std::min(text.find_first_of("{}", i), text.size());
    filled.append(text.data() + i, brace - i);
    i = brace;
    if (i == text.size()) break;
    std::size_t end = 0;
    if (IsDoubled(text, i)) {
      filled += text[i];
      i += 2;
      continue;
    }
    const absl::string_view name =
        text[i] == '{' ? NameAt(text, i, &end) : absl::string_view();
    if (name.empty()) {
      filled += text[i++];
      continue;
    }
    const auto found = std::find_if(
        values.begin(), values.end(),
        [&](const NamedValue& value) { return value.name == name; });
    filled += found == values.end() ? TextValue::Unknown().Format(language)
                                    : found->value.Format(language);
    i = end;
  }
  return filled;
}

}  // namespace klausul::engine
