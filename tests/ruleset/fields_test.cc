#include "service/ruleset/fields.h"

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"

namespace klausul::ruleset {
namespace {

NodeRef Root(const std::string& yaml, DiagnosticSink& sink) {
  const NodeRef root = ReadTree("no/a.yaml", yaml, sink);
  EXPECT_TRUE(root) << sink.RenderAll();
  return root;
}

TEST(FieldsTest, ReportsWhatIsMissingAndWhatNobodyAskedFor) {
  DiagnosticSink sink;
  Fields fields(Root("severty: error\nnonsense: 1\n", sink), "a rule", sink);
  EXPECT_FALSE(fields.Require("id", "such as no.foa.1"));
  EXPECT_FALSE(fields.Find("severity"));
  fields.Finish();
  EXPECT_EQ(sink.RenderAll(),
            "error[missing-key]: a rule has no `id`\n"
            "  --> no/a.yaml:1:1\n"
            "   |\n"
            "1  | severty: error\n"
            "   | ^^^^^^^\n"
            "   = help: such as no.foa.1\n"
            "\n"
            "error[unknown-key]: a rule has no key `severty`\n"
            "  --> no/a.yaml:1:1\n"
            "   |\n"
            "1  | severty: error\n"
            "   | ^^^^^^^\n"
            "   = help: did you mean `severity`?\n"
            "\n"
            "error[unknown-key]: a rule has no key `nonsense`\n"
            "  --> no/a.yaml:2:1\n"
            "   |\n"
            "2  | nonsense: 1\n"
            "   | ^^^^^^^^\n"
            "   = help: keys are id, severity\n");
}

TEST(FieldsTest, SomethingElseThanAMappingIsToldOnce) {
  DiagnosticSink sink;
  Fields fields(Root("[1, 2]\n", sink), "a rule", sink);
  EXPECT_FALSE(fields.is_mapping());
  EXPECT_FALSE(fields.Require("id"));
  fields.Finish();
  ASSERT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].message,
            "a rule has to be a mapping of keys, not a list");
}

// One value under the key `k`, read in one way; what is said about it.
struct WrongCase {
  const char* name;
  const char* yaml;
  std::function<bool(const NodeRef&, DiagnosticSink&)> read;
  const char* code;
  const char* message;
  const char* help;
};

std::ostream& operator<<(std::ostream& out, const WrongCase& c) {
  return out << c.name;
}

template <typename Read>
auto With(Read read) {
  return [read](const NodeRef& node, DiagnosticSink& sink) {
    return read(node, "k", sink).has_value();
  };
}

bool Word(const NodeRef& node, DiagnosticSink& sink) {
  static constexpr absl::string_view kWords[] = {"advice", "warning"};
  return ReadWord(node, "k", kWords, sink).has_value();
}

bool Expression(const NodeRef& node, DiagnosticSink& sink) {
  SetSource source;
  return ReadExpression(node, "applies", "a.yaml", source, sink).has_value();
}

class WrongValueTest : public testing::TestWithParam<WrongCase> {};

TEST_P(WrongValueTest, IsReported) {
  DiagnosticSink sink;
  const NodeRef root = Root(GetParam().yaml, sink);
  EXPECT_FALSE(GetParam().read(root.Entries()[0].second, sink));
  ASSERT_EQ(sink.error_count(), 1U) << sink.RenderAll();
  EXPECT_EQ(sink.diagnostics()[0].code, GetParam().code);
  EXPECT_EQ(sink.diagnostics()[0].message, GetParam().message);
  EXPECT_EQ(sink.diagnostics()[0].help, GetParam().help);
}

constexpr char kDateHelp[] =
    "write a day that exists, from 1900 to 2200, as 2026-07-01";
constexpr char kMoneyHelp[] =
    "write currency and number, such as \"NOK 1300000\"";
constexpr char kBlockHelp[] =
    "put `applies: |` on its line and the expression, indented, below it";

INSTANTIATE_TEST_SUITE_P(
    Values, WrongValueTest,
    testing::ValuesIn(std::vector<WrongCase>{
        {"ListForText", "k: [a]", With(ReadString), "wrong-type",
         "`k` has to be a text, not a list", ""},
        {"NothingForText", "k:", With(ReadString), "wrong-type",
         "`k` has to be a text, not nothing", ""},
        {"EmptyText", "k: \" \"", With(ReadString), "empty-value",
         "`k` is empty", ""},
        {"YesForBool", "k: yes", With(ReadBool), "wrong-type",
         "`k` has to be true or false, not `yes`", ""},
        {"QuotedBool", "k: \"true\"", With(ReadBool), "wrong-type",
         "`k` has to be true or false, not `true`", ""},
        {"FractionForInt", "k: 1.5", With(ReadInt), "wrong-type",
         "`k` has to be a whole number, not `1.5`", ""},
        {"IntTooLarge", "k: 9223372036854775808", With(ReadInt), "wrong-type",
         "`k` has to be a whole number, not `9223372036854775808`", ""},
        {"NotANumber", "k: .nan", With(ReadDouble), "wrong-type",
         "`k` has to be a number, not `.nan`", ""},
        {"Infinite", "k: inf", With(ReadDouble), "wrong-type",
         "`k` has to be a number, not `inf`", ""},
        {"DayThatIsNone", "k: 2026-02-30", With(ReadDate), "bad-date",
         "`2026-02-30` is not a date", kDateHelp},
        {"YearTooFar", "k: 2201-01-01", With(ReadDate), "bad-date",
         "`2201-01-01` is not a date", kDateHelp},
        {"AmountWithoutCurrency", "k: 1300000", With(ReadMoney), "wrong-type",
         "`k` has to be an amount, not `1300000`", kMoneyHelp},
        {"AmountWithTooManyDigits", "k: NOK 1.0000000001", With(ReadMoney),
         "wrong-type", "`k` has to be an amount, not `NOK 1.0000000001`",
         kMoneyHelp},
        {"NearWord", "k: warnin", Word, "unknown-value",
         "`k` cannot be `warnin`", "did you mean `warning`?"},
        {"FarWord", "k: catastrophe", Word, "unknown-value",
         "`k` cannot be `catastrophe`", "use one of `advice`, `warning`"},
        {"PlainExpression", "k: a && b", Expression, "unquoted-expression",
         "the expression of `applies` is not quoted", kBlockHelp},
        {"EmptyExpression", "k: ''", Expression, "empty-value",
         "`applies` is empty", ""},
        {"Hash", "k: |\n  a == 1 # why\n", Expression, "hash-in-expression",
         "` #` inside an expression",
         "`#` starts no comment here; write the remark above the key"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ReadValueTest, ReadsWhatIsRight) {
  DiagnosticSink sink;
  const NodeRef root = Root(
      "- text\n- true\n- -3\n- 30.5\n- 2026-07-01\n- NOK 1300000.50\n", sink);
  const std::vector<NodeRef> items = root.Items();
  EXPECT_EQ(ReadString(items[0], "k", sink), "text");
  EXPECT_EQ(ReadBool(items[1], "k", sink), true);
  EXPECT_EQ(ReadInt(items[2], "k", sink), -3);
  EXPECT_EQ(ReadDouble(items[3], "k", sink), 30.5);
  EXPECT_EQ(ReadDate(items[4], "k", sink), ParseCivilDay("2026-07-01"));
  const auto money = ReadMoney(items[5], "k", sink);
  ASSERT_TRUE(money.has_value());
  EXPECT_EQ(money->currency_code(), "NOK");
  EXPECT_EQ(money->units(), 1300000);
  EXPECT_EQ(money->nanos(), 500000000);
  EXPECT_FALSE(sink.has_errors());
}

TEST(ReadPeriodTest, APeriodDoesNotEndBeforeItStarts) {
  DiagnosticSink sink;
  const NodeRef root = Root("from: 2026-07-01\nto: 2026-06-30\n", sink);
  Fields fields(root, "a period", sink);
  EXPECT_FALSE(
      ReadPeriod(fields.Find("from"), fields.Find("to"), sink).has_value());
  EXPECT_EQ(sink.RenderAll(),
            "error[empty-period]: the period ends before it starts on "
            "2026-07-01\n"
            "  --> no/a.yaml:2:5\n"
            "   |\n"
            "2  | to: 2026-06-30\n"
            "   |     ^^^^^^^^^^\n"
            "   = help: both days belong to the period\n");
}

TEST(ReadTextTest, NamesTheLanguagesThatAreMissing) {
  DiagnosticSink sink;
  ElementSource element;
  const NodeRef root = Root("nb: Frist\nEnglish: Deadline\n", sink);
  const v1::Text text = ReadText(root, "title", RuleLanguages(), element, sink);
  EXPECT_EQ(text.by_language().at("nb"), "Frist");
  EXPECT_EQ(element.fields.count("title.nb"), 1U);
  EXPECT_EQ(
      sink.RenderAll(),
      "error[missing-language]: `title` has no text in `nn`, `en`\n"
      "  --> no/a.yaml:1:1\n"
      "   |\n"
      "1  | nb: Frist\n"
      "   | ^^\n"
      "   = help: rules speak bokmål (nb), nynorsk (nn) and English (en)\n"
      "\n"
      "error[unknown-key]: `English` is not a language code\n"
      "  --> no/a.yaml:2:1\n"
      "   |\n"
      "2  | English: Deadline\n"
      "   | ^^^^^^^\n"
      "   = help: languages are written as `nb`, `nn`, `en`\n");
}

TEST(ReadExpressionTest, RemembersWhereItStands) {
  DiagnosticSink sink;
  SetSource source;
  const NodeRef root = Root("a: 1\nb: |\n  x &&\n  y\n", sink);
  const auto expression =
      ReadExpression(root.Entries()[1].second, "b", "sub/a.yaml", source, sink);
  ASSERT_TRUE(expression.has_value()) << sink.RenderAll();
  EXPECT_EQ(expression->text(), "x &&\ny\n");
  EXPECT_EQ(expression->file(), "sub/a.yaml");
  EXPECT_EQ(expression->line(), 3);
  EXPECT_EQ(expression->column(), 3);
  EXPECT_NE(source.FindExpression(*expression), nullptr);
}

TEST(CheckOverlapsTest, ShowsBothPeriods) {
  DiagnosticSink sink;
  const NodeRef root = Root(
      "- {from: 2026-07-01}\n- {from: 2024-01-01, to: 2026-07-01}\n", sink);
  std::vector<PlacedPeriod> periods;
  for (const NodeRef& item : root.Items()) {
    Fields fields(item, "a value", sink);
    const NodeRef from = fields.Find("from");
    periods.push_back({*ReadPeriod(from, fields.Find("to"), sink), from});
  }
  CheckOverlaps(periods, "parameter `no.x`", sink);
  EXPECT_EQ(sink.RenderAll(),
            "error[overlapping-periods]: periods of parameter `no.x` overlap "
            "on 2026-07-01\n"
            "  --> no/a.yaml:1:10\n"
            "   |\n"
            "1  | - {from: 2026-07-01}\n"
            "   |          ^^^^^^^^^^\n"
            "  --> no/a.yaml:2:10\n"
            "   |\n"
            "2  | - {from: 2024-01-01, to: 2026-07-01}\n"
            "   |          ^^^^^^^^^^ the earlier period starts here\n"
            "   = help: end the earlier period the day before the later one "
            "starts\n");
}

TEST(CheckOverlapsTest, DaysThatFollowOneAnotherDoNot) {
  DiagnosticSink sink;
  const NodeRef root = Root(
      "- {from: 2026-07-01}\n- {from: 2024-01-01, to: 2026-06-30}\n", sink);
  std::vector<PlacedPeriod> periods;
  for (const NodeRef& item : root.Items()) {
    Fields fields(item, "a value", sink);
    const NodeRef from = fields.Find("from");
    periods.push_back({*ReadPeriod(from, fields.Find("to"), sink), from});
  }
  CheckOverlaps(periods, "parameter `no.x`", sink);
  EXPECT_FALSE(sink.has_errors());
}

}  // namespace
}  // namespace klausul::ruleset
