// What types the checker deduces, by the rules of the language definition.

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/extensions/extensions.h"
#include "service/cel/standard_library.h"
#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

struct DeductionCase {
  std::string source;
  // The type, or the diagnostic.
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const DeductionCase& test) {
  return out << test.source;
}

// A host with functions over type parameters and abstract types.
std::shared_ptr<const Environment> HostEnvironment() {
  const Type t = Type::Param("T");
  const Type u = Type::Param("U");
  const Type set = Type::Opaque("set", {t});
  EnvironmentBuilder builder(Mode::kConformance);
  builder.set_descriptor_pool(PlanPool()).set_container("shop");
  EXPECT_TRUE(AddStandardLibrary(builder).ok());
  AddAllExtensions(builder);
  builder.AddFunction({"same", {MakeOverload("same", {t}, t)}});
  builder.AddFunction(
      {"tuple",
       {MakeOverload("tuple", {t, u}, Type::Opaque("tuple", {t, u}))}});
  builder.AddFunction({"put", {MakeOverload("put", {set, t}, set)}});
  builder.AddFunction({"either", {MakeOverload("either", {t, t}, t)}});
  builder.AddFunction(
      {"pick",
       {MakeOverload("pick", {Type::List(t), Type::Optional(t)}, t, true)}});
  builder.AddFunction({"label",
                       {MakeOverload("label", {Type::Wrapper(Type::String())},
                                     Type::String())}});
  builder.AddFunction(
      {"named",
       {MakeOverload("named", {Type::String(), Type::Optional(Type::String())},
                     Type::String())}});
  builder.AddFunction(
      {"wide",
       {MakeOverload("wide_int", {Type::Int(), t}, Type::Int()),
        MakeOverload("wide_string", {Type::String(), t}, Type::String())}});
  builder.AddVariable("numbers", Type::Opaque("set", {Type::Int()}));
  builder.AddVariable("free", Type::List(t));
  builder.AddVariable("other", u);
  builder.AddVariable("plan", Type::Message(PlanMessage("Plan")));
  builder.AddVariable("by_number", Type::Map(Type::Int(), Type::String()));
  auto environment = std::move(builder).Build();
  EXPECT_TRUE(environment.ok()) << environment.status();
  return environment.ok() ? *environment : nullptr;
}

class TypeDeductionTest : public testing::TestWithParam<DeductionCase> {};

TEST_P(TypeDeductionTest, IsDeduced) {
  DiagnosticSink sink;
  const auto checked =
      Compile(Source(GetParam().source), HostEnvironment(), {}, sink);
  EXPECT_EQ(checked == nullptr ? Describe(sink).front()
                               : checked->result_type().ToString("shop"),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    HostsOwnTypes, TypeDeductionTest,
    testing::ValuesIn(std::vector<DeductionCase>{
        {"same(1)", "int"},
        {"same(same('a'))", "string"},
        {"same([])", "list(dyn)"},
        {"same(int)", "type(int)"},
        {"tuple(1, 'a')", "tuple(int, string)"},
        {"tuple(1, tuple([], 2u))", "tuple(int, tuple(list(dyn), uint))"},
        {"[tuple(1, 'a'), tuple(dyn(1), 'a')]", "list(tuple(dyn, string))"},
        {"[tuple(dyn(1), 'a'), tuple(1, dyn('a'))]", "list(tuple(dyn, dyn))"},
        {"[tuple(1, 'a'), tuple('a', 1)]", "list(dyn)"},
        {"[tuple(1, 'a'), null]", "list(tuple(int, string))"},
        {"tuple(1, 'a') == null", "bool"},
        {"put(numbers, 1)", "set(int)"},
        {"put(put(numbers, 1), dyn('a'))", "set(dyn)"},
        {"put(numbers, 'a')",
         "no-overload: argument 2 of `put` is `string`, expected `int` "
         "\u00AB'a'\u00BB"},
        {"either(1, dyn('a'))", "dyn"},
        {"either([], [1])", "list(int)"},
        {"either([1], [])", "list(int)"},
        {"either(plan.limit, 1)", "wrapper(int)"},
        {"either(1, plan.limit)", "wrapper(int)"},
        {"either(null, plan)", "Plan"},
        {"[1].pick(optional.none())", "int"},
        {"[].pick(optional.of('a'))", "string"},
        {"[1].pick(optional.of('a'))",
         "no-overload: argument 1 of `pick` is `optional_type(string)`, "
         "expected `optional_type(int)` \u00ABoptional.of('a')\u00BB"},
        {"label('a') + label(null) + label(plan.label)", "string"},
        {"named('a', optional.none()) + named('a', null)", "string"},
        {"wide(1, null)", "int"},
        {"wide(dyn(1), null)", "dyn"},
    }));

INSTANTIATE_TEST_SUITE_P(
    ParametersOfVariables, TypeDeductionTest,
    testing::ValuesIn(std::vector<DeductionCase>{
        {"free", "list(dyn)"},
        {"free + [1]", "list(int)"},
        {"[free, ['a']]", "list(list(string))"},
        // Two names are two types.
        {"[free + [1], [[other, 'a']]]", "list(dyn)"},
        {"[[free[0], 1].size() == 2, [other, 'a'].size() == 2]", "list(bool)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    WhatAllElementsAre, TypeDeductionTest,
    testing::ValuesIn(std::vector<DeductionCase>{
        {"[1, plan.limit]", "list(wrapper(int))"},
        {"[plan.limit, 1, null]", "list(wrapper(int))"},
        {"[null, plan.limit, 1]", "list(wrapper(int))"},
        {"[plan.limit, plan.label]", "list(dyn)"},
        {"[[1], [plan.limit]]", "list(list(wrapper(int)))"},
        {"[[plan.limit], [1]]", "list(list(wrapper(int)))"},
        {"[[null], [plan]]", "list(list(Plan))"},
        {"[[plan], [null]]", "list(list(Plan))"},
        {"[{'a': dyn(1)}, {dyn('a'): 1}]", "list(map(dyn, dyn))"},
        {"[plan.extra, 1]", "list(google.protobuf.Any)"},
        {"[1, plan.extra]", "list(google.protobuf.Any)"},
        {"[1, null]", "list(dyn)"},
        {"[[1], null]", "list(dyn)"},
        {"[null, null]", "list(null_type)"},
        {"[optional.of(1), null]", "list(optional_type(int))"},
        {"[optional.none(), optional.of(plan.limit), optional.of(1)]",
         "list(optional_type(wrapper(int)))"},
        {"{'a': 1, 'b': plan.limit}", "map(string, wrapper(int))"},
        {"true ? plan.limit : 1", "wrapper(int)"},
        {"true ? 1 : plan.limit", "wrapper(int)"},
        {"true ? null : plan.period", "google.protobuf.Duration"},
        {"true ? 1 : null",
         "type-mismatch: the two cases of `?:` differ: `int` and `null_type` "
         "\u00ABnull\u00BB"},
        {"[int, string]", "list(type(int))"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Folds, TypeDeductionTest,
    testing::ValuesIn(std::vector<DeductionCase>{
        {"[].map(x, x)", "list(dyn)"},
        {"[].map(x, x + 1)", "list(int)"},
        {"[[1]].map(x, x.map(y, [y]))", "list(list(list(int)))"},
        {"{'a': 1}.map(k, k).filter(k, k != '').map(k, size(k))", "list(int)"},
        {"dyn([]).filter(x, x)", "list(dyn)"},
        {"plan.json.map(x, x)", "list(dyn)"},
        {"['a'].transformList(i, v, i)", "list(int)"},
        {"['a'].transformMap(i, v, [v])", "map(int, list(string))"},
        {"{'a': 1}.transformMapEntry(k, v, {v: k})", "map(int, string)"},
        {"{'a': 1}.transformMapEntry(k, v, dyn({v: k}))", "dyn"},
        {"dyn([]).transformMap(i, v, i)", "map(dyn, dyn)"},
        {"plan.lots.transformMapEntry(i, lot, {lot.title: lot})",
         "map(string, Plan)"},
        {"[1].transformMapEntry(i, v, v)",
         "type-mismatch: `transformMapEntry` takes a map of one entry, found "
         "`int` \u00ABv\u00BB"},
        {"plan.limit.exists(x, true)",
         "type-mismatch: `exists` goes over a list or a map, found "
         "`wrapper(int)` \u00ABplan.limit\u00BB"},
        {"[].map(x, [].map(y, x in y && y in x))",
         "no-overload: `in` cannot be applied to `list(dyn)` and `dyn` "
         "\u00ABin\u00BB"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Selecting, TypeDeductionTest,
    testing::ValuesIn(std::vector<DeductionCase>{
        {"plan.extra.anything", "dyn"},
        {"plan.object.key", "dyn"},
        {"plan.limit + 1", "int"},
        {"dyn(1) + 1", "int"},
        {"dyn(1) + dyn(1)", "dyn"},
        // It lacks the key; that is for the evaluation to say.
        {"by_number.title", "string"},
        {"has(by_number.title)", "bool"},
        {"{}.a", "dyn"},
    }));

}  // namespace
}  // namespace klausul::cel
