#include "service/engine/money.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

v1::Money Nok(std::int64_t units, std::int32_t nanos = 0) {
  v1::Money money;
  money.set_currency_code("NOK");
  money.set_units(units);
  money.set_nanos(nanos);
  return money;
}

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

TEST(Money, AddsExactly) {
  EXPECT_EQ(PlainMoney(*AddMoney(Nok(1, 999'999'999), Nok(0, 1))), "NOK 2");
  EXPECT_EQ(PlainMoney(*SubtractMoney(Nok(0), Nok(0, 1))), "NOK -0.000000001");
  EXPECT_EQ(PlainMoney(*SubtractMoney(Nok(5), Nok(7, 500'000'000))),
            "NOK -2.5");
}

TEST(Money, OverflowIsNoAmount) {
  EXPECT_FALSE(AddMoney(Nok(kMax), Nok(1)).has_value());
  EXPECT_TRUE(AddMoney(Nok(kMax), Nok(0, 999'999'999)).has_value());
  EXPECT_FALSE(ScaleMoney(Nok(kMax), std::int64_t{2}).has_value());
  EXPECT_FALSE(ScaleMoney(Nok(kMax), kMax).has_value());
  EXPECT_FALSE(ScaleMoney(Nok(kMax), 1.5).has_value());
  EXPECT_FALSE(ScaleMoney(Nok(1), 1e300).has_value());
}

TEST(Money, ScalesByTheDecimalNumberThatIsWritten) {
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(1'000'000), 0.1)), "NOK 100000");
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(3), 1.1)), "NOK 3.3");
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(-3), 1e3)), "NOK -3000");
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(1), 1e-300)), "NOK 0");
  EXPECT_FALSE(ScaleMoney(Nok(1), std::nan("")).has_value());
  EXPECT_FALSE(
      ScaleMoney(Nok(1), std::numeric_limits<double>::infinity()).has_value());
}

TEST(Money, RoundsHalfToEven) {
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(0, 5), 0.1)), "NOK 0");
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(0, 15), 0.1)), "NOK 0.000000002");
  EXPECT_EQ(PlainMoney(*ScaleMoney(Nok(0, -15), 0.1)), "NOK -0.000000002");
}

TEST(Money, MatchesWithinOneCurrencyAndVatBasis) {
  v1::Money net = Nok(1);
  net.set_vat(v1::VAT_BASIS_EXCLUDED);
  v1::Money gross = Nok(1);
  gross.set_vat(v1::VAT_BASIS_INCLUDED);
  v1::Money euro = net;
  euro.set_currency_code("EUR");
  EXPECT_EQ(MatchMoney(net, net), MoneyMatch::kSame);
  EXPECT_EQ(MatchMoney(Nok(1), Nok(2)), MoneyMatch::kSame);
  EXPECT_EQ(MatchMoney(net, Nok(2)), MoneyMatch::kVatUnstated);
  EXPECT_EQ(MatchMoney(net, gross), MoneyMatch::kVatDiffers);
  EXPECT_EQ(MatchMoney(net, euro), MoneyMatch::kCurrency);
  EXPECT_EQ(MatchMoney(v1::Money(), euro), MoneyMatch::kSame)
      << "the sum of nothing";
}

TEST(Money, ThePlainFormOfTheSmallestAmount) {
  EXPECT_EQ(PlainMoney(Nok(std::numeric_limits<std::int64_t>::min())),
            "NOK -9223372036854775808");
}

}  // namespace
}  // namespace klausul::engine
