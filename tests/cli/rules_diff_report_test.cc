#include "service/cli/rules_diff_report.h"

#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

RulesDiff Sample() {
  RulesDiff diff;
  diff.on_documents = true;
  diff.document_count = 3;
  diff.unreadable_count = 1;
  ruleset::SetChange parameter;
  parameter.subject = ruleset::SetChange::Subject::kParameter;
  parameter.rule_set_id = "no";
  parameter.name = "no.entry";
  parameter.fields = {{"values 2026-07-01", "", "NOK 500000"}};
  diff.sets.push_back(parameter);

  review::FindingChange changed;
  changed.rule_id = "no.a";
  changed.subject = "L1";
  changed.before.set_rule_id("no.a");
  changed.before.set_outcome(v1::Finding::UNDETERMINED);
  changed.before.set_severity(v1::Rule::WARNING);
  changed.before.add_missing("lots");
  changed.after = changed.before;
  changed.after.set_outcome(v1::Finding::VIOLATED);
  changed.after.clear_missing();
  changed.after.set_message("Too\nlow");
  changed.fields = {"outcome", "message", "missing"};
  review::FindingChange gone;
  gone.kind = review::FindingChange::Kind::kVanishes;
  gone.rule_id = "no.b";
  gone.before.set_rule_id("no.b");
  gone.before.set_outcome(v1::Finding::VIOLATED);
  gone.before.set_severity(v1::Rule::ERROR);
  gone.before.set_title("B \"title\"");
  diff.documents.push_back({"a.xml", {changed, gone}, ""});
  diff.documents.push_back({"b.xml", {}, "not XML"});
  return diff;
}

TEST(DiffAsTextTest, TellsSetsDocumentsAndRules) {
  EXPECT_EQ(DiffAsText(Sample()),
            "Rule sets\n"
            "  ~ parameter no.entry\n"
            "      values 2026-07-01\n"
            "        + NOK 500000\n"
            "\na.xml\n"
            "  ~ no.a L1: undetermined warning -> violated warning\n"
            "      message\n"
            "        + Too low\n"
            "      missing\n"
            "        - lots\n"
            "  - no.b: violated error -> no such rule in force\n"
            "      B \"title\"\n"
            "\nb.xml\n"
            "  unreadable: not XML\n"
            "\nBy rule\n"
            "  no.a: 0 appear, 0 vanish, 1 change\n"
            "  no.b: 0 appear, 1 vanish, 0 change\n"
            "\n3 documents, 1 with differences; findings: 0 appear, 1 vanish, "
            "1 change; 1 unreadable\n");
}

TEST(DiffAsTextTest, SaysWhereThereIsNothing) {
  RulesDiff diff;
  EXPECT_TRUE(diff.empty());
  EXPECT_EQ(DiffAsText(diff), "Rule sets\n  no differences\n");
  diff.documents.push_back({"b.xml", {}, "not XML"});
  EXPECT_TRUE(diff.empty());
  EXPECT_FALSE(Sample().empty());
}

TEST(DiffAsJsonTest, SaysTheSame) {
  EXPECT_EQ(
      DiffAsJson(Sample()),
      R"({"ruleSets":[{"change":"CHANGED","subject":"PARAMETER",)"
      R"("ruleSet":"no","name":"no.entry","fields":[{"field":)"
      R"("values 2026-07-01","before":"","after":"NOK 500000"}]}],)"
      R"("documents":[{"uri":"a.xml","findings":[{"change":"CHANGES",)"
      R"("ruleId":"no.a","subject":"L1","fields":["outcome","message",)"
      R"("missing"],"before":{"outcome":"UNDETERMINED","severity":"WARNING",)"
      R"("title":"","message":"","remedy":"","missing":["lots"]},)"
      R"("after":{"outcome":"VIOLATED","severity":"WARNING","title":"",)"
      R"("message":"Too\nlow","remedy":"","missing":[]}},)"
      R"({"change":"VANISHES","ruleId":"no.b","subject":"","fields":[],)"
      R"("before":{"outcome":"VIOLATED","severity":"ERROR",)"
      R"("title":"B \"title\"","message":"","remedy":"","missing":[]}}]},)"
      R"({"uri":"b.xml","error":"not XML","findings":[]}],)"
      R"("rules":[{"ruleId":"no.a","appear":0,"vanish":0,"change":1},)"
      R"({"ruleId":"no.b","appear":0,"vanish":1,"change":0}],)"
      R"("summary":{"documents":3,"unreadable":1,"skipped":0,"appear":0,)"
      R"("vanish":1,"change":1}})"
      "\n");
}

}  // namespace
}  // namespace klausul::cli
