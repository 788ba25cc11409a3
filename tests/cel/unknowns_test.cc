// Three values: what rules mode makes of fields that are not stated.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/attribute.h"
#include "service/cel/message_access.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class UnknownsTest : public testing::TestWithParam<EvalCase> {};

// An order of which little is stated.
TEST_P(UnknownsTest, ComesTo) {
  EvalFixture fixture(Mode::kRules);
  fixture.SetOrder(R"pb(
    count : 2
    title : ""
    items {count : 1}
    items {}
    clauses {
      key : "wages"
      value {included : true}
    })pb");
  const PathSet empty = {"order.codes", "order.part.codes"};
  const Presence presence = {&empty, nullptr, nullptr};
  fixture.options().presence = &presence;
  EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Reading, UnknownsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.count", "2"},
        // No presence, so nobody can tell.
        {"order.size", "0"},
        {"order.title", "unknown(order.title)"},
        {"order.kind", "unknown(order.kind)"},
        {"order.part", "unknown(order.part)"},
        {"order.part.count", "unknown(order.part.count)"},
        {"order.part.part.title", "unknown(order.part.part.title)"},
        {"order.part.items", "unknown(order.part.items)"},
        {"order.part.size", "0"},
        {"order.items[1].count", "unknown(order.items[1].count)"},
        {"order.clauses.wages.included", "true"},
        {"order.clauses.wages.rate", "unknown(order.clauses.wages.rate)"},
        {"order.clauses.pay.included", "unknown(order.clauses.pay.included)"},
        {"order.clauses['x y'].rate", "unknown(order.clauses[\"x y\"].rate)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    EmptyLists, UnknownsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"size(order.codes)", "0"},
        {"order.codes.all(c, false)", "true"},
        // Stated as empty where nothing else of the part is stated.
        {"size(order.part.codes)", "0"},
        {"size(order.part.items)", "unknown(order.part.items)"},
        {"order.items[0].codes.exists(c, true)",
         "unknown(order.items[0].codes)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    HasAndStated, UnknownsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"has(order.count)", "true"},
        {"has(order.title) || has(order.kind) || has(order.part)", "false"},
        {"has(order.part.part.count)", "false"},
        {"has(order.codes)", "false"},
        {"stated(order.codes) && stated(order.part.codes)", "true"},
        {"stated(order.title) || stated(order.part.items)", "false"},
        {"has(order.clauses.pay) || stated(order.clauses.pay)", "false"},
        {"has(order.clauses.pay.included)", "false"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Travelling, UnknownsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.title == 'x' && false", "false"},
        {"order.title == 'x' || true", "true"},
        {"order.title == 'x' && true", "unknown(order.title)"},
        // Unknown beats error.
        {"order.title == 'x' && 1 / 0 == 1", "unknown(order.title)"},
        {"1 / 0 + order.part.count", "unknown(order.part.count)"},
        {"order.part.count + order.part.part.count",
         "unknown(order.part.count, order.part.part.count)"},
        {"order.title == 'x' ? order.part.count : 1", "unknown(order.title)"},
        {"true ? 1 : order.part.count", "1"},
        {"[1, order.part.count]", "unknown(order.part.count)"},
        {"!(order.title == 'x')", "unknown(order.title)"},
        {"cel.bind(x, order.part.count, true || x == 1)", "true"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Folds, UnknownsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.items.all(i, i.count == 1)", "unknown(order.items[1].count)"},
        {"order.items.all(i, i.count == 2)", "false"},
        {"order.items.exists(i, i.count == 1)", "true"},
        {"order.items.exists(i, i.count == 2)",
         "unknown(order.items[1].count)"},
        {"order.items.exists_one(i, i.count == 1)",
         "unknown(order.items[1].count)"},
        {"order.items.map(i, i.count)", "unknown(order.items[1].count)"},
        {"order.items.filter(i, i.count == 1)",
         "unknown(order.items[1].count)"},
        {"order.items.map(i, has(i.count), i.count)", "[1]"},
        {"order.part.items.all(i, true)", "unknown(order.part.items)"},
    }));

class OpenListTest : public testing::TestWithParam<EvalCase> {};

// Lists to which elements may yet be added.
TEST_P(OpenListTest, ComesTo) {
  EvalFixture fixture(Mode::kRules);
  fixture.SetOrder(R"pb(
    codes : "a"
    items {count : 1}
    part {count : 1})pb");
  const PathSet open = {"order.codes", "order.items", "order.part.codes"};
  const Presence presence = {nullptr, &open, nullptr};
  fixture.options().presence = &presence;
  EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, OpenListTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.codes.exists(c, c == 'a')", "true"},
        {"order.codes.exists(c, c == 'b')", "unknown(order.codes)"},
        {"order.codes.all(c, c == 'b')", "false"},
        {"order.codes.all(c, c == 'a')", "unknown(order.codes)"},
        {"order.items.all(i, i.part.count == 1)",
         "unknown(order.items, order.items[0].part.count)"},
        {"'a' in order.codes", "true"},
        {"'b' in order.codes", "unknown(order.codes)"},
        {"size(order.codes)", "unknown(order.codes)"},
        {"order.codes.size() > 0 && false", "false"},
        {"order.codes[0]", "unknown(order.codes)"},
        {"order.codes.map(c, c)", "unknown(order.codes)"},
        {"order.codes.filter(c, true)", "unknown(order.codes)"},
        {"order.codes.exists_one(c, true)", "unknown(order.codes)"},
        {"order.codes == ['a']", "unknown(order.codes)"},
        {"order.codes + ['b']", "unknown(order.codes)"},
        {"has(order.codes) && !has(order.part.codes)", "true"},
        {"order.part.codes.exists(c, true)", "unknown(order.part.codes)"},
    }));

class CompleteMapTest : public testing::TestWithParam<EvalCase> {};

// A map whose missing keys are stated to be absent.
TEST_P(CompleteMapTest, ComesTo) {
  EvalFixture fixture(Mode::kRules);
  fixture.SetOrder(R"pb(clauses {
                          key : "wages"
                          value {rate : 3}
                        })pb");
  const PathSet complete = {"order.clauses", "order.part.clauses"};
  const Presence presence = {nullptr, nullptr, &complete};
  fixture.options().presence = &presence;
  EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(All, CompleteMapTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"has(order.clauses.pay)", "false"},
                             {"stated(order.clauses.pay)", "true"},
                             {"order.clauses.pay.included", "false"},
                             {"size(order.clauses.pay.notes)", "0"},
                             {"order.clauses.pay.rate",
                              "unknown(order.clauses.pay.rate)"},
                             {"has(order.clauses.pay.included)", "false"},
                             {"stated(order.clauses.pay.included)", "true"},
                             {"stated(order.clauses.pay.rate)", "false"},
                             {"order.clauses.wages.rate", "3"},
                             {"order.clauses.wages.included",
                              "unknown(order.clauses.wages.included)"},
                             {"order.part.clauses.pay.included", "false"},
                         }));

// The two modes say the same where every field is set.
TEST(Modes, AgreeWhereAllIsStated) {
  const std::string stated = R"pb(
    count : 2
    title : "T"
    kind : KIND_FAST
    size : 4
    codes : "a"
    items {count : 1}
    part {count : 3}
    clauses {
      key : "wages"
      value {included : true rate : 3 notes : "n"}
    })pb";
  for (const char* expression :
       {"order.count + order.part.count", "order.title + order.codes[0]",
        "order.items.map(i, i.count)", "order.clauses.wages.rate",
        "size(order.clauses)", "has(order.part.count)", "has(order.part.part)",
        "'a' in order.codes", "order.items.exists_one(i, i.count == 1)",
        "order.clauses.all(k, k == 'wages')", "order == order"}) {
    EvalFixture rules(Mode::kRules);
    rules.SetOrder(stated);
    EvalFixture conformance(Mode::kConformance);
    conformance.SetOrder(stated);
    EXPECT_EQ(rules.Text(expression), conformance.Text(expression))
        << expression;
  }
}

}  // namespace
}  // namespace klausul::cel
