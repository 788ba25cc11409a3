#include "service/cel/extensions/ip_address.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

struct TextCase {
  std::string text;
  // The text that it is written as; empty where it is none.
  std::string want;

  friend std::ostream& operator<<(std::ostream& out, const TextCase& test) {
    return out << test.text;
  }
};

class IpAddressTest : public testing::TestWithParam<TextCase> {};

TEST_P(IpAddressTest, ReadsAndWrites) {
  const absl::optional<IpAddress> address = IpAddress::Parse(GetParam().text);
  EXPECT_EQ(address.has_value() ? address->ToString() : "", GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Ipv4, IpAddressTest,
                         testing::ValuesIn(std::vector<TextCase>{
                             {"0.0.0.0", "0.0.0.0"},
                             {"255.255.255.255", "255.255.255.255"},
                             {"192.0.2.1", "192.0.2.1"},
                             {"192.0.2.256", ""},
                             {"192.0.2.01", ""},
                             {"192.0.2.00", ""},
                             {"192.0.2", ""},
                             {"192.0.2.1.", ""},
                             {"192.0.2.1.1", ""},
                             {"192.0..1", ""},
                             {"192.0.2.-1", ""},
                             {"192.0.2.+1", ""},
                             {"0x7f.0.0.1", ""},
                             {" 192.0.2.1", ""},
                             {"192.0.2.1 ", ""},
                             {"192.0.2.1/24", ""},
                             {std::string("192.0.2.1\0", 10), ""},
                             {"", ""},
                         }));

INSTANTIATE_TEST_SUITE_P(
    Ipv6, IpAddressTest,
    testing::ValuesIn(std::vector<TextCase>{
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:DB8::ABCD", "2001:db8::abcd"},
        {"2001:db8:0:0:0:0:0:1", "2001:db8::1"},
        {"2001:0db8::0001", "2001:db8::1"},
        // The longest run of zeros, the first of two, none of one group.
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
        {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
         "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"64:ff9b::192.0.2.1", "64:ff9b::c000:201"},
        {"::192.0.2.1", "::c000:201"},
        {"::ffff:192.0.2.1", ""},
        {"::ffff:c000:201", ""},
        {"0:0:0:0:0:ffff:c000:201", ""},
        {"fe80::1%eth0", ""},
        {":::1", ""},
        {"1::2::3", ""},
        {"1:2:3:4:5:6:7", ""},
        {"1:2:3:4:5:6:7:8:9", ""},
        {"12345::", ""},
        {"g::", ""},
        {"[::1]", ""},
        {"::1 ", ""},
        {":1", ""},
        {"1:", ""},
    }));

class IpBlockTest : public testing::TestWithParam<TextCase> {};

TEST_P(IpBlockTest, ReadsAndWrites) {
  const absl::optional<IpBlock> block = IpBlock::Parse(GetParam().text);
  EXPECT_EQ(block.has_value() ? block->ToString() : "", GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(All, IpBlockTest,
                         testing::ValuesIn(std::vector<TextCase>{
                             {"192.0.2.0/24", "192.0.2.0/24"},
                             {"192.0.2.1/24", "192.0.2.1/24"},
                             {"0.0.0.0/0", "0.0.0.0/0"},
                             {"192.0.2.1/32", "192.0.2.1/32"},
                             {"192.0.2.1/33", ""},
                             {"192.0.2.1/", ""},
                             {"192.0.2.1", ""},
                             {"192.0.2.1/024", ""},
                             {"192.0.2.1/00", ""},
                             {"192.0.2.1/+8", ""},
                             {"192.0.2.1/-8", ""},
                             {"192.0.2.1/8 ", ""},
                             {"192.0.2.1/8/8", ""},
                             {"192.0.2.1/99999999999999999999", ""},
                             {"192.0.2.1/255.255.255.0", ""},
                             {"/8", ""},
                             {"::1/128", "::1/128"},
                             {"2001:DB8::/32", "2001:db8::/32"},
                             {"::1/129", ""},
                             {"::ffff:192.0.2.0/120", ""},
                             {"fe80::1%eth0/64", ""},
                         }));

TEST(IpAddressTest, MasksAnyNumberOfBits) {
  const IpAddress ones = *IpAddress::Parse("255.255.255.255");
  EXPECT_EQ(ones.Masked(0).ToString(), "0.0.0.0");
  EXPECT_EQ(ones.Masked(1).ToString(), "128.0.0.0");
  EXPECT_EQ(ones.Masked(20).ToString(), "255.255.240.0");
  EXPECT_EQ(ones.Masked(32), ones);
  EXPECT_EQ(IpAddress::Parse("ff:ff:ff::ff")->Masked(44).ToString(),
            "ff:ff:f0::");
}

TEST(IpAddressTest, FamiliesAreNeverEqual) {
  EXPECT_FALSE(*IpAddress::Parse("0.0.0.0") == *IpAddress::Parse("::"));
}

}  // namespace
}  // namespace klausul::cel
