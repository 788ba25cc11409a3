#include "service/cel/unify.h"

#include <ostream>
#include <string>
#include <vector>

#include "google/protobuf/field_mask.pb.h"
#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

struct AssignCase {
  std::string name;
  Type from;
  Type to;
  bool conformance = false;
  bool rules = false;
};

std::ostream& operator<<(std::ostream& out, const AssignCase& test) {
  return out << test.name;
}

class AssignTest : public testing::TestWithParam<AssignCase> {};

TEST_P(AssignTest, IsSymmetric) {
  const AssignCase& test = GetParam();
  for (const Mode mode : {Mode::kConformance, Mode::kRules}) {
    const bool want = mode == Mode::kRules ? test.rules : test.conformance;
    EXPECT_EQ(Unifier(mode).Assign(test.from, test.to), want);
    EXPECT_EQ(Unifier(mode).Assign(test.to, test.from), want);
  }
}

const Type& Message() {
  static const auto& type =
      *new Type(Type::Message(google::protobuf::FieldMask::descriptor()));
  return type;
}

INSTANTIATE_TEST_SUITE_P(
    Types, AssignTest,
    testing::ValuesIn(std::vector<AssignCase>{
        {"Same", Type::Int(), Type::Int(), true, true},
        {"IntAndUint", Type::Int(), Type::Uint(), false, false},
        {"Dyn", Type::Dyn(), Type::List(Type::Int()), true, true},
        {"Any", Type::Any(), Type::Int(), true, true},
        {"Error", Type::Error(), Type::Int(), true, true},
        {"DynInside", Type::List(Type::Dyn()), Type::List(Type::Int()), true,
         true},
        {"OtherElements", Type::List(Type::String()), Type::List(Type::Int()),
         false, false},
        {"Wrapper", Type::Wrapper(Type::Int()), Type::Int(), true, true},
        {"TwoWrappers", Type::Wrapper(Type::Int()),
         Type::Wrapper(Type::String()), false, false},
        {"NullAndWrapper", Type::Null(), Type::Wrapper(Type::Int()), true,
         true},
        {"NullAndMessage", Type::Null(), Message(), true, false},
        {"NullAndTimestamp", Type::Null(), Type::Timestamp(), true, false},
        {"NullAndOptional", Type::Null(), Type::Optional(Type::Int()), true,
         false},
        {"NullAndOpaque", Type::Null(), Type::Opaque("a"), true, false},
        {"NullAndScalar", Type::Null(), Type::Int(), false, false},
        {"NullAndList", Type::Null(), Type::List(Type::Int()), false, false},
        {"TypesOfTypes", Type::TypeOf(Type::Int()),
         Type::TypeOf(Type::String()), true, true},
        {"OpaqueNames", Type::Opaque("a"), Type::Opaque("b"), false, false},
    }),
    [](const auto& test) { return test.param.name; });

TEST(UnifierTest, AParameterTakesOnAType) {
  Unifier unifier(Mode::kConformance);
  const Type a = unifier.NewParam("A");
  EXPECT_TRUE(unifier.Assign(Type::List(Type::Int()), Type::List(a)));
  EXPECT_EQ(unifier.Substitute(a, false), Type::Int());
  EXPECT_FALSE(unifier.Assign(Type::String(), a));
}

TEST(UnifierTest, AParameterTakesOnTheMoreGeneralType) {
  Unifier unifier(Mode::kConformance);
  const Type a = unifier.NewParam("A");
  EXPECT_TRUE(unifier.AssignAll({Type::Int(), Type::Dyn()}, {a, a}));
  EXPECT_EQ(unifier.Substitute(a, false), Type::Dyn());
  const Type b = unifier.NewParam("B");
  EXPECT_TRUE(unifier.AssignAll(
      {Type::Int(), Type::Wrapper(Type::Int()), Type::Null()}, {b, b, b}));
  EXPECT_EQ(unifier.Substitute(b, false), Type::Wrapper(Type::Int()));
}

TEST(UnifierTest, FailureChangesNothing) {
  Unifier unifier(Mode::kConformance);
  const Type a = unifier.NewParam("A");
  EXPECT_FALSE(unifier.AssignAll({Type::Int(), Type::String()}, {a, a}));
  EXPECT_EQ(unifier.Substitute(a, false), a);
  EXPECT_EQ(unifier.Substitute(a, true), Type::Dyn());
  EXPECT_TRUE(unifier.Assign(Type::String(), a));
}

TEST(UnifierTest, AParameterCannotHoldItself) {
  Unifier unifier(Mode::kConformance);
  const Type a = unifier.NewParam("A");
  EXPECT_FALSE(unifier.Assign(a, Type::List(a)));
  const Type b = unifier.NewParam("B");
  EXPECT_TRUE(unifier.Assign(a, Type::List(b)));
  EXPECT_FALSE(unifier.Assign(b, Type::List(a)));
}

TEST(UnifierTest, EachCallHasParametersOfItsOwn) {
  Overload overload;
  overload.args = {Type::Param("A"), Type::List(Type::Param("A"))};
  overload.result = Type::Param("A");
  Unifier unifier(Mode::kConformance);
  const Unifier::Signature first = unifier.Instantiate(overload);
  const Unifier::Signature second = unifier.Instantiate(overload);
  EXPECT_EQ(first.args[1].element(), first.args[0]);
  EXPECT_NE(first.args[0], second.args[0]);
  EXPECT_TRUE(unifier.Assign(Type::Int(), first.args[0]));
  EXPECT_TRUE(unifier.Assign(Type::String(), second.args[0]));
  EXPECT_EQ(unifier.Substitute(first.result, true), Type::Int());
  EXPECT_EQ(unifier.Substitute(second.result, true), Type::String());
}

TEST(UnifierTest, TypesThatStandForHugeOnesAreCutShort) {
  Unifier unifier(Mode::kConformance);
  Type left = unifier.NewParam("L");
  Type right = unifier.NewParam("R");
  for (int i = 0; i < 100; ++i) {
    const Type next_left = unifier.NewParam("L");
    const Type next_right = unifier.NewParam("R");
    EXPECT_TRUE(unifier.Assign(Type::Map(left, left), next_left));
    EXPECT_TRUE(unifier.Assign(Type::Map(right, right), next_right));
    left = next_left;
    right = next_right;
  }
  EXPECT_TRUE(unifier.Assign(left, right));
  EXPECT_LE(unifier.Substitute(left, true).ToString().size(), 100'000U);
}

}  // namespace
}  // namespace klausul::cel
