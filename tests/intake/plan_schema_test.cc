#include "service/intake/plan_file/plan_schema.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/plan_enums.pb.h"

namespace klausul::intake {
namespace {

using testing::Contains;
using testing::Not;

TEST(PlanSchemaTest, EnumsHaveShortNames) {
  const auto& type = *v1::ProcedureKind_descriptor();
  EXPECT_EQ(ShortName(*type.FindValueByNumber(v1::PROCEDURE_KIND_OPEN)),
            "OPEN");
  EXPECT_EQ(FindEnumValue(type, "OPEN")->number(), v1::PROCEDURE_KIND_OPEN);
  EXPECT_EQ(FindEnumValue(type, "PROCEDURE_KIND_OPEN")->number(),
            v1::PROCEDURE_KIND_OPEN);
  EXPECT_EQ(FindEnumValue(type, "open"), nullptr);
  EXPECT_THAT(ShortNames(type), Contains("OPEN"));
  EXPECT_THAT(ShortNames(type), Not(Contains("UNSPECIFIED")));
}

// Every enum of the plan has the prefix that short names are cut by.
TEST(PlanSchemaTest, EveryEnumValueHasAShortName) {
  const auto& file = *v1::ProcedureKind_descriptor()->file();
  for (int i = 0; i < file.enum_type_count(); ++i) {
    const auto& type = *file.enum_type(i);
    for (int k = 0; k < type.value_count(); ++k) {
      EXPECT_NE(ShortName(*type.value(k)), type.value(k)->name())
          << type.full_name();
    }
  }
}

TEST(PlanSchemaTest, KnowsTheKeysOfMaps) {
  const auto& plan = *v1::ProcurementPlan::descriptor();
  EXPECT_THAT(MapKeys(*plan.FindFieldByName("clauses")), Contains("wages"));
  EXPECT_TRUE(MapKeys(*plan.FindFieldByName("extra")).empty());
}

std::string Steps(absl::string_view path) {
  const auto steps = ParsePath(path);
  if (!steps.ok()) return std::string(steps.status().message());
  std::string text;
  for (const PathStep& step : *steps) {
    switch (step.kind) {
      case PathStep::Kind::kName:
        absl::StrAppend(&text, "name ", step.text, "; ");
        break;
      case PathStep::Kind::kIndex:
        absl::StrAppend(&text, "index ", step.index, "; ");
        break;
      case PathStep::Kind::kKey:
        absl::StrAppend(&text, "key ", step.text, "; ");
        break;
    }
  }
  return text;
}

TEST(PlanSchemaTest, TakesPathsApart) {
  EXPECT_EQ(Steps("award.criteria[2].weight"),
            "name award; name criteria; index 2; name weight; ");
  EXPECT_EQ(Steps("extra[\"no.oslo.x\"]"), "name extra; key no.oslo.x; ");
  EXPECT_EQ(Steps(""), "`` is no path of a plan: it is empty");
  EXPECT_EQ(Steps("[1]"),
            "`[1]` is no path of a plan: it starts with a bracket");
  EXPECT_EQ(Steps("a[x]"), "`a[x]` is no path of a plan: `x` is no index");
  EXPECT_EQ(Steps("a[99999999999]"),
            "`a[99999999999]` is no path of a plan: `99999999999` is no index");
  EXPECT_EQ(Steps("a[1"), "`a[1` is no path of a plan: `[` without `]`");
  EXPECT_EQ(Steps("a."),
            "`a.` is no path of a plan: a name is missing at its end");
  EXPECT_EQ(Steps("a b"),
            "`a b` is no path of a plan: expected `.` before ` b`");
  EXPECT_EQ(Steps("a..b"),
            "`a..b` is no path of a plan: expected a name at `.b`");
}

TEST(PlanSchemaTest, PutsPathsTogether) {
  EXPECT_EQ(FieldPath("", "award"), "award");
  EXPECT_EQ(FieldPath("award", "criteria"), "award.criteria");
  EXPECT_EQ(IndexPath("lots", 2), "lots[2]");
  EXPECT_EQ(KeyPath("clauses", "wages"), "clauses.wages");
  EXPECT_EQ(KeyPath("extra", "no.oslo.x"), "extra[\"no.oslo.x\"]");
}

TEST(PlanSchemaTest, HelpsWithWords) {
  EXPECT_EQ(UnknownWordHelp("Wages", {"wages", "pension"}), "write `wages`");
  EXPECT_EQ(UnknownWordHelp("wage", {"wages", "pension"}),
            "did you mean `wages`?");
  EXPECT_EQ(UnknownWordHelp("xyzzy", {"wages", "pension"}),
            "one of wages, pension");
  EXPECT_EQ(UnknownWordHelp("xyzzy", {}), "");
}

}  // namespace
}  // namespace klausul::intake
