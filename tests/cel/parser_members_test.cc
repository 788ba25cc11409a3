#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

INSTANTIATE_TEST_SUITE_P(
    Names, ParserTreeTest,
    testing::ValuesIn(std::vector<TreeCase>{
        {"LeadingDot", ".a.b", "(. .a b)"},
        {"LeadingDotCall", ".f(a)", "(.f a)"},
        {"Message", "a . b.C{x: 1, in_: 2}", "a.b.C{x:1 in_:2}"},
        {"RootMessage", ".a.C{}", ".a.C{}"},
        {"ReservedField", "a.package.for", "(. (. a package) for)"},
        {"ReservedMethod", "a.import()", "(a .import)"},
        {"ReservedMessageField", "M{as: 1}", "M{as:1}"},
        {"QuotedField", "a.`b-c`", "(. a b-c)"},
        {"QuotedMessageField", "M{`in`: true}", "M{in:true}"},
        {"OptionalField", "a.?b", "(.? a b)"},
        {"OptionalIndex", "a[?b]", "(_[?_] a b)"},
        {"OptionalElements", "[a, ?b, ?c]", "[a b c]?1,2"},
        {"OptionalEntries", "{?a: b, c: d}", "{?a:b c:d}"},
        {"OptionalMessageField", "M{?a: b}", "M{?a:b}"},
        {"ConditionalKey", "{a ? b : c: d}", "{(_?_:_ a b c):d}"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::cel
