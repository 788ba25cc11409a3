#include <fstream>
#include <iterator>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

class InitCommandTest : public testing_support::CommandLineTest {
 protected:
  std::string Read(const std::string& name) const {
    std::ifstream in(Path(name));
    return {std::istreambuf_iterator<char>(in),
            std::istreambuf_iterator<char>()};
  }

  const std::string plan_ = Write("in/plan.yaml", kBreach);
};

TEST_F(InitCommandTest, WritesAConfigurationAndItsSchema) {
  const auto result = Run({"init", Path("in")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, Path("in/.klausul.yaml") + "\n" +
                            Path("in/.klausul.schema.json") + "\n");
  EXPECT_THAT(Read("in/.klausul.yaml"), HasSubstr("# - rule: no.tiny."));
  EXPECT_THAT(Read("in/.klausul.schema.json"), HasSubstr("no.tiny.deadline"));
  EXPECT_EQ(Run({"check", plan_}).exit_code, 1);
}

TEST_F(InitCommandTest, WritesOverNothingUnlessForced) {
  Write("in/.klausul.yaml", "waivers: []\n");
  EXPECT_EQ(Run({"init", Path("in")}).exit_code, 2);
  EXPECT_EQ(Read("in/.klausul.yaml"), "waivers: []\n");
  EXPECT_EQ(Run({"init", "--force", Path("in")}).exit_code, 0);
  EXPECT_THAT(Read("in/.klausul.yaml"), HasSubstr("severities:"));
}

TEST_F(InitCommandTest, AFolderThatIsNotThereIsBadUsage) {
  EXPECT_EQ(Run({"init", Path("nowhere")}).exit_code, 2);
}

}  // namespace
}  // namespace klausul::cli
