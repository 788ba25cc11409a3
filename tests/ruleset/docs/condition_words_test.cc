#include "service/ruleset/docs/condition_words.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;

Names TestNames() {
  Names names;
  names.facts["is_large"] = {"Large contract", "facts/no.is_large", false};
  names.facts["last_day"] = {"Last day", "facts/no.last_day", true};
  names.parameters["no.entry"] = {"Entry value", "parameters/no.entry", false};
  return names;
}

struct WordsCase {
  std::string name;
  std::string expression;
  std::string want;

  friend std::ostream& operator<<(std::ostream& out, const WordsCase& words) {
    return out << words.name;
  }
};

class ConditionInWordsTest : public testing::TestWithParam<WordsCase> {};

TEST_P(ConditionInWordsTest, SaysIt) {
  EXPECT_EQ(Lines(ConditionInWords(GetParam().expression, TestNames(),
                                   Language::kEnglish)),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, ConditionInWordsTest,
    testing::ValuesIn(std::vector<WordsCase>{
        {"Empty", " \n", ""},
        {"Unreadable", "a &&", "a &&\n"},
        {"Conjunction", "is_large && procedure.kind == OPEN",
         "All of this holds:\n  Large contract: yes\n"
         "  procedure › kind is open\n"},
        {"Disjunction", "is_large || !claimed(procedure.urgent)",
         "At least one of these holds:\n  Large contract: yes\n"
         "  procedure › urgent: not stated as yes\n"},
        {"Nested", "has(contract.form) && (is_large || stated(lots))",
         "All of this holds:\n  contract › form is stated\n"
         "  At least one of these holds:\n    Large contract: yes\n"
         "    lots is stated, be it as empty\n"},
        {"NotAll", "!(is_large && has(contract.form))",
         "Not all of this holds:\n  Large contract: yes\n"
         "  contract › form is stated\n"},
        {"None", "!(is_large || has(contract.form))",
         "None of this holds:\n  Large contract: yes\n"
         "  contract › form is stated\n"},
        {"ForAll", "lots.all(l, has(l.title))",
         "For each l in lots:\n  l › title is stated\n"},
        {"NoSuch", "!lots.exists(l, has(l.title))",
         "For no l in lots:\n  l › title is stated\n"},
        {"HasEntries", "lots.exists(l, true)", "lots has at least one entry\n"},
        {"Choice", "is_large ? has(contract.form) : has(plan.lots)",
         "  If: Large contract: yes\n  Then: contract › form is stated\n"
         "  Otherwise: lots is stated\n"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ConditionInWords, SpeaksEveryLanguage) {
  const std::string expression =
      "contract.estimated_value >= threshold(\"no.entry\") && !is_large";
  EXPECT_EQ(Lines(ConditionInWords(expression, TestNames(), Language::kBokmal)),
            "Alt dette gjelder:\n  kontrakt › anslått verdi er minst Entry "
            "value\n  Large contract: nei\n");
  EXPECT_EQ(
      Lines(ConditionInWords(expression, TestNames(), Language::kNynorsk)),
      "Alt dette gjeld:\n  kontrakt › anslått verdi er minst Entry value\n"
      "  Large contract: nei\n");
}

TEST(ConditionInWords, LeadsToFieldsFactsAndParameters) {
  const Blocks blocks =
      ConditionInWords("contract.estimated_value >= threshold(\"no.entry\")",
                       TestNames(), Language::kEnglish);
  ASSERT_EQ(blocks.size(), 1U);
  const Inlines& text = blocks[0].text;
  ASSERT_EQ(text.size(), 3U);
  EXPECT_EQ(text[0].kind, Inline::Kind::kField);
  EXPECT_EQ(text[0].target, "fields#contract.estimated_value");
  EXPECT_EQ(text[0].hint, "contract.estimated_value");
  EXPECT_EQ(text[2].target, "parameters/no.entry");
  EXPECT_EQ(text[2].hint, "no.entry");
}

TEST(ValueInWords, PutsAValueBeforeItsCondition) {
  EXPECT_EQ(Lines(ValueInWords("is_large ? 3 : has(plan.lots) ? 2 : 1",
                               TestNames(), Language::kEnglish)),
            "  3\n  If: Large contract: yes\n  2\n  If: lots is stated\n"
            "  Otherwise: 1\n");
}

TEST(ValueInWords, AFurtherChoiceStandsBehindItsCondition) {
  EXPECT_EQ(Lines(ValueInWords("is_large ? (has(plan.lots) ? 3 : 2) : 1",
                               TestNames(), Language::kEnglish)),
            "  If: Large contract: yes\n"
            "      3\n      If: lots is stated\n      Otherwise: 2\n"
            "  Otherwise: 1\n");
}

}  // namespace
}  // namespace klausul::ruleset::docs
