#include "service/server/rule_updates.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
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
using testing_support::TinyRules;

class RuleUpdatesTest : public testing::Test {
 protected:
  RuleUpdatesTest() {
    telemetry_->log = [this](const LogLine& line) {
      const std::lock_guard<std::mutex> lock(mutex_);
      log_ += line.Text();
    };
  }

  std::string Log() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return log_;
  }

  // Whether the metrics come to show a line; waits longer than any machine
  // needs.
  bool Shows(const std::string& line) const {
    for (int i = 0; i < 6000; ++i) {
      if (absl::StrContains(telemetry_->metrics.Render(), line + "\n")) {
        return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

  std::mutex mutex_;
  std::string log_;
  const RulesFolder folder_;
  const std::shared_ptr<const RuleSource> source_ =
      MakeFolderSource(folder_.path());
  const std::shared_ptr<Telemetry> telemetry_ = std::make_shared<Telemetry>();
  const std::shared_ptr<ServingRules> serving_ = std::make_shared<ServingRules>(
      testing_support::TinyCatalogue(), ruleset::BundleDigest(TinyRules()),
      absl::FromUnixSeconds(1'772'323'200));
};

TEST_F(RuleUpdatesTest, AWatchedFolderGoesIntoServiceAndIsTold) {
  const RuleUpdates updates(source_, source_->Fingerprint(), serving_, nullptr,
                            telemetry_, {std::chrono::milliseconds(5)});
  folder_.Write(NewVersion("2026.2.0"));
  ASSERT_TRUE(Shows("klausul_reloads_total{result=\"loaded\"} 1"));
  EXPECT_EQ(serving_->Current()->bundle_digest,
            ruleset::BundleDigest(NewVersion("2026.2.0")));
  folder_.Write(BrokenRules());
  ASSERT_TRUE(Shows("klausul_rules_refused 1"));
  EXPECT_TRUE(Shows("klausul_reloads_total{result=\"refused\"} 1"));
  EXPECT_THAT(
      telemetry_->metrics.Render(),
      HasSubstr("klausul_rule_set_info{id=\"no\",version=\"2026.2.0\""));
}

TEST_F(RuleUpdatesTest, ARefusalIsLoggedWithItsDiagnostics) {
  {
    RuleUpdates updates(source_, source_->Fingerprint(), serving_, nullptr,
                        telemetry_, {std::chrono::milliseconds(0)});
    folder_.Write(BrokenRules());
    updates.Poke();
    ASSERT_TRUE(Shows("klausul_rules_refused 1"));
  }
  EXPECT_THAT(Log(), HasSubstr("\"level\":\"error\",\"event\":\"reload\","
                               "\"result\":\"refused\""));
  EXPECT_THAT(Log(), HasSubstr("\"event\":\"reload_diagnostic\""));
  EXPECT_THAT(Log(), HasSubstr("`days_givn`"));
}

TEST_F(RuleUpdatesTest, APokeWithoutChangeIsTold) {
  RuleUpdates updates(source_, source_->Fingerprint(), serving_, nullptr,
                      telemetry_, {std::chrono::milliseconds(0)});
  updates.Poke();
  EXPECT_TRUE(Shows("klausul_reloads_total{result=\"unchanged\"} 1"));
  EXPECT_TRUE(Shows("klausul_rules_refused 0"));
  EXPECT_TRUE(Shows("klausul_rules_load_time_seconds 1772323200"));
}

}  // namespace
}  // namespace klausul::server
