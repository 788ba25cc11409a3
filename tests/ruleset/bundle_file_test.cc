#include "service/ruleset/bundle_file.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "tests/support/tiny_rules.h"

namespace klausul::ruleset {
namespace {

using testing::HasSubstr;
using testing_support::TinyRules;

// The pair of RFC 8032, section 7.1, TEST 2, and the public key of TEST 1.
constexpr char kPrivate[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublic[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kForeign[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

std::string Bundle(absl::string_view key) {
  DiagnosticSink sink;
  const auto repository = RuleSetRepository::Load(TinyRules(), {}, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  const auto bytes = MakeBundle(TinyRules(), **repository, key);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return *bytes;
}

// The bundle after `change`, signature left as it is.
template <typename Change>
std::string Changed(Change change) {
  v1::RuleBundle bundle;
  EXPECT_TRUE(bundle.ParseFromString(Bundle(kPrivate)));
  change(bundle);
  return bundle.SerializeAsString();
}

absl::StatusCode CodeOf(const std::string& bytes, absl::string_view key) {
  return OpenBundle(bytes, key).status().code();
}

TEST(BundleFileTest, FilesComeBackWithTheirManifest) {
  const auto opened = OpenBundle(Bundle(kPrivate), kPublic);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_TRUE(opened->is_signed);
  ASSERT_EQ(opened->manifest.rule_sets_size(), 1);
  EXPECT_EQ(opened->manifest.rule_sets(0).id(), "no");
  EXPECT_EQ(opened->manifest.rule_sets(0).version(), "2026.1.0");
  EXPECT_EQ(BundleDigest(opened->files), BundleDigest(TinyRules()));
}

TEST(BundleFileTest, TheSameFilesGiveTheSameBytes) {
  EXPECT_EQ(Bundle(kPrivate), Bundle(kPrivate));
}

TEST(BundleFileTest, TheDigestHangsOnPathsAndBytesAndNotOnOrder) {
  std::vector<RuleFile> files = TinyRules();
  const std::string digest = BundleDigest(files);
  EXPECT_EQ(digest.size(), 71U);
  std::swap(files.front(), files.back());
  EXPECT_EQ(BundleDigest(files), digest);
  files.front().content += "\n";
  EXPECT_NE(BundleDigest(files), digest);
  files = TinyRules();
  files.front().path += "x";
  EXPECT_NE(BundleDigest(files), digest);
}

TEST(BundleFileTest, AKeyAsksForItsOwnSignature) {
  EXPECT_EQ(CodeOf(Bundle(kPrivate), kForeign),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(Bundle(""), kPublic), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(Bundle(kPrivate), "no key"),
            absl::StatusCode::kInvalidArgument);
  const auto unsigned_bundle = OpenBundle(Bundle(""), "");
  ASSERT_TRUE(unsigned_bundle.ok()) << unsigned_bundle.status();
  EXPECT_FALSE(unsigned_bundle->is_signed);
}

TEST(BundleFileTest, WhatWasChangedIsRefused) {
  const auto content = Changed([](v1::RuleBundle& bundle) {
    bundle.mutable_files(0)->mutable_content()->append(" ");
  });
  const auto renamed = Changed([](v1::RuleBundle& bundle) {
    bundle.mutable_files(0)->set_path("other.yaml");
  });
  const auto left_out = Changed(
      [](v1::RuleBundle& bundle) { bundle.mutable_files()->RemoveLast(); });
  for (const std::string& bytes : {content, renamed, left_out}) {
    EXPECT_EQ(CodeOf(bytes, kPublic), absl::StatusCode::kDataLoss);
    EXPECT_EQ(CodeOf(bytes, ""), absl::StatusCode::kDataLoss);
  }
  // With a manifest to match, the signature is no longer the manifest's.
  const auto manifest = Changed([](v1::RuleBundle& bundle) {
    v1::BundleManifest changed;
    ASSERT_TRUE(changed.ParseFromString(bundle.manifest()));
    changed.mutable_files()->RemoveLast();
    bundle.set_manifest(changed.SerializeAsString());
    bundle.mutable_files()->RemoveLast();
  });
  EXPECT_EQ(CodeOf(manifest, kPublic), absl::StatusCode::kPermissionDenied);
}

TEST(BundleFileTest, WhatIsNoBundleIsRefused) {
  for (const std::string bytes : {"", "rules: []\n", "\x08\xff"}) {
    const auto opened = OpenBundle(bytes, "");
    EXPECT_EQ(opened.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(opened.status().message()),
                HasSubstr("klausul-bundle-1"));
  }
  EXPECT_EQ(CodeOf(std::string(kMaxBundleBytes + 1, ' '), ""),
            absl::StatusCode::kResourceExhausted);
}

TEST(BundleFileTest, PathsStayInTheFolder) {
  std::vector<RuleFile> files = TinyRules();
  files.front().path = "../evil.yaml";
  DiagnosticSink sink;
  const auto repository = RuleSetRepository::Load(TinyRules(), {}, sink);
  ASSERT_TRUE(repository.ok());
  const auto bytes = MakeBundle(files, **repository, kPrivate);
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(CodeOf(*bytes, kPublic), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace klausul::ruleset
