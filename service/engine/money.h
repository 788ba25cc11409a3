#ifndef KLAUSUL_SERVICE_ENGINE_MONEY_H_
#define KLAUSUL_SERVICE_ENGINE_MONEY_H_

#include <cstdint>
#include <string>

#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"

// Arithmetic on amounts, exact in billionths of a unit. An amount without a
// currency is the sum of nothing: zero in any currency and on any VAT basis.

namespace klausul::engine {

enum class MoneyMatch {
  kSame,
  // Two currencies.
  kCurrency,
  // One says whether VAT is in it, the other does not.
  kVatUnstated,
  // One is with VAT, the other without.
  kVatDiffers,
};

// Whether two amounts may be compared or added.
MoneyMatch MatchMoney(const v1::Money& a, const v1::Money& b);

// Negative, 0 or positive. Only for amounts that match.
int CompareMoney(const v1::Money& a, const v1::Money& b);

// nullopt where the result does not fit. Only for amounts that match.
absl::optional<v1::Money> AddMoney(const v1::Money& a, const v1::Money& b);
absl::optional<v1::Money> SubtractMoney(const v1::Money& a, const v1::Money& b);

// nullopt where the result does not fit.
absl::optional<v1::Money> ScaleMoney(const v1::Money& a, std::int64_t factor);
// The factor is taken as the decimal number that it is written as: 0.2 is two
// tenths. What is finer than a billionth is rounded half to even. nullopt also
// where the factor is no number.
absl::optional<v1::Money> ScaleMoney(const v1::Money& a, double factor);

// `NOK 1300000`, `EUR 12.5`.
std::string PlainMoney(const v1::Money& money);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_MONEY_H_
