#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"
#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {
namespace {

TEST(ReadExampleTest, ReadsAllOfIt) {
  DiagnosticSink sink;
  ElementSource rule;
  ReadExample(ReadTree("e.yaml",
                       "name: one day short\nbase: open\nas_of: 2026-07-01\n"
                       "set: {\"a.b\": 1}\nunset: [c.d]\n"
                       "outcome: not_applicable\nsubject: LOT-1\n"
                       "missing: [z, y]\nmessage: {nb: Tekst}\n",
                       sink),
              rule, sink);
  ASSERT_FALSE(sink.has_errors()) << sink.RenderAll();
  ASSERT_EQ(rule.examples.size(), 1U);
  const ExampleSource& example = rule.examples[0];
  EXPECT_EQ(example.name, "one day short");
  EXPECT_EQ(example.base, "open");
  EXPECT_EQ(example.as_of, ParseCivilDay("2026-07-01"));
  ASSERT_EQ(example.set.size(), 1U);
  EXPECT_EQ(example.set[0].first.text(), "a.b");
  EXPECT_EQ(example.unset[0].text(), "c.d");
  EXPECT_EQ(example.outcome, v1::Finding::NOT_APPLICABLE);
  EXPECT_EQ(example.subject, "LOT-1");
  EXPECT_THAT(*example.missing, testing::ElementsAre("y", "z"));
  EXPECT_EQ(example.message.at("nb"), "Tekst");
}

TEST(ReadExampleTest, ReportsEveryMistakeAndLeavesItOut) {
  DiagnosticSink sink;
  ElementSource rule;
  ReadExample(ReadTree("e.yaml", "name: a\noutcome: broken\nsets: {}\n", sink),
              rule, sink);
  EXPECT_TRUE(rule.examples.empty());
  EXPECT_EQ(sink.RenderAll(),
            "error[missing-key]: an example has no `base`\n"
            "  --> e.yaml:1:1\n"
            "   |\n"
            "1  | name: a\n"
            "   | ^^^^\n"
            "   = help: the stem of a file in `plans/`\n"
            "\n"
            "error[unknown-value]: `outcome` cannot be `broken`\n"
            "  --> e.yaml:2:10\n"
            "   |\n"
            "2  | outcome: broken\n"
            "   |          ^^^^^^\n"
            "   = help: use one of `satisfied`, `violated`, `not_applicable`, "
            "`undetermined`, `failed`\n"
            "\n"
            "error[unknown-key]: an example has no key `sets`\n"
            "  --> e.yaml:3:1\n"
            "   |\n"
            "3  | sets: {}\n"
            "   | ^^^^\n"
            "   = help: did you mean `set`?\n");
}

TEST(ReadExampleTest, NamesAreUsedOnceInARule) {
  DiagnosticSink sink;
  ElementSource rule;
  const NodeRef root = ReadTree("e.yaml",
                                "- {name: a, base: b, outcome: violated}\n"
                                "- {name: a, base: b, outcome: satisfied}\n",
                                sink);
  for (const NodeRef& item : root.Items())
    ReadExample(item, rule, sink);
  EXPECT_EQ(sink.RenderAll(),
            "error[duplicate-id]: an example `a` is there already\n"
            "  --> e.yaml:2:10\n"
            "   |\n"
            "2  | - {name: a, base: b, outcome: satisfied}\n"
            "   |          ^\n"
            "  --> e.yaml:1:10\n"
            "   |\n"
            "1  | - {name: a, base: b, outcome: violated}\n"
            "   |          ^ the first is here\n");
}

}  // namespace
}  // namespace klausul::ruleset
