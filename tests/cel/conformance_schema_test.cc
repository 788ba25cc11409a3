#include "service/cel/conformance_schema.h"

#include <cstdlib>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/suite_fixture.h"

namespace klausul::cel {
namespace {

using testing::HasSubstr;

using ConformanceSchemaTest = SuiteFixture;

TEST_F(ConformanceSchemaTest, IsFoundBesideOrAboveTheFirstFile) {
  const std::string schema = (folder_ / "schema.json").string();
  EXPECT_EQ(FindConformanceSchema((folder_ / "a.textproto").string()), schema);
  EXPECT_EQ(FindConformanceSchema((folder_ / "tests/a.textproto").string()),
            schema);
}

TEST_F(ConformanceSchemaTest, IsFoundThroughTheEnvironment) {
  ASSERT_EQ(setenv("KLAUSUL_CEL_SCHEMA", "/elsewhere.json", 1), 0);
  EXPECT_EQ(FindConformanceSchema((folder_ / "a.textproto").string()),
            "/elsewhere.json");
  ASSERT_EQ(unsetenv("KLAUSUL_CEL_SCHEMA"), 0);
}

TEST_F(ConformanceSchemaTest, SaysWhyItCannotBeRead) {
  const auto missing = ConformanceSchema::Load((folder_ / "no.json").string());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  const auto broken = ConformanceSchema::Load(Write("broken.json", "{"));
  EXPECT_EQ(broken.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(ConformanceSchemaTest, SaysWhereATestFileIsWrong) {
  const auto schema = LoadSchema();
  const auto file =
      schema->ReadTestFile(Write("a.textproto", "section {\n  nam: 'x'\n}\n"));
  EXPECT_THAT(std::string(file.status().message()),
              HasSubstr("a.textproto:2:"));
}

}  // namespace
}  // namespace klausul::cel
