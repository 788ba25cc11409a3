#include "service/cel/conformance_runner.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/suite_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;

class ConformanceRunnerTest : public SuiteFixture {
 protected:
  // The outcomes of the tests of one section.
  std::vector<std::string> Run(const std::string& tests) {
    const auto schema = LoadSchema();
    const auto file = schema->ReadTestFile(Write(
        "a.textproto", absl::StrCat("section { name: 's' ", tests, " }")));
    EXPECT_TRUE(file.ok()) << file.status();
    std::vector<std::string> lines;
    RunConformanceFile(**file, *schema, [&](const ConformanceOutcome& test) {
      lines.push_back(test.passed
                          ? absl::StrCat(test.name, " passed")
                          : absl::StrCat(test.name, " wants ", test.expected,
                                         ", got ", test.actual));
    });
    return lines;
  }
};

TEST_F(ConformanceRunnerTest, ComparesValues) {
  EXPECT_THAT(Run("test { name: 'a' expr: '1 + 1' value { int64_value: 2 } } "
                  "test { name: 'b' expr: '1 + 1' value { uint64_value: 2 } } "
                  "test { name: 'c' expr: '1 < 2' } "
                  "test { name: 'd' expr: '1 > 2' }"),
              ElementsAre("s/a passed", "s/b wants 2u, got 2", "s/c passed",
                          "s/d wants true, got false"));
}

TEST_F(ConformanceRunnerTest, AnyErrorIsTheErrorWanted) {
  EXPECT_THAT(
      Run("test { name: 'eval' expr: '1 / 0' eval_error { } } "
          "test { name: 'check' expr: 'nothing' eval_error { } } "
          "test { name: 'none' expr: '1' eval_error { } } "
          "test { name: 'late' expr: 'nothing || true' disable_check: true } "
          "test { name: 'early' expr: 'nothing || true' }"),
      ElementsAre("s/eval passed", "s/check passed",
                  "s/none wants an error, got 1", "s/late passed",
                  "s/early wants an expression that compiles, got `nothing` is "
                  "not known"));
}

TEST_F(ConformanceRunnerTest, BindsVariables) {
  const std::string x =
      "type_env { name: 'x' ident { type { primitive: INT64 } } } ";
  EXPECT_THAT(Run(absl::StrCat(
                  "test { name: 'value' expr: 'x == 3' ", x,
                  "bindings { key: 'x' value { value { int64_value: 3 } } } } "
                  "test { name: 'unknown' expr: 'x + 1' ",
                  x,
                  "bindings { key: 'x' value { unknown { } } } unknown { } } "
                  "test { name: 'error' expr: 'x + 1' ",
                  x,
                  "bindings { key: 'x' value { error { } } } eval_error { } } "
                  "test { name: 'unbound' expr: 'x + 1' ",
                  x, "eval_error { } }")),
              ElementsAre("s/value passed", "s/unknown passed",
                          "s/error passed", "s/unbound passed"));
}

TEST_F(ConformanceRunnerTest, ComparesDeducedTypes) {
  const std::string typed = "typed_result { deduced_type { primitive: INT64 } ";
  EXPECT_THAT(
      Run(absl::StrCat("test { name: 'only' expr: '1 + 1' check_only: true ",
                       typed, "} } test { name: 'both' expr: '1 + 1' ", typed,
                       "result { int64_value: 2 } } } "
                       "test { name: 'other' expr: '1u' check_only: true ",
                       typed, "} }")),
      ElementsAre("s/only passed", "s/both passed",
                  "s/other wants int, got uint"));
}

TEST_F(ConformanceRunnerTest, ATypeAloneIsEnough) {
  EXPECT_THAT(Run("test { name: 'right' expr: '1 / 0' typed_result { "
                  "deduced_type { primitive: INT64 } } } "
                  "test { name: 'wrong' expr: '1 / 0' typed_result { "
                  "deduced_type { primitive: STRING } } } "
                  "test { name: 'value' expr: '1 / 0' typed_result { result { "
                  "int64_value: 1 } deduced_type { primitive: INT64 } } }"),
              ElementsAre("s/right passed", "s/wrong wants string, got int",
                          "s/value wants 1, got error(divide-by-zero: divide "
                          "by zero)"));
}

TEST_F(ConformanceRunnerTest, DeclaresFunctionsWithTypeParameters) {
  const std::string pair =
      "type_env { name: 'pair' function { overloads { overload_id: 'pair' "
      "params { type_param: 'A' } params { type_param: 'B' } result_type { "
      "abstract_type { name: 'pair' parameter_types { type_param: 'A' } "
      "parameter_types { type_param: 'B' } } } } } } ";
  EXPECT_THAT(
      Run(absl::StrCat(
          "test { name: 'typed' expr: 'pair(1, [])' check_only: true ", pair,
          "typed_result { deduced_type { abstract_type { name: 'pair' "
          "parameter_types { primitive: INT64 } parameter_types { list_type { "
          "elem_type { dyn: true } } } } } } } "
          "test { name: 'run' expr: 'pair(1, 2)' ",
          pair, "eval_error { } }")),
      ElementsAre("s/typed passed", "s/run passed"));
}

TEST_F(ConformanceRunnerTest, MayDeclareWhatTheLibrariesHave) {
  EXPECT_THAT(
      Run("test { name: 'again' expr: 'size(\"ab\") == 2' type_env { name: "
          "'size' function { overloads { overload_id: 'size_string' params { "
          "primitive: STRING } result_type { primitive: INT64 } } } } }"),
      ElementsAre("s/again passed"));
}

TEST_F(ConformanceRunnerTest, DeclaresConstants) {
  EXPECT_THAT(
      Run("test { name: 'constant' expr: 'limit + 1 == 4' type_env { name: "
          "'limit' ident { type { primitive: INT64 } value { int64_value: 3 } "
          "} } }"),
      ElementsAre("s/constant passed"));
}

}  // namespace
}  // namespace klausul::cel
