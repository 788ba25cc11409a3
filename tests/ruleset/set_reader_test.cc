#include "service/ruleset/set_reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

TEST(PartIntoSetsTest, AFolderWithAHeaderIsASetOfItsOwn) {
  DiagnosticSink sink;
  const auto sets = PartIntoSets({{"no/rule_set.yaml", ""},
                                  {"no/plans/a.yaml", ""},
                                  {"no/oslo/rule_set.yaml", ""},
                                  {"no/oslo/rules.yaml", ""},
                                  {"dk/x.yaml", ""}},
                                 "rules", sink);
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].folder, "no");
  ASSERT_EQ(sets[0].files.size(), 2U);
  EXPECT_EQ(sets[0].files[0].path, "plans/a.yaml");
  EXPECT_EQ(sets[1].folder, "no/oslo");
  EXPECT_EQ(sets[1].files[1].path, "rules.yaml");
  EXPECT_EQ(sink.RenderAll(),
            "error[no-rule-set]: `rules/dk/x.yaml` belongs to no rule set\n"
            "   = help: put a `rule_set.yaml` beside it or above it\n");
}

TEST(PartIntoSetsTest, TheRootMayBeASet) {
  DiagnosticSink sink;
  const auto sets =
      PartIntoSets({{"rule_set.yaml", ""}, {"plans/a.yaml", ""}}, "", sink);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].folder, "");
  EXPECT_EQ(sets[0].files.size(), 2U);
  EXPECT_FALSE(sink.has_errors());
}

TEST(ReadSetTest, ReadsEveryPart) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadSet(PartIntoSets(SampleSet(), "rules", sink)[0], "rules/no", draft);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  EXPECT_FALSE(draft.incomplete);
  EXPECT_EQ(draft.proto.id(), "no");
  EXPECT_EQ(draft.proto.rules_size(), 1);
  EXPECT_EQ(draft.proto.parameters_size(), 1);
  EXPECT_EQ(draft.source.plans.count("cleaning"), 1U);
}

TEST(ReadSetTest, ReadsNoRulesInPlansAndRegister) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadSet({"no",
           {{"plans/a.yaml", "rules: nonsense"},
            {"register/a.yaml", "{{{"},
            {"rule_set.yaml", Header("no")}}},
          "rules/no", draft);
  EXPECT_FALSE(sink.has_errors()) << sink.RenderAll();
}

TEST(ReadSetTest, SaysWhatItDoesNotRead) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadSet({"no", {{"rules.yml", "x"}, {"rules.yaml", "rulez: []\n"}}},
          "rules/no", draft);
  EXPECT_EQ(sink.RenderAll(),
            "error[file-ending]: `rules/no/rules.yml` is not read\n"
            "   = help: rule files end in `.yaml`\n"
            "\n"
            "error[unknown-key]: a file of a rule set has no key `rulez`\n"
            "  --> rules/no/rules.yaml:1:1\n"
            "   |\n"
            "1  | rulez: []\n"
            "   | ^^^^^\n"
            "   = help: did you mean `rules`?\n");
}

TEST(ReadSetTest, AFileThatCannotBeReadLeavesTheSetIncomplete) {
  DiagnosticSink sink;
  SetDraft draft(sink);
  ReadSet({"no", {{"rules.yaml", "a: &x 1\n"}}}, "rules/no", draft);
  EXPECT_TRUE(draft.incomplete);
  EXPECT_TRUE(sink.has_errors());
}

TEST(JoinPathTest, LeavesOutWhatIsEmpty) {
  EXPECT_EQ(JoinPath("a", "b"), "a/b");
  EXPECT_EQ(JoinPath("a/", "b"), "a/b");
  EXPECT_EQ(JoinPath("", "b"), "b");
  EXPECT_EQ(JoinPath("a", ""), "a");
}

}  // namespace
}  // namespace klausul::ruleset
