#include "service/cel/extensions/network.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class NetworkTest : public ExtensionTableTest {};

TEST_P(NetworkTest, ComesTo) {
  CheckValue();
}

constexpr char kNoAddress[] =
    "error(invalid-argument: the text is no IP address)";
constexpr char kNoBlock[] =
    "error(invalid-argument: the text is no block of IP addresses in CIDR "
    "notation)";

INSTANTIATE_TEST_SUITE_P(
    Texts, NetworkTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"ip('192.168.0.1')", "ip(\"192.168.0.1\")"},
        {"ip('2001:DB8::0:1')", "ip(\"2001:db8::1\")"},
        {"ip('127.0.0.256')", kNoAddress},
        {"ip('')", kNoAddress},
        {"cidr('192.168.0.1/16')", "cidr(\"192.168.0.1/16\")"},
        {"cidr('192.168.0.0')", kNoBlock},
        {"isIP('127.0.0.1') && isIP('::1')", "true"},
        {"isIP('127.0.0.01') || isIP('::ffff:1.2.3.4') || "
         "isIP('fe80::1%eth0') || isIP('10.0.0.0/8')",
         "false"},
        {"isCIDR('10.0.0.0/8') && isCIDR('10.0.0.1/8') && isCIDR('::1/128')",
         "true"},
        {"isCIDR('10.0.0.0/33') || isCIDR('10.0.0.0') || isCIDR('::/129')",
         "false"},
        {"ip.isCanonical('127.0.0.1')", "true"},
        {"ip.isCanonical('2001:db8::abcd')", "true"},
        {"ip.isCanonical('2001:DB8::ABCD')", "false"},
        {"ip.isCanonical('2001:db8::0:0:0:abcd')", "false"},
        {"ip.isCanonical('x')", kNoAddress},
        {"string(ip('2001:DB8::1'))", "\"2001:db8::1\""},
        {"string(cidr('192.168.1.5/24'))", "\"192.168.1.5/24\""},
        {"type(ip('::1'))", "net.IP"},
        {"type(ip('::1')) == net.IP && type(cidr('::/0')) == net.CIDR", "true"},
        {"type(ip('::1')) == net.CIDR", "false"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Equality, NetworkTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"ip('2001:db8::1') == ip('2001:DB8:0::1')", "true"},
        {"ip('127.0.0.1') == ip('127.0.0.2')", "false"},
        {"ip('0.0.0.0') != ip('::')", "true"},
        {"cidr('192.168.1.5/24') == cidr('192.168.1.0/24')", "false"},
        {"cidr('192.168.1.0/24') == cidr('192.168.1.0/25')", "false"},
        {"dyn(ip('0.0.0.0')) == cidr('0.0.0.0/32')", "false"},
        {"dyn(ip('::1')) == '::1'", "false"},
        {"ip('::1') in [ip('::2'), ip('0::1')]", "true"},
        {"[ip('::1'), ip('0::1')].distinct().size()", "1"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Addresses, NetworkTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"ip('127.0.0.1').family()", "4"},
        {"ip('::1').family()", "6"},
        {"['0.0.0.0', '::'].all(a, ip(a).isUnspecified())", "true"},
        {"['0.0.0.1', '::1'].exists(a, ip(a).isUnspecified())", "false"},
        {"['127.0.0.1', '127.255.255.255', '::1']"
         ".all(a, ip(a).isLoopback())",
         "true"},
        {"['128.0.0.1', '::2', '1::1'].exists(a, ip(a).isLoopback())", "false"},
        {"['224.0.0.1', '224.0.0.255', 'ff02::1', 'ff12::1']"
         ".all(a, ip(a).isLinkLocalMulticast())",
         "true"},
        {"['224.0.1.1', '225.0.0.1', 'ff05::1', 'fe02::1']"
         ".exists(a, ip(a).isLinkLocalMulticast())",
         "false"},
        {"['169.254.0.1', 'fe80::1', 'febf::1']"
         ".all(a, ip(a).isLinkLocalUnicast())",
         "true"},
        {"['169.253.0.1', 'fec0::1', 'ff02::1']"
         ".exists(a, ip(a).isLinkLocalUnicast())",
         "false"},
        {"['8.8.8.8', '10.0.0.1', '192.168.0.1', '2001:db8::1', 'fd00::1']"
         ".all(a, ip(a).isGlobalUnicast())",
         "true"},
        {"['0.0.0.0', '127.0.0.1', '169.254.0.1', '224.0.0.1', '239.1.1.1', "
         "'255.255.255.255', '::', '::1', 'fe80::1', 'ff0e::1']"
         ".exists(a, ip(a).isGlobalUnicast())",
         "false"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Blocks, NetworkTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"cidr('192.168.1.5/24').ip()", "ip(\"192.168.1.5\")"},
        {"cidr('192.168.1.5/24').prefixLength()", "24"},
        {"cidr('::/0').prefixLength()", "0"},
        {"cidr('192.168.1.5/24').masked()", "cidr(\"192.168.1.0/24\")"},
        {"cidr('2001:db8:ffff::/33').masked()", "cidr(\"2001:db8:8000::/33\")"},
        {"cidr('192.168.1.0/24').isMask()", "true"},
        {"cidr('192.168.1.5/24').isMask()", "false"},
        {"cidr('10.0.0.0/8').containsIP(ip('10.255.255.255'))", "true"},
        {"cidr('10.0.0.0/8').containsIP('11.0.0.0')", "false"},
        {"cidr('10.1.2.3/8').containsIP('10.0.0.1')", "true"},
        {"cidr('0.0.0.0/0').containsIP('::1')", "false"},
        {"cidr('::/0').containsIP('1.2.3.4')", "false"},
        {"cidr('10.0.0.0/8').containsIP('x')", kNoAddress},
        {"cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))", "true"},
        {"cidr('10.0.0.0/8').containsCIDR('10.0.0.0/8')", "true"},
        {"cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')", "false"},
        {"cidr('10.0.0.0/8').containsCIDR('11.0.0.0/16')", "false"},
        {"cidr('2001:db8::/32').containsCIDR('2001:db8:8000::/33')", "true"},
        {"cidr('::/0').containsCIDR('0.0.0.0/0')", "false"},
        {"cidr('10.0.0.0/8').containsCIDR('10.0.0.0')", kNoBlock},
    }));

TEST(NetworkTest, TypesAreThoseOfTheLibrary) {
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.TypeText("ip('::1')"), "net.IP");
  EXPECT_EQ(fixture.TypeText("cidr('::/0')"), "net.CIDR");
  EXPECT_EQ(fixture.TypeText("cidr('::/0').ip()"), "net.IP");
  EXPECT_EQ(fixture.TypeText("net.IP"), "type(net.IP)");
  for (const char* expression :
       {"ip(1)", "ip(ip('::1'))", "isIP(b'')", "ip('::1').prefixLength()",
        "cidr('::/0').family()", "ip('::1').ip()",
        "cidr('::/0').containsIP(1)"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "))
        << expression;
  }
  for (const char* expression :
       {"ip('::1') < ip('::2')", "ip('::1') == cidr('::1/128')"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("type-mismatch: "));
  }
}

TEST(NetworkTest, ValuesOfOtherTypesAreErrors) {
  ExtensionFixture fixture;
  EXPECT_THAT(fixture.Text("dyn(cidr('::/0')).family()"),
              testing::StartsWith("error(no-matching-overload: "));
  EXPECT_THAT(fixture.Text("{ip('::1'): 1}"), testing::HasSubstr("error"));
}

}  // namespace
}  // namespace klausul::cel
