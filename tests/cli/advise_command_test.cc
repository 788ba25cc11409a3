#include "gmock/gmock.h"
#include <google/protobuf/util/json_util.h>

#include "klausul/v1/advice.pb.h"

#include "service/server/server.h"
#include "tests/review/advice/advice_rules.h"
#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

class AdviseCommandTest : public testing_support::CommandLineTest {
 protected:
  AdviseCommandTest() {
    for (const ruleset::RuleFile& file : testing_support::AdviceRules()) {
      Write("advice/" + file.path, file.content);
    }
    ::setenv("KLAUSUL_RULES_DIR", Path("advice").c_str(), 1);
    plan_ = Write("plan.yaml", kServices);
  }

  static constexpr char kServices[] =
      "id: p-1\nbuyer: {country: \"NO\"}\ncontract: {nature: SERVICES}\n"
      "dates: {planned_notice: 2026-03-02}\n";

  std::string plan_;
};

TEST_F(AdviseCommandTest, ShowsATableAndTheReasons) {
  const auto result = Run({"advise", plan_, "--lang", "en"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Governing law: Services"));
  EXPECT_THAT(result.out, HasSubstr("Time counted from 2026-03-02"));
  EXPECT_THAT(result.out,
              HasSubstr("allowed        2026-03-19         Open\n"));
  EXPECT_THAT(result.out, HasSubstr("on conditions"));
  EXPECT_THAT(result.out,
              HasSubstr("Condition: Do this. (TINY § 1) [no.tiny.ground]"));
  EXPECT_THAT(result.out,
              HasSubstr("Because: Message. (TINY § 1) [no.tiny.kind]"));
  EXPECT_THAT(result.out, HasSubstr("Because: Not here. (TINY § 2)\n"));
}

TEST_F(AdviseCommandTest, JsonIsTheResponseOfTheService) {
  const auto result =
      Run({"advise", plan_, "--start", "2026-04-01", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  v1::AdviseProcedureResponse response;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &response).ok());
  EXPECT_EQ(response.start_date(), "2026-04-01");
  EXPECT_EQ(response.procedures_size(), 4);
}

TEST_F(AdviseCommandTest, AServerGivesTheSameAnswer) {
  auto server = server::Server::Start(testing_support::AdviceSets(),
                                      {.listen = "127.0.0.1:0"});
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string address = "127.0.0.1:" + std::to_string((*server)->port());
  for (const std::string format : {"text", "json"}) {
    const auto here = Run({"advise", plan_, "--format", format});
    const auto there =
        Run({"advise", plan_, "--format", format, "--server", address});
    EXPECT_EQ(there.exit_code, 0) << there.err;
    // The sets of both are the same but for the folder they were read from.
    EXPECT_EQ(here.out, there.out);
  }
  const std::string broken = Write("broken.yaml", "contract: {nature: NONE}\n");
  const auto here = Run({"advise", broken});
  const auto there = Run({"advise", broken, "--server", address});
  EXPECT_EQ(here.exit_code, 2);
  EXPECT_EQ(there.exit_code, 2);
  EXPECT_EQ(here.err, there.err);
  EXPECT_EQ(
      Run({"advise", plan_, "--server", address, "--rules-dir", Path("advice")})
          .exit_code,
      2);
}

TEST_F(AdviseCommandTest, SaysWhatIsWrongWithItsInput) {
  EXPECT_THAT(Run({"advise", plan_, "--start", "2026-02-30"}).err,
              HasSubstr("--start: `2026-02-30` is no day"));
  EXPECT_THAT(Run({"advise", plan_, "--rules", "nope"}).err,
              HasSubstr("--rules: no rule set `nope`"));
  EXPECT_EQ(Run({"advise", Path("gone.yaml")}).exit_code, 2);
  EXPECT_EQ(Run({"advise", plan_, "--format", "csv"}).exit_code, 2);
}

TEST_F(AdviseCommandTest, HelpOpensWithExamples) {
  const auto result = Run({"advise", "--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("klausul advise plan.yaml"));
  EXPECT_THAT(result.out, HasSubstr("--start"));
}

}  // namespace
}  // namespace klausul::cli
