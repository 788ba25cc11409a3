// The repository checks itself: what a stranger finds at the top, and that the
// roads to a build are one road.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul {
namespace {

namespace fs = std::filesystem;

std::string Read(const std::string& name) {
  std::ifstream in(fs::path(KLAUSUL_SOURCE_DIR) / name);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(HouseTest, TheTopLevelHoldsOnlyWhatBelongsThere) {
  const std::set<std::string> known = {"CMakeLists.txt",
                                       "CMakePresets.json",
                                       "CHANGELOG.md",
                                       "Dockerfile",
                                       "LICENSE",
                                       "Makefile",
                                       "README.md",
                                       "build",
                                       "client-examples",
                                       "deploy",
                                       "docs",
                                       "proto",
                                       "rules",
                                       "service",
                                       "tests"};
  for (const auto& entry : fs::directory_iterator(KLAUSUL_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name[0] == '.' || known.count(name) > 0) << name;
  }
}

TEST(HouseTest, OneScriptInstallsPackages) {
  EXPECT_THAT(Read("Makefile"), testing::HasSubstr(".ci/setup build"));
  EXPECT_THAT(Read("Makefile"), testing::HasSubstr(".ci/setup test"));
  EXPECT_THAT(Read("Dockerfile"), testing::HasSubstr("RUN .ci/setup build"));
  EXPECT_THAT(Read("Dockerfile"), testing::HasSubstr("RUN make build"));
  EXPECT_THAT(Read(".ci/run"), testing::HasSubstr("make test"));
  for (const char* file : {"Makefile", "Dockerfile", ".ci/run"}) {
    EXPECT_THAT(Read(file), testing::Not(testing::HasSubstr("apt-get")))
        << file;
  }
}

TEST(HouseTest, TheImageIsSmallUnprivilegedAndChecksItsHealth) {
  const std::string dockerfile = Read("Dockerfile");
  EXPECT_THAT(dockerfile, testing::HasSubstr("FROM scratch"));
  EXPECT_THAT(dockerfile, testing::HasSubstr("USER 65532:65532"));
  EXPECT_THAT(dockerfile, testing::HasSubstr("\"/klausul\", \"ping\""));
}

TEST(HouseTest, EverySourceHasATestOfItsStem) {
  // Doors and mains are tested through what they open.
  const std::set<std::string> excused = {
      "main.cc", "bundle_main.cc", "conformance_main.cc", "plan_code_main.cc"};
  // Parts of an evaluator that only mean something together: one test holds
  // them against the reference interpreter.
  const std::map<std::string, std::string> tested_through = {
      {"engine/columns/batch_evaluator.cc", "agreement_test"},
      {"engine/columns/column_program.cc", "agreement_test"},
      {"engine/columns/column_reader.cc", "agreement_test"},
      {"engine/columns/condition_compiler.cc", "agreement_test"},
      {"engine/columns/derived_columns.cc", "agreement_test"},
      {"engine/columns/missing_collector.cc", "agreement_test"},
      {"engine/columns/record_block.cc", "agreement_test"},
      {"engine/columns/record_filler.cc", "agreement_test"},
      {"engine/columns/record_interpreter.cc", "agreement_test"},
      {"engine/columns/record_result.cc", "agreement_test"},
      {"engine/columns/scalar_evaluator.cc", "agreement_test"},
  };
  const fs::path root(KLAUSUL_SOURCE_DIR);
  std::vector<std::string> untested;
  for (const auto& entry : fs::recursive_directory_iterator(root / "service")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string name = entry.path().filename().string();
    if (excused.count(name) > 0) continue;
    const fs::path relative = fs::relative(entry.path(), root / "service");
    const auto through = tested_through.find(relative.generic_string());
    const std::string stem =
        through == tested_through.end()
            ? entry.path().stem().string()
            : through->second.substr(0, through->second.rfind("_test"));
    const std::string folder = relative.begin()->string();
    bool found = false;
    for (const auto& test :
         fs::recursive_directory_iterator(root / "tests" / folder)) {
      const std::string test_stem = test.path().stem().string();
      found = found || test_stem == stem + "_test" ||
              (test_stem.size() > stem.size() + 5 &&
               test_stem.find("_" + stem + "_test") != std::string::npos);
    }
    if (!found) untested.push_back(relative.string());
  }
  EXPECT_THAT(untested, testing::IsEmpty());
}

}  // namespace
}  // namespace klausul
