#include "service/cel/checker.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct TypeCase {
  std::string name;
  std::string source;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const TypeCase& test) {
  return out << test.name;
}

class ConformanceTypeTest : public testing::TestWithParam<TypeCase> {};

TEST_P(ConformanceTypeTest, IsDeduced) {
  DiagnosticSink sink;
  const auto checked =
      Compile(Source(GetParam().source), ConformanceEnvironment(), {}, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(checked, nullptr);
  EXPECT_EQ(checked->result_type().ToString(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Literals, ConformanceTypeTest,
    testing::ValuesIn(std::vector<TypeCase>{
        {"Null", "null", "null_type"},
        {"Scalars", "[1u]", "list(uint)"},
        {"Mixed", "[1, 'a']", "list(dyn)"},
        {"MixedThenSame", "[1, 'a', 1]", "list(dyn)"},
        {"Map", "{'a': 1, 'b': 2}", "map(string, int)"},
        {"MixedMap", "{'a': 1, 1: true}", "map(dyn, dyn)"},
        {"EmptyList", "[]", "list(dyn)"},
        {"EmptyMap", "{}", "map(dyn, dyn)"},
        {"EmptyListTakesItsElementTypeFromItsNeighbours", "[[], [[1]]]",
         "list(list(list(int)))"},
        {"EmptyListsOfManyDepths", "[[], [[]], [[[]]], [[['a']]]]",
         "list(list(list(list(string))))"},
        {"EmptyMapToo", "[{}, {'a': 1}]", "list(map(string, int))"},
        {"NullAndMessage", "[plan, null]", "list(shop.Plan)"},
        {"NullFirst", "[null, plan]", "list(shop.Plan)"},
        {"NullAndDuration", "[plan.period, null]",
         "list(google.protobuf.Duration)"},
        {"OptionalElement", "[?optional.of(1), 2]", "list(int)"},
        {"OptionalEntry", "{?'a': optional.of(1)}", "map(string, int)"},
        {"NoneAndSome", "[optional.none(), optional.of(1)]",
         "list(optional_type(int))"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Wrappers, ConformanceTypeTest,
    testing::ValuesIn(std::vector<TypeCase>{
        {"Field", "plan.limit", "wrapper(int)"},
        {"Arithmetic", "plan.limit + 1", "int"},
        {"JoinedWithItsScalar", "true ? plan.limit : 42", "wrapper(int)"},
        {"JoinedTheOtherWayRound", "true ? 42 : plan.limit", "wrapper(int)"},
        {"InALiteral", "[1, plan.limit]", "list(wrapper(int))"},
        {"WithNull", "[null, plan.limit]", "list(wrapper(int))"},
        {"TwoWrappers", "[plan.limit, plan.label]", "list(dyn)"},
        {"ComparedWithNull", "plan.limit == null", "bool"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Fields, ConformanceTypeTest,
    testing::ValuesIn(std::vector<TypeCase>{
        {"Int32", "plan.count", "int"},
        {"Uint64", "plan.size", "uint"},
        {"Float", "plan.share", "double"},
        {"Bytes", "plan.blob", "bytes"},
        {"Enum", "plan.kind", "int"},
        {"EnumValue", "shop.Kind.KIND_OPEN", "int"},
        {"EnumValueInTheContainer", "Kind.KIND_OPEN == plan.kind", "bool"},
        {"Repeated", "plan.lots", "list(shop.Plan)"},
        {"Element", "plan.lots[0].title", "string"},
        {"MapField", "plan.clauses", "map(string, shop.Clause)"},
        {"MapSelection", "plan.clauses.a.included", "bool"},
        {"Timestamp", "plan.sent", "google.protobuf.Timestamp"},
        {"AnyField", "plan.extra", "google.protobuf.Any"},
        {"FieldOfAny", "plan.extra.whatever", "dyn"},
        {"Value", "plan.json", "dyn"},
        {"Struct", "plan.object", "map(string, dyn)"},
        {"Has", "has(plan.value.units)", "bool"},
        {"OptionalField", "plan.?count", "optional_type(int)"},
        {"OptionalChain", "plan.?value.units", "optional_type(int)"},
        {"Message", "Plan{count: 1, limit: null, value: null}", "shop.Plan"},
        {"WellKnownMessage", "google.protobuf.Int64Value{value: 1}",
         "wrapper(int)"},
        {"OptionalMessageField", "Plan{?count: optional.of(1)}", "shop.Plan"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(Calls, ConformanceTypeTest,
                         testing::ValuesIn(std::vector<TypeCase>{
                             {"Overload", "1.0 + 2.0", "double"},
                             {"OfDyn", "dyn(1) + dyn(2)", "dyn"},
                             {"OneDynSide", "dyn(1) + 2u", "uint"},
                             {"OfAny", "any == 1", "bool"},
                             {"Generic", "[1] + []", "list(int)"},
                             {"Index", "{'a': [1]}['a'][0]", "int"},
                             {"TypeOfType", "type(1)", "type(int)"},
                             {"TypeName", "type(1) == int", "bool"},
                             {"MessageTypeName", "shop.Plan",
                              "type(shop.Plan)"},
                             {"Method", "'a'.size()", "int"},
                             {"Conditional", "true ? [] : [1]", "list(int)"},
                             {"Logic", "true && dyn(1) || false", "bool"},
                             {"Namespace", "shop.f(1)", "string"},
                             {"NamespaceOfTheContainer", "f(1)", "string"},
                         }),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Macros, ConformanceTypeTest,
    testing::ValuesIn(std::vector<TypeCase>{
        {"All", "[1].all(e, e > 0)", "bool"},
        {"MapOverAMapGoesOverKeys", "{'a': 1}.map(k, k)", "list(string)"},
        {"Filter", "['a'].filter(e, true)", "list(string)"},
        {"FilterOverAMap", "{'a': 1}.filter(k, true)", "list(string)"},
        {"OverDyn", "dyn([1]).map(e, e)", "list(dyn)"},
        {"OverAnEmptyList", "[].map(e, e)", "list(dyn)"},
        {"TransformList", "['a'].transformList(i, v, [i])", "list(list(int))"},
        {"TransformMap", "{'a': 1}.transformMap(k, v, [k])",
         "map(string, list(string))"},
        {"TransformMapOfAList", "['a'].transformMap(i, v, v)",
         "map(int, string)"},
        {"TransformMapEntry", "{'a': 1}.transformMapEntry(k, v, {v: k})",
         "map(int, string)"},
        {"Bind", "cel.bind(e, [1], e + e)", "list(int)"},
    }),
    [](const auto& test) { return test.param.name; });

struct ErrorCase {
  std::string name;
  std::string source;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const ErrorCase& test) {
  return out << test.name;
}

class RulesErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(RulesErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source(GetParam().source), RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_THAT(Describe(sink), testing::ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Structure, RulesErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"MixedList",
         "[1, 'a']",
         {"mixed-types: the elements before are `int`, this one is `string` "
          "«'a'»"}},
        {"MixedMap",
         "{'a': 1, 'b': true}",
         {"mixed-types: the values before are `int`, this one is `bool` "
          "«true»"}},
        {"MapKey",
         "{1.5: 1}",
         {"type-mismatch: `double` cannot be the key of a map «1.5» help: "
          "keys are `int`, `uint`, `bool` or `string`"}},
        {"FoldOverAString",
         "plan.title.all(c, true)",
         {"type-mismatch: `all` goes over a list or a map, found `string` "
          "«plan.title»"}},
        {"PredicateThatIsNoBool",
         "plan.lots.exists(e, e.count)",
         {"type-mismatch: a condition takes `bool`, found `int` «e.count» "
          "help: compare it, as in `x > 0`"}},
        {"AndOfAList",
         "plan.ready && plan.lots && plan.value",
         {"type-mismatch: `&&` takes `bool`, found `list(Plan)` «plan.lots» "
          "help: ask for its size, as in `size(x) > 0`",
          "type-mismatch: `&&` takes `bool`, found `Money` «plan.value» help: "
          "ask whether it is set, as in `has(x.y)`"}},
        {"OptionalElementOfNoOptional",
         "[?1]",
         {"type-mismatch: what stands behind `?` is `int`, expected an "
          "optional value «1»"}},
        {"AllAtOnce",
         "plan.titel == 'a' && plan.kind == STATE && pric > 1",
         {"unknown-field: `plan` has no field `titel` «titel» help: did you "
          "mean `title`?",
          "type-mismatch: `Kind` and `Buyer` cannot be compared «==»",
          "unknown-name: `pric` is not known «pric» help: did you mean "
          "`price`?"}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(CheckerTest, TheWholeMustHaveTheExpectedType) {
  CheckOptions options;
  options.expected_type = Type::Bool();
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source("plan.count"), RulesEnvironment(), options, sink),
            nullptr);
  EXPECT_THAT(Describe(sink),
              ElementsAre("type-mismatch: the expression is `int`, expected "
                          "`bool` «plan.count»"));

  DiagnosticSink good;
  EXPECT_NE(
      Compile(Source("plan.count > 1"), RulesEnvironment(), options, good),
      nullptr);
}

TEST(CheckerTest, SlotsOfVariablesThatLiveTogetherDiffer) {
  DiagnosticSink sink;
  const auto checked = Compile(
      Source("cel.bind(v, [1].map(a, a), [2].all(b, [3].all(c, c in v)))"),
      ConformanceEnvironment(), {}, sink);
  ASSERT_NE(checked, nullptr);
  const Expr& let = checked->root();
  const Expr& outer = *let.transform;
  const Expr& inner = *outer.predicate;
  EXPECT_EQ(checked->reference(let)->index, 0);
  EXPECT_EQ(checked->reference(*let.operand)->index, 1);
  // `v` may be worked out while `b` and `c` live, and then needs a slot for
  // `a`.
  EXPECT_EQ(checked->reference(outer)->index, 2);
  EXPECT_EQ(checked->reference(inner)->index, 3);
  EXPECT_EQ(checked->local_count(), 4);
}

TEST(CheckerTest, SlotsAreUsedAgain) {
  DiagnosticSink sink;
  const auto checked =
      Compile(Source("[1].all(a, a > 0) && [2].all(i, v, v > i)"),
              ConformanceEnvironment(), {}, sink);
  ASSERT_NE(checked, nullptr);
  const Expr& two = *checked->root().args[1];
  EXPECT_EQ(checked->reference(two)->index, 0);
  EXPECT_EQ(checked->reference(*two.predicate->args[0])->index, 1);
  EXPECT_EQ(checked->reference(*two.predicate->args[1])->index, 0);
  EXPECT_EQ(checked->local_count(), 2);
}

TEST(CheckerTest, WithoutATypeCheckNothingIsAnError) {
  CheckOptions options;
  options.type_check = false;
  DiagnosticSink sink;
  const auto checked = Compile(
      Source("nothing.at.all(1) || [1, 'a'].size() == x + Some{f: 1}.g"),
      ConformanceEnvironment(), options, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(checked, nullptr);
  EXPECT_FALSE(checked->type_checked());
  EXPECT_EQ(checked->result_type(), Type::Dyn());
  const Expr& call = *checked->root().args[0];
  EXPECT_EQ(checked->reference(call)->kind, ReferenceKind::kUnresolved);
  EXPECT_EQ(checked->reference(*call.operand->operand)->kind,
            ReferenceKind::kUnresolved);
  EXPECT_EQ(checked->reference(*call.operand->operand)->name, "nothing");
}

TEST(CheckerTest, TheDeepestTreesThatParseAreChecked) {
  const auto repeat = [](int count, absl::string_view text) {
    std::string out;
    for (int i = 0; i < count; ++i)
      absl::StrAppend(&out, text);
    return out;
  };
  const int chain = ParseLimits::kMaxTreeDepth - 1;
  const int nest = ParseLimits::kMaxNesting;
  for (const std::string& source :
       {repeat(chain, "x + ") + "x", "unknown" + repeat(chain, ".f"),
        "dyn(1)" + repeat(chain - 1, ".f"), repeat(chain, "-") + "x",
        repeat(nest, "[") + repeat(nest, "]"),
        repeat(nest, "[1].all(e, ") + "true" + repeat(nest, ")"),
        repeat(nest, "cel.bind(e, x, ") + "e" + repeat(nest, ")")}) {
    DiagnosticSink sink;
    EXPECT_NE(Compile(Source(source), ConformanceEnvironment(), {}, sink),
              nullptr);
    EXPECT_THAT(Describe(sink), IsEmpty());
  }
}

TEST(CheckerTest, TypesThatDoubleWithEachLevelEnd) {
  // cel.bind(v0, 1, cel.bind(v1, {v0: v0}, cel.bind(v2, {v1: v1}, ...))).
  std::string text = "v59";
  for (int i = 59; i > 0; --i) {
    text = absl::StrCat("cel.bind(v", i, ", {v", i - 1, ": v", i - 1, "}, ",
                        text, ")");
  }
  text = absl::StrCat("cel.bind(v0, 1, ", text, ")");
  DiagnosticSink sink;
  const auto checked =
      Compile(Source(text), ConformanceEnvironment(), {}, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(checked, nullptr);
  EXPECT_LE(checked->result_type().ToString().size(), 100'000U);
}

}  // namespace
}  // namespace klausul::cel
