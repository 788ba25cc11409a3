#include "service/engine/program_compiler.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  std::string name;
  std::string rule_set;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class CompileTest : public testing::TestWithParam<Case> {};

TEST_P(CompileTest, Reports) {
  EXPECT_EQ(Diagnose({RuleSet(GetParam().rule_set)}), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, CompileTest,
    testing::ValuesIn(std::vector<Case>{
        {"Cycle",
         R"pb(facts {
                name : "a"
                type : "int"
                versions {expression {text : "b"}}
              }
              facts {
                name : "b"
                type : "int"
                versions {expression {text : "c + 1"}}
              }
              facts {
                name : "c"
                type : "int"
                versions {expression {text : "b"}}
              })pb",
         {"cycle: the fact `b` needs its own value: b -> c -> b"}},
        {"LotFactInPlan",
         R"pb(facts {
                name : "a"
                type : "int"
                for_each_lot : true
                versions {expression {text : "1"}}
              }
              facts {
                name : "b"
                type : "int"
                versions {expression {text : "a + 1"}}
              })pb",
         {"lot-fact-in-plan: the fact `a` is worked out for each lot, not for "
          "the plan (add `for_each: lots`, or walk over `lots`) at `a`"}},
        {"NoExpression",
         R"pb(facts {name : "a" type : "int"})pb",
         {"missing-expression: the fact `a` has no expression"}},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rules, CompileTest,
    testing::ValuesIn(std::vector<Case>{
        {"RequiresNothing",
         R"pb(rules {id : "r"})pb",
         {"missing-expression: the rule `r` requires nothing"}},
        {"TwoOfOneId",
         R"pb(rules {
                id : "r"
                requirement {text : "true"}
              }
              rules {
                id : "r"
                requirement {text : "true"}
              })pb",
         {"duplicate-id: there are two rules `r`"}},
        {"UnknownPlaceholder",
         R"pb(rules {
                id : "r"
                requirement {text : "true"}
                args {
                  name : "days"
                  expression {text : "1"}
                }
                message {by_language {key : "en" value : "{day} days"}}
              })pb",
         {"bad-placeholder: `{day}` is no fact, parameter or argument (did you "
          "mean `{days}`?)"}},
        {"LooseBrace",
         R"pb(rules {
                id : "r"
                requirement {text : "true"}
                message {by_language {key : "en" value : "{ days"}}
              })pb",
         {"bad-placeholder: a brace without a name (write `{name}`, or `{{` "
          "for a brace)"}},
        {"RefinesNothing",
         R"pb(rules {
                id : "r"
                requirement {text : "true"}
                refines : "s"
              })pb",
         {"unknown-rule: there is no rule `s` to refine"}},
        {"RefinesOneOfItsOwn",
         R"pb(rules {
                id : "r"
                requirement {text : "true"}
              }
              rules {
                id : "s"
                requirement {text : "true"}
                refines : "r"
              })pb",
         {"unknown-rule: `r` is not a rule of a set that this one extends"}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(Compile, TellsEveryMistakeAtOnce) {
  const std::vector<std::string> got = Diagnose({RuleSet(R"pb(
    rules {
      id : "a"
      requirement {text : "buyer.nam == 1"}
    }
    rules {
      id : "b"
      requirement {text : "1 +"}
    }
    rules {
      id : "c"
      requirement {text : "1"}
    })pb")});
  EXPECT_GE(got.size(), 3u);
}

TEST(Compile, PlacesAreTheFieldsOfRuleFiles) {
  std::vector<ProgramDiagnostic> got;
  static_cast<void>(Program::Compile(
      {RuleSet(R"pb(rules {
                      id : "r"
                      applies {text : "nothing"}
                      requirement {text : "true"}
                      args {
                        name : "x"
                        expression {text : "y"}
                      }
                      remedy {by_language {key : "nb" value : "a {z}"}}
                    })pb")},
      [&](ProgramDiagnostic d) { got.push_back(std::move(d)); }));
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[0].field, "applies");
  EXPECT_EQ(got[1].field, "args.x");
  EXPECT_EQ(got[2].field, "remedy.nb");
  EXPECT_TRUE(got[2].has_text_span);
  EXPECT_EQ(got[2].span, (Span{3, 4}));
  for (const ProgramDiagnostic& diagnostic : got) {
    EXPECT_EQ(diagnostic.subject, ProgramDiagnostic::Subject::kRule);
    EXPECT_EQ(diagnostic.name, "r");
  }
}

TEST(Compile, ASetSeesWhatItExtends) {
  const auto base = RuleSet(R"pb(
    id : "no"
    facts {
      name : "part"
      type : "int"
      versions {expression {text : "1"}}
    })pb");
  const auto overlay = RuleSet(R"pb(
    id : "no.oslo"
    extends : "no"
    rules {
      id : "r"
      requirement {text : "part == 1"}
    })pb");
  EXPECT_THAT(Diagnose({base, overlay}), IsEmpty());
  EXPECT_THAT(Diagnose({overlay}),
              testing::Contains(
                  "unknown-rule-set: there is no rule set `no` to extend"));
  const auto stranger = RuleSet(R"pb(
    id : "dk"
    facts {
      name : "part"
      type : "int"
      versions {expression {text : "2"}}
    })pb");
  EXPECT_THAT(Diagnose({base, overlay, stranger}), IsEmpty())
      << "two sets that do not know each other may use one name";
}

TEST(Compile, StrangersMayDeclareTheSameEnum) {
  const std::string facts =
      "facts { name: \"part\" type: \"enum\" enum_values: [ \"PART_I\", "
      "\"PART_II\" ] versions { expression { text: \"PART_I\" } } } rules { "
      "id: ";
  const std::string rule = " requirement { text: \"part == PART_II\" } }";
  const auto no = RuleSet("id: \"no\" " + facts + "\"no.r\"" + rule);
  const auto dk = RuleSet("id: \"dk\" " + facts + "\"dk.r\"" + rule);
  EXPECT_THAT(Diagnose({no, dk}), IsEmpty());
  const auto overlay =
      RuleSet("id: \"no.oslo\" extends: \"no\" " + facts + "\"o.r\"" + rule);
  EXPECT_THAT(Diagnose({no, overlay}),
              testing::Contains(
                  testing::HasSubstr("the enum `part` is declared twice")));
}

TEST(Compile, AnOverlayDoesNotRedefineAFact) {
  const auto base = RuleSet(R"pb(
    id : "no"
    facts {
      name : "part"
      type : "int"
      versions {expression {text : "1"}}
    })pb");
  const auto overlay = RuleSet(R"pb(
    id : "no.oslo"
    extends : "no"
    facts {
      name : "part"
      type : "int"
      versions {expression {text : "2"}}
    })pb");
  EXPECT_THAT(Diagnose({base, overlay}),
              ElementsAre("duplicate-id: there are two facts `part` (a set "
                          "sees the facts of the sets that it extends)"));
}

TEST(Compile, TwoSetsMustNotShareARuleId) {
  const auto a =
      RuleSet("id: \"a\" rules { id: \"r\" requirement { text: \"true\" } }");
  const auto b =
      RuleSet("id: \"b\" rules { id: \"r\" requirement { text: \"true\" } }");
  EXPECT_THAT(Diagnose({a, b}),
              ElementsAre("duplicate-id: there are two rules `r`: the other is "
                          "in `a`"));
}

}  // namespace
}  // namespace klausul::engine
