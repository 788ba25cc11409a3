#include "service/engine/legal_link.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

struct LinkCase {
  std::string name;
  std::string provision;
  std::string want;

  friend std::ostream& operator<<(std::ostream& out, const LinkCase& link) {
    return out << link.name;
  }
};

class ProvisionUrlTest : public testing::TestWithParam<LinkCase> {};

TEST_P(ProvisionUrlTest, LeadsToTheProvisionWhereItHasANumber) {
  v1::Instrument instrument;
  instrument.set_url("https://law.example/foa");
  instrument.set_provision_url("https://law.example/foa/%C2%A7{number}");
  EXPECT_EQ(ProvisionUrl(instrument, GetParam().provision), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, ProvisionUrlTest,
    testing::ValuesIn(std::vector<LinkCase>{
        {"Paragraph", "§ 7-9 (2)", "https://law.example/foa/%C2%A77-9"},
        {"Letter", "§ 5b", "https://law.example/foa/%C2%A75b"},
        {"ChapterAndLetter", "§ 26-2a (1)",
         "https://law.example/foa/%C2%A726-2a"},
        {"ItemBehind", "§ 13-4 b", "https://law.example/foa/%C2%A713-4"},
        {"Article", "art. 27 (1)", "https://law.example/foa/%C2%A727"},
        {"ANumberThatGoesOn", "punkt 5/7", "https://law.example/foa"},
        {"NoNumber", "fortalen", "https://law.example/foa"},
        {"Empty", "", "https://law.example/foa"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ProvisionUrl, IsTheWholeWithoutAPattern) {
  v1::Instrument instrument;
  EXPECT_EQ(ProvisionUrl(instrument, "§ 1"), "");
  instrument.set_url("https://law.example/report");
  EXPECT_EQ(ProvisionUrl(instrument, "§ 1"), "https://law.example/report");
}

}  // namespace
}  // namespace klausul::engine
