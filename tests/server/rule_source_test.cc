#include "service/server/rule_source.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/bundle_file.h"
#include "service/ruleset/repository.h"
#include "tests/support/rules_folder.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing_support::NewVersion;
using testing_support::RulesFolder;
using testing_support::TinyRules;

// RFC 8032, section 7.1: the public key of TEST 1.
constexpr char kPublic[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

TEST(RuleSourceTest, AFolderIsReadAndLookedAt) {
  const RulesFolder folder;
  const auto source = MakeFolderSource(folder.path());
  EXPECT_EQ(source->name(), folder.path());
  const auto files = source->Read();
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(ruleset::BundleDigest(*files), ruleset::BundleDigest(TinyRules()));

  std::string before = source->Fingerprint();
  EXPECT_EQ(source->Fingerprint(), before);
  // Another version of the same length, a new file, one less.
  folder.Write(NewVersion("2026.2.0"));
  EXPECT_NE(source->Fingerprint(), before);
  before = source->Fingerprint();
  folder.Write({{"no/more.yaml", ""}});
  EXPECT_NE(source->Fingerprint(), before);
  before = source->Fingerprint();
  std::filesystem::remove(folder.path() + "/no/more.yaml");
  EXPECT_NE(source->Fingerprint(), before);
  // What is no rule file.
  before = source->Fingerprint();
  folder.Write({{"no/.draft.yaml", ""}, {"README.md", ""}});
  EXPECT_EQ(source->Fingerprint(), before);
}

TEST(RuleSourceTest, AFolderThatIsGoneIsAnError) {
  const auto source = MakeFolderSource("/no/such/folder");
  EXPECT_EQ(source->Fingerprint(), "");
  EXPECT_EQ(source->Read().status().code(), absl::StatusCode::kNotFound);
}

TEST(RuleSourceTest, ABundleIsReadAndItsSignatureAskedFor) {
  const RulesFolder folder;
  DiagnosticSink sink;
  const auto repository =
      ruleset::RuleSetRepository::Load(TinyRules(), {}, sink);
  ASSERT_TRUE(repository.ok());
  const std::string path = folder.path() + "/rules.bundle";
  std::ofstream(path, std::ios::binary)
      << *ruleset::MakeBundle(TinyRules(), **repository, "");

  const auto source = MakeBundleSource(path, "");
  const auto files = source->Read();
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(ruleset::BundleDigest(*files), ruleset::BundleDigest(TinyRules()));
  const auto refused = MakeBundleSource(path, kPublic)->Read();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr(path));

  const std::string before = source->Fingerprint();
  std::ofstream(path, std::ios::app) << "x";
  EXPECT_NE(source->Fingerprint(), before);
  EXPECT_EQ(source->Read().status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace klausul::server
