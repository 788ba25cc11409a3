#include "service/cel/environment.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TEST(EnvironmentTest, CandidatesGoFromTheContainerOutward) {
  EnvironmentBuilder builder(Mode::kConformance);
  builder.set_container("A.B");
  const auto environment = *std::move(builder).Build();
  EXPECT_THAT(environment->CandidateNames("a.b"),
              ElementsAre("A.B.a.b", "A.a.b", "a.b"));
  EXPECT_THAT(environment->CandidateNames(".a.b"), ElementsAre("a.b"));
}

TEST(EnvironmentTest, FindsVariablesInTheOrderOfTheirComing) {
  const auto environment = ConformanceEnvironment();
  EXPECT_EQ(environment->FindVariable("plan"), 0);
  EXPECT_EQ(environment->FindVariable("x"), 1);
  EXPECT_EQ(environment->FindVariable("z"), -1);
  EXPECT_EQ(environment->variables()[1].type, Type::Int());
}

TEST(EnvironmentTest, JoinsOverloadsOfOneFunction) {
  const auto environment = RulesEnvironment();
  const FunctionDecl* equals = environment->FindFunction(op::kEquals);
  ASSERT_NE(equals, nullptr);
  EXPECT_EQ(equals->overloads.size(), 2U);
  EXPECT_EQ(environment->FindFunction("nothing"), nullptr);
}

TEST(EnvironmentTest, EnumsAreTypesInRulesOnly) {
  const auto rules = RulesEnvironment();
  EXPECT_EQ(rules->FindEnumConstant("Kind.OPEN")->type.ToString(), "Kind");
  EXPECT_EQ(rules->FindEnumConstant("shop.Kind.KIND_OPEN")->type.ToString(),
            "Kind");
  EXPECT_EQ(rules->FindBareEnumConstant("OPEN").size(), 1U);
  EXPECT_EQ(rules->FindBareEnumConstant("OTHER").size(), 2U);
  EXPECT_FALSE(rules->FindEnumConstant("Kind.NONE").has_value());
  EXPECT_FALSE(rules->FindEnumConstant("OPEN").has_value());

  EnvironmentBuilder builder = PlanBuilder(Mode::kConformance);
  builder.AddEnum({"Kind", {{"OPEN", 1}}, nullptr});
  const auto conformance = *std::move(builder).Build();
  EXPECT_EQ(conformance->FindEnumConstant("Kind.OPEN")->type, Type::Int());
}

TEST(EnvironmentTest, FindsTypeNames) {
  EnvironmentBuilder builder = PlanBuilder(Mode::kConformance);
  builder.AddTypeName("net.IP", Type::Opaque("net.IP"));
  const auto environment = *std::move(builder).Build();
  EXPECT_EQ(*environment->FindTypeName("int"), Type::Int());
  EXPECT_EQ(environment->FindTypeName("net.IP")->ToString(), "net.IP");
  EXPECT_EQ(environment->FindTypeName("shop.Plan")->ToString(), "shop.Plan");
  EXPECT_FALSE(environment->FindTypeName("Plan").has_value());
}

TEST(EnvironmentTest, NamesForSuggestionsAreThoseAnAuthorCanWrite) {
  EnvironmentBuilder builder = PlanBuilder(Mode::kRules);
  builder.AddVariable("@parameter/x", Type::Int());
  builder.AddEnum({"Kind", {{"OPEN", 1}}, nullptr});
  const auto environment = *std::move(builder).Build();
  EXPECT_THAT(environment->IdentifierNames(),
              ElementsAre("plan", "Kind.OPEN", "OPEN"));
  EXPECT_THAT(environment->FunctionNames(), Contains("exists_one"));
  EXPECT_THAT(environment->FunctionNames(), Contains("size"));
  EXPECT_THAT(environment->FunctionNames(), Not(Contains("_+_")));
}

TEST(EnvironmentTest, MapKeysComeFromTheHost) {
  const auto environment = RulesEnvironment();
  const auto* plan = PlanMessage("Plan");
  EXPECT_THAT(*environment->MapKeys(plan->FindFieldByName("clauses")),
              ElementsAre("wages", "apprentices"));
  EXPECT_FALSE(
      environment->MapKeys(plan->FindFieldByName("object")).has_value());
  EXPECT_FALSE(ConformanceEnvironment()
                   ->MapKeys(plan->FindFieldByName("clauses"))
                   .has_value());
}

std::string BuildError(EnvironmentBuilder builder) {
  return std::string(std::move(builder).Build().status().message());
}

TEST(EnvironmentBuilderTest, ReportsTheHostsMistakes) {
  EnvironmentBuilder twice(Mode::kRules);
  twice.AddVariable("x", Type::Int());
  twice.AddVariable("x", Type::Int());
  EXPECT_EQ(BuildError(twice), "variable `x` is declared twice");

  EnvironmentBuilder ids(Mode::kRules);
  ids.AddFunction({"f", {MakeOverload("f", {Type::Int()}, Type::Int())}});
  ids.AddFunction({"g", {MakeOverload("f", {Type::Int()}, Type::Int())}});
  EXPECT_EQ(BuildError(ids), "overload `f` is declared twice");

  EnvironmentBuilder same(Mode::kRules);
  same.AddFunction({"f", {MakeOverload("f1", {Type::Int()}, Type::Int())}});
  same.AddFunction({"f", {MakeOverload("f2", {Type::Int()}, Type::Bool())}});
  EXPECT_EQ(BuildError(same),
            "overloads `f1` and `f2` of `f` take the same arguments");

  EnvironmentBuilder receiver(Mode::kRules);
  receiver.AddFunction({"f", {MakeOverload("f1", {}, Type::Int(), true)}});
  EXPECT_EQ(BuildError(receiver), "overload `f1` has no receiver");

  EnvironmentBuilder enums(Mode::kRules);
  enums.AddEnum({"E", {}, nullptr});
  enums.AddEnum({"E", {}, nullptr});
  EXPECT_EQ(BuildError(enums), "enum `E` is declared twice");

  EnvironmentBuilder types(Mode::kRules);
  types.AddTypeName("T", Type::Int());
  types.AddTypeName("T", Type::Uint());
  EXPECT_EQ(BuildError(types), "type `T` is declared twice");
}

TEST(EnvironmentTest, ResolvesNamesAndRemembersThem) {
  EnvironmentBuilder builder(Mode::kConformance);
  builder.set_container("google.protobuf");
  builder.AddVariable("google.protobuf.a", Type::Int());
  builder.AddVariable("b", Type::String());
  const auto environment = *std::move(builder).Build();
  using Kind = ResolvedName::Kind;
  const auto a = environment->ResolveName("a");
  EXPECT_EQ(a->kind, Kind::kVariable);
  EXPECT_EQ(a->index, 0);
  EXPECT_EQ(a->name, "google.protobuf.a");
  EXPECT_EQ(environment->ResolveName("b")->index, 1);
  EXPECT_EQ(environment->ResolveName("int")->kind, Kind::kType);
  EXPECT_EQ(environment->ResolveName("NullValue.NULL_VALUE")->kind,
            Kind::kConstant);
  EXPECT_EQ(environment->ResolveName("c")->kind, Kind::kNothing);
  EXPECT_EQ(environment->ResolveName("a"), a);
  // Too long to be remembered.
  const std::string name(1000, 'x');
  EXPECT_NE(environment->ResolveName(name), environment->ResolveName(name));
}

}  // namespace
}  // namespace klausul::cel
