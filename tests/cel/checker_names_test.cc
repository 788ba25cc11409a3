// What names stand for; see service/cel/checker_names.cc.

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::IsEmpty;

struct NameCase {
  std::string name;
  std::string source;
  // Type of the whole, and what the whole refers to: `variable a.b`.
  std::string type;
  std::string reference;
};

std::ostream& operator<<(std::ostream& out, const NameCase& test) {
  return out << test.name;
}

std::string Show(const CheckedExpr& checked) {
  const Reference* reference = checked.reference(checked.root());
  if (reference == nullptr) return "";
  switch (reference->kind) {
    case ReferenceKind::kVariable:
      return absl::StrCat(
          "variable ",
          checked.environment().variables()[reference->index].name);
    case ReferenceKind::kLocal:
      return absl::StrCat("local ", reference->index);
    case ReferenceKind::kConstant:
      return absl::StrCat("constant ", reference->name, " ",
                          reference->constant.int_value);
    case ReferenceKind::kType:
      return absl::StrCat("type ", reference->type.ToString());
    case ReferenceKind::kFunction:
      return absl::StrCat("function ", reference->overloads[0]->id,
                          reference->namespaced ? " by name space" : "");
    case ReferenceKind::kField:
      return absl::StrCat("field ", reference->field->full_name());
    case ReferenceKind::kMessage:
      return absl::StrCat("message ", reference->message->full_name());
    case ReferenceKind::kUnresolved:
      return "unresolved";
  }
  return "";
}

class NameTest : public testing::TestWithParam<NameCase> {
 protected:
  static void Run(const std::shared_ptr<const Environment>& environment) {
    DiagnosticSink sink;
    const auto checked =
        Compile(Source(GetParam().source), environment, {}, sink);
    EXPECT_THAT(Describe(sink), IsEmpty());
    ASSERT_NE(checked, nullptr);
    EXPECT_EQ(checked->result_type().ToString(), GetParam().type);
    EXPECT_EQ(Show(*checked), GetParam().reference);
  }
};

class ConformanceNameTest : public NameTest {};

TEST_P(ConformanceNameTest, Resolves) {
  Run(ConformanceEnvironment());
}

INSTANTIATE_TEST_SUITE_P(
    Names, ConformanceNameTest,
    testing::ValuesIn(std::vector<NameCase>{
        {"Variable", "x", "int", "variable x"},
        {"ContainerFirst", "y", "double", "variable shop.y"},
        {"LeadingDotSkipsTheContainer", ".y", "int", "variable y"},
        {"LongestPrefix", "a.b.c", "string", "variable a.b.c"},
        {"ShorterPrefixThenSelection", "a.b.d", "int", ""},
        {"EnumValue", "shop.Kind.KIND_OPEN", "int",
         "constant shop.Kind.KIND_OPEN 1"},
        {"EnumValueInTheContainer", "Kind.KIND_OTHER", "int",
         "constant shop.Kind.KIND_OTHER 2"},
        {"TypeName", "int", "type(int)", "type int"},
        {"MessageName", "Plan", "type(shop.Plan)", "type shop.Plan"},
        {"Timestamp", "google.protobuf.Timestamp",
         "type(google.protobuf.Timestamp)", "type google.protobuf.Timestamp"},
        {"Function", "shop.f(1)", "string", "function shop_f by name space"},
        {"FunctionOfTheContainer", "f(1)", "string", "function shop_f"},
        {"Message", "Plan{}", "shop.Plan", "message shop.Plan"},
        {"Field", "plan.title", "string", "field shop.Plan.title"},
        {"Macro", "[1].map(y, y)[0]", "int", "function index_list"},
        {"LoopVariableFirst", "[{'c': 'd'}].map(a, a.b)[0]", "string",
         "function index_list"},
        {"LeadingDotSkipsLoopVariables", "['a'].map(x, .x)[0]", "int",
         "function index_list"},
        {"InnerLoopVariableFirst", "[1].map(e, ['a'].map(e, e)[0])[0]",
         "string", "function index_list"},
    }),
    [](const auto& test) { return test.param.name; });

class RulesNameTest : public NameTest {};

TEST_P(RulesNameTest, Resolves) {
  Run(RulesEnvironment());
}

INSTANTIATE_TEST_SUITE_P(
    Names, RulesNameTest,
    testing::ValuesIn(std::vector<NameCase>{
        {"BareEnumValue", "OPEN", "Kind", "constant Kind.OPEN 1"},
        {"QualifiedEnumValue", "Kind.OTHER", "Kind", "constant Kind.OTHER 2"},
        {"EnumField", "plan.kind", "Kind", "field shop.Plan.kind"},
        {"Comparison", "plan.kind == OPEN", "bool", "function eq"},
        {"Membership", "plan.kind in [OPEN, Kind.OTHER]", "bool",
         "function in_list"},
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

class NameErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(NameErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  EXPECT_EQ(Compile(Source(GetParam().source), RulesEnvironment(), {}, sink),
            nullptr);
  EXPECT_THAT(Describe(sink), testing::ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Errors, NameErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"Unknown", "zzz.f", {"unknown-name: `zzz` is not known «zzz»"}},
        {"NearAVariable",
         "plam.title",
         {"unknown-name: `plam` is not known «plam» help: did you mean "
          "`plan`?"}},
        {"NearALoopVariable",
         "plan.lots.all(part, parts.ready)",
         {"unknown-name: `parts` is not known «parts» help: did you mean "
          "`part`?"}},
        {"NearAnEnumValue",
         "plan.kind == OPE",
         {"unknown-name: `OPE` is not known «OPE» help: did you mean "
          "`OPEN`?"}},
        {"AFieldWithoutItsMessage",
         "title == 'a'",
         {"unknown-name: `title` is not known «title» help: did you mean "
          "`plan.title`?"}},
        {"AFunctionWithoutACall",
         "days_between > 1",
         {"unknown-name: `days_between` is a function «days_between» help: "
          "call it, as in `days_between(...)`"}},
        {"AmbiguousEnumValue",
         "plan.kind == OTHER",
         {"ambiguous-name: `OTHER` is a value of 2 enums «OTHER» help: write "
          "`Kind.OTHER` or `Buyer.OTHER`"}},
        {"UnknownValueOfAnEnum",
         "plan.kind == Kind.OPN",
         {"unknown-name: `Kind` has no value `OPN` «OPN» help: did you mean "
          "`OPEN`?"}},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::cel
