#include "service/cel/extensions/string_format.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class StringFormatTest : public ExtensionTableTest {};

TEST_P(StringFormatTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Strings, StringFormatTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'100 %% of %s'.format(['it'])", "\"100 % of it\""},
        {"'bl\u00E5 %s'.format(['\u00E6']) == 'bl\u00E5 \u00E6'", "true"},
        {"'%s %s'.format([true, false])", "\"true false\""},
        {"'%s %s'.format([-9223372036854775808, 18446744073709551615u])",
         "\"-9223372036854775808 18446744073709551615\""},
        {"'%s %s %s'.format([2.0, -0.5, 1e20])",
         "\"2 -0.5 100000000000000000000\""},
        {"'%s'.format([0.0 / 0.0])", "\"NaN\""},
        {"'%s'.format([null])", "\"null\""},
        {"'%s %s'.format([int, type(type(1))])", "\"int type\""},
        {"'%s'.format([timestamp('2023-02-03T23:31:20.5+02:00')])",
         "\"2023-02-03T21:31:20.5Z\""},
        {"'%s %s'.format([duration('90m'), duration('-1500ms')])",
         "\"5400s -1.5s\""},
        {"'%s'.format([b'abc'])", "\"abc\""},
        {"'%s'.format([b'a\\xff\\xfeb\\xc3'])",
         "\"a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD\""},
        {"'%s'.format([b'\\xff\\xc3\\xa6']) == '\\ufffd\u00E6'", "true"},
        {"'%s'.format([[]])", "\"[]\""},
        {"'%s'.format([{}])", "\"{}\""},
        {"'%s'.format([[1, 'a', [2u], {'k': [null]}]])",
         "\"[1, a, [2], {k: [null]}]\""},
        {"'%s'.format([{'b': 1, 'a': 2, 3: 'x', true: 'y'}])",
         "\"{3: x, a: 2, b: 1, true: y}\""},
        {"'%s'.format([{10: 1, 9: 2}])", "\"{10: 1, 9: 2}\""},
        {"'none'.format([1])", "\"none\""},
    }));

INSTANTIATE_TEST_SUITE_P(
    Numbers, StringFormatTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'%d %d %d'.format([-1, 2u, 3.14])", "\"-1 2 3.14\""},
        {"'%d'.format([-1.0 / 0.0])", "\"-Infinity\""},
        {"'%f %f %f'.format([1, 1u, 3.14])", "\"1.000000 1.000000 3.140000\""},
        {"'%.0f %.1f'.format([2.5, -1])", "\"2 -1.0\""},
        {"'%e %e %.1e'.format([1, 20u, -3.14])",
         "\"1.000000e+00 2.000000e+01 -3.1e+00\""},
        {"'%b %b %b %b'.format([-5, 5u, true, false])", "\"-101 101 1 0\""},
        {"'%o %o'.format([-9, 8u])", "\"-11 10\""},
        {"'%x %X'.format([-30, 30u])", "\"-1e 1E\""},
        {"'%x %X'.format(['\u00E6', b'\\xab'])", "\"c3a6 AB\""},
        {"'%x'.format([''])", "\"\""},
    }));

INSTANTIATE_TEST_SUITE_P(
    Errors, StringFormatTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'%s'.format([])",
         "error(index-out-of-range: the format has more clauses than the 0 "
         "argument(s))"},
        {"'%d%d'.format([1])",
         "error(index-out-of-range: the format has more clauses than the 1 "
         "argument(s))"},
        {"'%q'.format([1])",
         "error(invalid-argument: a format has no clause `%q`; there are %s %d "
         "%f %e %b %o %x %X and %%)"},
        {"'%s'.format([optional.of(1)])",
         "error(no-matching-overload: `%s` takes bool, numbers, string, bytes, "
         "times, null, types, lists and maps, not optional_type)"},
        {"'%s'.format([[ip('::1')]])",
         "error(no-matching-overload: `%s` takes bool, numbers, string, bytes, "
         "times, null, types, lists and maps, not net.IP)"},
        {"'%s'.format([{'a': optional.none()}])",
         "error(no-matching-overload: `%s` takes bool, numbers, string, bytes, "
         "times, null, types, lists and maps, not optional_type)"},
        {"'%d'.format(['1'])",
         "error(no-matching-overload: `%d` takes numbers, not string)"},
        {"'%f'.format([true])",
         "error(no-matching-overload: `%f` takes numbers, not bool)"},
        {"'%e'.format([null])",
         "error(no-matching-overload: `%e` takes numbers, not null_type)"},
        {"'%b'.format([1.0])",
         "error(no-matching-overload: `%b` takes int, uint and bool, not "
         "double)"},
        {"'%o'.format([true])",
         "error(no-matching-overload: `%o` takes int and uint, not bool)"},
        {"'%X'.format([[1]])",
         "error(no-matching-overload: `%X` takes int, uint, string and bytes, "
         "not list)"},
        {"'%s'.format('a')",
         "no-overload: argument 1 of `format` is `string`, expected "
         "`list(dyn)` \u00AB'a'\u00BB"},
        {"'%q'.format([1]) == '' || true", "true"},
    }));

TEST(StringFormatTest, ALiteralIsLookedAtWhenARuleIsChecked) {
  ExtensionFixture fixture(Mode::kRules);
  EXPECT_EQ(fixture.Text("'%.2d'.format([1])"),
            "invalid-constant: `%d` has no precision; only %f and %e have "
            "\u00AB'%.2d'\u00BB");
  EXPECT_EQ(fixture.Text("('%.2' + 'f').format([1])"), "\"1.00\"");
}

TEST(StringFormatTest, InARuleValuesOfSeveralTypesAreMadeDyn) {
  ExtensionFixture fixture(Mode::kRules);
  EXPECT_THAT(fixture.Text("'%s %d'.format(['a', 1])"),
              testing::StartsWith("mixed-types: "));
  EXPECT_EQ(fixture.Text("'%s %d'.format([dyn('a'), dyn(1)])"), "\"a 1\"");
}

TEST(StringFormatTest, BigValuesUseUpTheSteps) {
  const std::string many = "lists.range(1000)";
  const std::string text =
      "cel.bind(t, 'aaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaa')"
      ".replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaa'), ";
  for (const std::string& expression : {
           absl::StrCat("'%s'.format([", many, "])"),
           absl::StrCat("'%s'.format([", many, ".transformMap(i, v, v)])"),
           absl::StrCat(text, "'%s%s%s%s%s%s%s%s'.format([t,t,t,t,t,t,t,t]))"),
           absl::StrCat(text, "'%x%x%x%x'.format([t,t,t,t]))"),
           absl::StrCat(text,
                        "'%s%s%s%s'.format([bytes(t),bytes(t),bytes(t),"
                        "bytes(t)]))"),
           absl::StrCat(text, "(t + t + t + t).format([]))"),
       }) {
    ExtensionFixture fixture;
    fixture.options().step_limit = 1'000'000;
    EXPECT_THAT(fixture.Text(expression), testing::StartsWith("\""));
    ExtensionFixture bounded;
    bounded.options().step_limit =
        expression.find("range") != std::string::npos ? 1800 : 1000;
    EXPECT_THAT(bounded.Text(expression), testing::StartsWith("error(limit: "))
        << expression;
  }
}

}  // namespace
}  // namespace klausul::cel
