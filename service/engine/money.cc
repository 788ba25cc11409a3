#include "service/engine/money.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace klausul::engine {
namespace {

// Billionths of a unit: 28 digits at the most, of the 38 that this has.
__extension__ typedef __int128 Nanos;

constexpr Nanos kNanosPerUnit = 1'000'000'000;
constexpr int kMaxPowerOfTen = 38;

Nanos ToNanos(const v1::Money& money) {
  return Nanos{money.units()} * kNanosPerUnit + money.nanos();
}

// A copy of `like` with another amount.
absl::optional<v1::Money> FromNanos(Nanos nanos, const v1::Money& like) {
  const Nanos units = nanos / kNanosPerUnit;
  if (units > std::numeric_limits<std::int64_t>::max() ||
      units < std::numeric_limits<std::int64_t>::min()) {
    return {};
  }
  v1::Money money = like;
  money.set_units(static_cast<std::int64_t>(units));
  money.set_nanos(static_cast<std::int32_t>(nanos % kNanosPerUnit));
  return money;
}

v1::VatBasis VatOf(const v1::Money& money) {
  return money.has_vat() ? money.vat() : v1::VAT_BASIS_UNSPECIFIED;
}

bool IsSumOfNothing(const v1::Money& money) {
  return money.currency_code().empty();
}

// A decimal number: digits * 10^exponent.
struct Decimal {
  Nanos digits = 0;
  int exponent = 0;
};

// The shortest decimal number that reads back as the same double.
absl::optional<Decimal> ShortestDecimal(double value) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value,
                                 std::chars_format::scientific);
  const absl::string_view text(buffer,
                               static_cast<std::size_t>(end.ptr - buffer));
  const std::size_t e = text.find('e');
  if (e == absl::string_view::npos) return {};  // infinite, or no number
  Decimal decimal;
  bool fraction = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') fraction = true;
    if (c < '0' || c > '9') continue;
    decimal.digits = decimal.digits * 10 + (c - '0');
    if (fraction) --decimal.exponent;
  }
  if (text[0] == '-') decimal.digits = -decimal.digits;
  int exponent = 0;
  absl::string_view digits = text.substr(e + 1);
  if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
  if (!absl::SimpleAtoi(digits, &exponent)) return {};
  decimal.exponent += exponent;
  return decimal;
}

bool Multiply(Nanos a, Nanos b, Nanos* result) {
  return !__builtin_mul_overflow(a, b, result);
}

// Rounds half to even. `divisor` is positive.
Nanos DivideRounding(Nanos value, Nanos divisor) {
  Nanos quotient = value / divisor;
  const Nanos rest = value % divisor;
  const Nanos magnitude = rest < 0 ? -rest : rest;
  const Nanos other = divisor - magnitude;
  if (magnitude > other || (magnitude == other && quotient % 2 != 0)) {
    quotient += value < 0 ? -1 : 1;
  }
  return quotient;
}

}  // namespace

MoneyMatch MatchMoney(const v1::Money& a, const v1::Money& b) {
  if (IsSumOfNothing(a) || IsSumOfNothing(b)) return MoneyMatch::kSame;
  if (a.currency_code() != b.currency_code()) return MoneyMatch::kCurrency;
  if (VatOf(a) == VatOf(b)) return MoneyMatch::kSame;
  return VatOf(a) == v1::VAT_BASIS_UNSPECIFIED ||
                 VatOf(b) == v1::VAT_BASIS_UNSPECIFIED
             ? MoneyMatch::kVatUnstated
             : MoneyMatch::kVatDiffers;
}

int CompareMoney(const v1::Money& a, const v1::Money& b) {
  const Nanos left = ToNanos(a);
  const Nanos right = ToNanos(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

absl::optional<v1::Money> AddMoney(const v1::Money& a, const v1::Money& b) {
  return FromNanos(ToNanos(a) + ToNanos(b), IsSumOfNothing(a) ? b : a);
}

absl::optional<v1::Money> SubtractMoney(const v1::Money& a,
                                        const v1::Money& b) {
  return FromNanos(ToNanos(a) - ToNanos(b), IsSumOfNothing(a) ? b : a);
}

absl::optional<v1::Money> ScaleMoney(const v1::Money& a, std::int64_t factor) {
  Nanos product = 0;
  if (!Multiply(ToNanos(a), factor, &product)) return {};
  return FromNanos(product, a);
}

absl::optional<v1::Money> ScaleMoney(const v1::Money& a, double factor) {
  const absl::optional<Decimal> decimal = ShortestDecimal(factor);
  if (!decimal.has_value()) return {};
  Nanos product = 0;
  if (!Multiply(ToNanos(a), decimal->digits, &product)) return {};
  if (product == 0 || decimal->exponent < -kMaxPowerOfTen) {
    return FromNanos(0, a);
  }
  if (decimal->exponent > kMaxPowerOfTen) return {};
  Nanos power = 1;
  for (int i = 0; i < std::abs(decimal->exponent); ++i)
    power *= 10;
  if (decimal->exponent < 0) {
    return FromNanos(DivideRounding(product, power), a);
  }
  if (!Multiply(product, power, &product)) return {};
  return FromNanos(product, a);
}

std::string PlainMoney(const v1::Money& money) {
  std::string text = absl::StrCat(money.currency_code(),
                                  money.currency_code().empty() ? "" : " ");
  if (money.units() < 0 || money.nanos() < 0) text += '-';
  const std::uint64_t units = static_cast<std::uint64_t>(money.units());
  absl::StrAppend(&text, money.units() < 0 ? 0 - units : units);
  if (money.nanos() == 0) return text;
  std::string nanos =
      absl::StrFormat("%09d", std::abs(std::int64_t{money.nanos()}));
  nanos.erase(nanos.find_last_not_of('0') + 1);
  return absl::StrCat(text, ".", nanos);
}

}  // namespace klausul::engine
