#include "service/server/rule_reloader.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/bundle_file.h"
#include "tests/support/rules_folder.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing_support::BrokenRules;
using testing_support::NewVersion;
using testing_support::RulesFolder;
using testing_support::RulesWithAWrongExample;
using testing_support::TinyRules;
using Outcome = Reload::Outcome;

const absl::Time kThen = absl::FromUnixSeconds(1'772'323'200);
const absl::Time kLater = kThen + absl::Hours(1);

class RuleReloaderTest : public testing::Test {
 protected:
  std::string ServedVersion() const {
    return serving_->Current()
        ->catalogue->repository()
        .Find("no")
        ->rule_set->version();
  }

  const RulesFolder folder_;
  const std::shared_ptr<ServingRules> serving_ =
      std::make_shared<ServingRules>(testing_support::TinyCatalogue(),
                                     ruleset::BundleDigest(TinyRules()), kThen);
  absl::Status prepared_;
  const std::shared_ptr<const RuleSource> source_ =
      MakeFolderSource(folder_.path());
  RuleReloader reloader_{source_, source_->Fingerprint(), serving_,
                         [this](const LoadedRules&) { return prepared_; }};
};

TEST_F(RuleReloaderTest, TheSameFilesChangeNothing) {
  const auto before = serving_->Current()->catalogue;
  EXPECT_FALSE(reloader_.IsStale());
  folder_.Write(TinyRules());
  EXPECT_TRUE(reloader_.IsStale());
  EXPECT_EQ(reloader_.Run(kLater).outcome, Outcome::kUnchanged);
  EXPECT_EQ(serving_->Current()->catalogue, before);
  EXPECT_EQ(serving_->Current()->load_time, kThen);
  EXPECT_FALSE(reloader_.IsStale());
}

TEST_F(RuleReloaderTest, NewRulesGoIntoService) {
  folder_.Write(NewVersion("2026.2.0"));
  EXPECT_EQ(reloader_.Run(kLater).outcome, Outcome::kLoaded);
  EXPECT_EQ(ServedVersion(), "2026.2.0");
  EXPECT_EQ(serving_->Current()->load_time, kLater);
  EXPECT_EQ(serving_->Current()->bundle_digest,
            ruleset::BundleDigest(NewVersion("2026.2.0")));
}

TEST_F(RuleReloaderTest, BrokenRulesStayOutUntilTheyAreMended) {
  for (const auto& files : {BrokenRules(), RulesWithAWrongExample()}) {
    folder_.Write(files);
    const Reload refused = reloader_.Run(kLater);
    EXPECT_EQ(refused.outcome, Outcome::kRefused);
    EXPECT_EQ(refused.refused->diagnostics_size(), 1);
    EXPECT_EQ(serving_->Current()->refused, refused.refused);
    EXPECT_EQ(ServedVersion(), "2026.1.0");
    EXPECT_FALSE(reloader_.IsStale());
  }
  folder_.Write(TinyRules());
  EXPECT_EQ(reloader_.Run(kLater).outcome, Outcome::kUnchanged);
  EXPECT_EQ(serving_->Current()->refused, nullptr);
}

TEST_F(RuleReloaderTest, RulesThatCannotBePreparedStayOut) {
  prepared_ = absl::UnavailableError("the archive is full");
  folder_.Write(NewVersion("2026.2.0"));
  const Reload refused = reloader_.Run(kLater);
  EXPECT_EQ(refused.outcome, Outcome::kRefused);
  EXPECT_THAT(refused.refused->message(), HasSubstr("the archive is full"));
  EXPECT_EQ(ServedVersion(), "2026.1.0");
}

TEST_F(RuleReloaderTest, AFolderThatIsGoneIsARefusal) {
  std::filesystem::remove_all(folder_.path());
  EXPECT_TRUE(reloader_.IsStale());
  EXPECT_EQ(reloader_.Run(kLater).outcome, Outcome::kRefused);
  EXPECT_EQ(ServedVersion(), "2026.1.0");
}

TEST_F(RuleReloaderTest, WhatChangedSinceTheFirstReadIsStale) {
  const RuleReloader reloader(source_, "before", serving_, nullptr);
  EXPECT_TRUE(reloader.IsStale());
}

// A source whose files change under the hand that reads them, twice.
class RestlessSource final : public RuleSource {
 public:
  std::string Fingerprint() const override { return std::to_string(reads_); }

  absl::StatusOr<std::vector<ruleset::RuleFile>> Read() const override {
    if (reads_ == 2) return NewVersion("2026.3.0");
    ++reads_;
    return NewVersion("2026.2.0");
  }

  const std::string& name() const override { return name_; }

 private:
  std::string name_ = "restless";
  mutable int reads_ = 0;
};

TEST_F(RuleReloaderTest, FilesThatChangeWhileTheyAreReadAreReadAgain) {
  RuleReloader reloader(std::make_shared<RestlessSource>(), "", serving_,
                        nullptr);
  EXPECT_EQ(reloader.Run(kLater).outcome, Outcome::kLoaded);
  EXPECT_EQ(ServedVersion(), "2026.3.0");
}

}  // namespace
}  // namespace klausul::server
