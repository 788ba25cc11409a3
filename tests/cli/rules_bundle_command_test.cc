#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"

#include "service/ruleset/bundle_file.h"
#include "tests/support/command_line.h"
#include "tests/support/rules_folder.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

// RFC 8032, section 7.1, TEST 2, its keys in PEM.
constexpr char kPrivate[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublic[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";

class RulesBundleCommandTest : public testing_support::CommandLineTest {
 protected:
  absl::StatusOr<ruleset::OpenedBundle> Open(const std::string& key) const {
    std::ifstream in(Path("rules.bundle"), std::ios::binary);
    return ruleset::OpenBundle(std::string(std::istreambuf_iterator<char>(in),
                                           std::istreambuf_iterator<char>()),
                               key);
  }
};

TEST_F(RulesBundleCommandTest, WritesASignedBundle) {
  const std::string key = Write("key.pem", kPrivate);
  const auto result =
      Run({"rules", "bundle", "--output", Path("rules.bundle"), "--sign", key});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("no 2026.1.0  sha256:"));
  EXPECT_THAT(result.out, HasSubstr("4 files, signed, sha256:"));
  const auto opened = Open(kPublic);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->files.size(), 4U);
}

TEST_F(RulesBundleCommandTest, WritesOneWithoutASignature) {
  const auto result =
      Run({"rules", "bundle", "--output", Path("rules.bundle")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("4 files, not signed, sha256:"));
  EXPECT_TRUE(Open("").ok());
}

TEST_F(RulesBundleCommandTest, RefusesWhatAServerWould) {
  for (const auto& file : testing_support::RulesWithAWrongExample())
    Write("rules/" + file.path, file.content);
  const auto result =
      Run({"rules", "bundle", "--output", Path("rules.bundle")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("example `ten days`"));
  EXPECT_FALSE(std::ifstream(Path("rules.bundle")).good());
}

TEST_F(RulesBundleCommandTest, RefusesAKeyThatIsNone) {
  const std::string key = Write("key.pem", kPublic);
  const auto result =
      Run({"rules", "bundle", "--output", Path("rules.bundle"), "--sign", key});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no private Ed25519 key"));
}

}  // namespace
}  // namespace klausul::cli
