// Overloads; see service/cel/checker_calls.cc.

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Overloads(
    absl::string_view source,
    const std::shared_ptr<const Environment>& environment) {
  DiagnosticSink sink;
  const auto checked = Compile(Source(source), environment, {}, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  std::vector<std::string> ids;
  if (checked == nullptr) return ids;
  for (const Overload* overload :
       checked->reference(checked->root())->overloads) {
    ids.push_back(overload->id);
  }
  return ids;
}

TEST(CheckerCallsTest, OneOverloadWhereTypesAreKnown) {
  EXPECT_THAT(Overloads("1 + 2", ConformanceEnvironment()),
              ElementsAre("_+_int"));
  EXPECT_THAT(Overloads("price + price", RulesEnvironment()),
              ElementsAre("add_money"));
}

TEST(CheckerCallsTest, AllThatFitWhereTheyAreNot) {
  EXPECT_THAT(
      Overloads("dyn(1) + dyn(2)", ConformanceEnvironment()),
      ElementsAre("_+_int", "_+_uint", "_+_double", "add_string", "add_list"));
  EXPECT_THAT(Overloads("size(dyn(1))", ConformanceEnvironment()),
              ElementsAre("size_string", "size_list"));
}

TEST(CheckerCallsTest, AHostsEqualityGoesBeforeTheLanguages) {
  EXPECT_THAT(Overloads("price == price", RulesEnvironment()),
              ElementsAre("eq_money"));
  EXPECT_THAT(Overloads("dyn(price) == price", RulesEnvironment()),
              ElementsAre("eq_money", "eq"));
  EXPECT_THAT(Overloads("1 == 1", RulesEnvironment()), ElementsAre("eq"));
}

TEST(CheckerCallsTest, WithoutATypeCheckStyleAndNumberOfArgumentsDecide) {
  CheckOptions options;
  options.type_check = false;
  DiagnosticSink sink;
  const auto checked =
      Compile(Source("size(1)"), ConformanceEnvironment(), options, sink);
  ASSERT_NE(checked, nullptr);
  EXPECT_EQ(checked->reference(checked->root())->overloads.size(), 2U);
}

struct ErrorCase {
  std::string name;
  std::string source;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const ErrorCase& test) {
  return out << test.name;
}

class CallErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(CallErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source(GetParam().source), RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_THAT(Describe(sink), testing::ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Operators, CallErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"Arithmetic",
         "plan.title + plan.value",
         {"no-overload: `+` cannot be applied to `string` and `Money` «+»"}},
        {"MixedNumbers",
         "plan.share * 2",
         {"no-overload: `*` cannot be applied to `double` and `int` «*» help: "
          "convert one side, as in `double(x)`"}},
        {"Prefix",
         "-plan.title",
         {"no-overload: `-` cannot be applied to `string` «-»"}},
        {"NotOfANumber",
         "!plan.count",
         {"no-overload: `!` cannot be applied to `int` «!» help: `!` takes a "
          "`bool`"}},
        {"Comparison",
         "plan.count == plan.title",
         {"type-mismatch: `int` and `string` cannot be compared «==»"}},
        {"OrderOfMessages",
         "plan.value < price",
         {"type-mismatch: `Money` and `Money` cannot be compared by `<` "
          "«<»"}},
        {"TwoEnums",
         "plan.kind == plan.buyer",
         {"type-mismatch: `Kind` and `Buyer` cannot be compared «==»"}},
        {"EnumWithInt",
         "plan.kind == 1",
         {"type-mismatch: `Kind` and `int` cannot be compared «==»"}},
        {"EnumWithItsNameInQuotes",
         "plan.kind == 'OPEN'",
         {"type-mismatch: a value of `Kind` is a name, not a string «'OPEN'» "
          "help: write `OPEN` without quotes"}},
        {"EnumInStrings",
         "'OPEN' in [plan.kind]",
         {"type-mismatch: a value of `Kind` is a name, not a string «'OPEN'» "
          "help: write `OPEN` without quotes"}},
        {"Null",
         "plan.value == null",
         {"type-mismatch: `Money` is never `null` «null» help: what is not "
          "stated is unknown; ask with `has(x.y)`"}},
        {"InAString",
         "'a' in plan.title",
         {"no-overload: `in` cannot be applied to `string` and `string` «in» "
          "help: write `text.contains(part)`"}},
        {"Index",
         "plan.lots['a']",
         {"no-overload: `list(Plan)` cannot be indexed by `string` «'a'»"}},
        {"Conditional",
         "plan.ready ? 1 : 'a'",
         {"type-mismatch: the two cases of `?:` differ: `int` and `string` "
          "«'a'»"}},
        {"Condition",
         "plan.title ? 1 : 2",
         {"type-mismatch: the condition of `?:` takes `bool`, found `string` "
          "«plan.title» help: ask for its size, as in `size(x) > 0`"}},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Functions, CallErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"Unknown",
         "day_between(plan.sent, plan.sent)",
         {"unknown-function: there is no function `day_between` "
          "«day_between» help: did you mean `days_between`?"}},
        {"UnknownAndAWrongArgument",
         "zzz(plan.zzz)",
         {"unknown-field: `plan` has no field `zzz` «zzz»",
          "unknown-function: there is no function `zzz` «zzz»"}},
        {"Argument",
         "days_between(plan.sent, plan.title)",
         {"no-overload: argument 2 of `days_between` is `string`, expected "
          "`google.protobuf.Timestamp` «plan.title»"}},
        {"NumberOfArguments",
         "days_between(plan.sent)",
         {"no-overload: `days_between` takes 2 arguments, found 1 "
          "«days_between»"}},
        {"NumberOfArgumentsOfAMethod",
         "plan.title.contains()",
         {"no-overload: `contains` takes 1 argument, found 0 «contains»"}},
        {"Receiver",
         "plan.count.contains('a')",
         {"no-overload: `contains` is a method of `string`, not of `int` "
          "«plan.count»"}},
        {"SeveralForms",
         "size(plan.count)",
         {"no-overload: `size` cannot be applied to (`int`) «size» help: it "
          "takes (`string`) or (`list(A)`)"}},
        {"FunctionAsAMethod",
         "plan.sent.days_between(plan.sent)",
         {"unknown-function: `days_between` is not a method «days_between» "
          "help: write `days_between(x)`"}},
        {"MethodAsAFunction",
         "contains(plan.title, 'a')",
         {"unknown-function: `contains` is a method «contains» help: write "
          "`x.contains(...)`"}},
        {"MacroTheWrongWay",
         "plan.lots.all(plan.ready)",
         {"unknown-function: `all` is called the wrong way «all» help: write "
          "`list.all(x, y)` or `list.all(x, y, z)`"}},
        {"Not",
         "not(plan.ready)",
         {"unknown-function: there is no function `not` «not» help: write "
          "`!`"}},
        {"AWrongArgumentIsToldOnce",
         "size(plan.zzz) + 1 > plan.count.contains(plan.yyy)",
         {"unknown-field: `plan` has no field `zzz` «zzz»",
          "unknown-field: `plan` has no field `yyy` «yyy»"}},
        {"Constant",
         "plan.codes[0].in_cpv('80')",
         {"invalid-constant: a CPV code has eight digits «'80'»"}},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::cel
