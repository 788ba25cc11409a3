#include "service/report/text_report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/text_format.h>

#include "service/report/summary.h"

namespace klausul::report {
namespace {

v1::DocumentReport Parse(const std::string& text) {
  v1::DocumentReport document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document));
  return document;
}

std::string Written(const v1::DocumentReport& document,
                    const ReportOptions& options) {
  std::string out;
  auto writer = NewTextReport(
      options, [&](absl::string_view s) { out += std::string(s); });
  writer->Add(document);
  v1::CheckSummary summary = EmptySummary();
  AddToSummary(document, summary);
  writer->Finish(summary);
  return out;
}

constexpr char kDocument[] = R"pb(
  uri : "a.xml"
  as_of : "2026-06-30"
  as_of_basis : REQUEST
  rule_sets {id : "no" version : "2026.11.0"}
  findings {
    rule_id : "no.foa.3.undecided"
    outcome : UNDETERMINED
    title : "Frist"
    legal_basis {instrument : "FOA" provision : "§ 20-2 (1)"}
    missing : "dates.notice_sent"
    missing : "dates.tender_deadline"
  }
  findings {
    rule_id : "no.foa.7-9.weight"
    outcome : VIOLATED
    severity : ERROR
    title : "Klima vektes for lavt"
    message : "Miljø vektes 20 prosent."
    remedy : "Øk vekten."
    legal_basis {instrument : "FOA" provision : "§ 7-9 (2)"}
    subject : "LOT-0001"
    fields {path : "award.criteria" value : "2"}
    locations {line : 120 column : 9 xpath : "/x"}
  }
  counts {
    violated {error : 1}
    undetermined : 1
  }
)pb";

TEST(TextReportTest, ShowsBreachesFirstThenUndecidedRulesThenTheTotals) {
  EXPECT_EQ(Written(Parse(kDocument), {.language = "nb"}),
            "a.xml  rett per 2026-06-30 (som bedt om)  regler no 2026.11.0\n"
            "\n"
            "  BRUDD  Klima vektes for lavt\n"
            "      FOA § 7-9 (2)  [no.foa.7-9.weight]\n"
            "      a.xml:120:9  /x\n"
            "      delkontrakt: LOT-0001\n"
            "      award.criteria = 2\n"
            "      Miljø vektes 20 prosent.\n"
            "      Slik rettes det: Øk vekten.\n"
            "\n"
            "  UAVKLART  Frist\n"
            "      FOA § 20-2 (1)  [no.foa.3.undecided]\n"
            "      mangler: dates.notice_sent, dates.tender_deadline\n"
            "\n"
            "1 dokumenter, 1 brudd, 0 risikoer, 0 muligheter, 1 uavklarte, "
            "0 uleselige\n");
}

TEST(TextReportTest, ColoursOnlyWhereAskedFor) {
  EXPECT_THAT(Written(Parse(kDocument), {.color = true}),
              testing::HasSubstr("\x1b[1;31mBRUDD\x1b[0m"));
  EXPECT_THAT(Written(Parse(kDocument), {}),
              testing::Not(testing::HasSubstr("\x1b[")));
}

TEST(TextReportTest, AnUnreadableDocumentStandsInItsPlace) {
  const std::string out =
      Written(Parse(R"pb(
                uri : "b.json"
                error {message : "expected a value" line : 3 column : 7}
              )pb"),
              {.language = "en"});
  EXPECT_EQ(out,
            "b.json\n"
            "  UNREADABLE  b.json:3:7: expected a value\n"
            "\n"
            "0 documents, 0 breaches, 0 risks, 0 opportunities, 0 undecided, "
            "1 unreadable\n");
}

TEST(TextReportTest, AnUnverifiedBasisIsNamed) {
  v1::DocumentReport document = Parse(kDocument);
  document.mutable_findings(1)->set_confidence(v1::Rule::OWN_READING);
  EXPECT_THAT(Written(document, {.language = "nn"}),
              testing::HasSubstr("(grunnlaget er ikkje verifisert)"));
}

TEST(TextReportTest, WrapsLongTexts) {
  v1::DocumentReport document = Parse(kDocument);
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "ord ";
  document.mutable_findings(1)->set_message(text);
  const std::string out = Written(document, {});
  std::size_t start = 0;
  while (start < out.size()) {
    const std::size_t end = out.find('\n', start);
    EXPECT_LE(end - start, 120U) << out.substr(start, end - start);
    start = end + 1;
  }
}

TEST(TextReportTest, ShowsTheLineWithACaretUnderThePlace) {
  v1::DocumentReport document = Parse(kDocument);
  v1::Excerpt& excerpt =
      *document.mutable_findings(1)->mutable_locations(0)->mutable_excerpt();
  excerpt.set_text("  <cbc:Æra>");
  excerpt.set_column(3);
  excerpt.set_length(9);
  EXPECT_THAT(Written(document, {}),
              testing::HasSubstr("      a.xml:120:9  /x\n"
                                 "      120 |   <cbc:Æra>\n"
                                 "          |   ^^^^^^^^^\n"));
}

TEST(TextReportTest, TellsOnceWhatIsTheSameForSeveralLots) {
  v1::DocumentReport document = Parse(kDocument);
  v1::Finding& second = *document.add_findings();
  second = document.findings(1);
  second.set_subject("LOT-0002");
  const std::string out = Written(document, {});
  EXPECT_THAT(out, testing::HasSubstr("delkontrakt: LOT-0001, LOT-0002\n"));
  EXPECT_EQ(out.find("Øk vekten."), out.rfind("Øk vekten."));
}

TEST(TextReportTest, SaysWhoAnswersForAWaiver) {
  v1::DocumentReport document = Parse(kDocument);
  v1::Finding& finding = *document.mutable_findings(1);
  finding.set_outcome(v1::Finding::WAIVED);
  finding.mutable_waiver()->set_reason("Avtalen løper ut.");
  finding.mutable_waiver()->set_owner("Åse");
  finding.mutable_waiver()->set_until("2026-12-31");
  EXPECT_THAT(Written(document, {}),
              testing::HasSubstr("  FRAVEKET  Klima vektes for lavt\n"
                                 "      FOA § 7-9 (2)  [no.foa.7-9.weight]  "
                                 "delkontrakt: LOT-0001\n"
                                 "      fraveket til: 2026-12-31, Åse: Avtalen "
                                 "løper ut.\n"));
}

TEST(TextReportTest, SaysWhatTheBaselineKnows) {
  v1::DocumentReport document = Parse(kDocument);
  document.mutable_findings(1)->set_known(true);
  EXPECT_THAT(Written(document, {}),
              testing::HasSubstr("BRUDD  Klima vektes for lavt  (kjent)\n"));
}

TEST(TextReportTest, WhereMuchIsOpenItSaysWhatDecidesMost) {
  v1::DocumentReport document = Parse(kDocument);
  document.mutable_counts()->set_undetermined(5);
  v1::DecidingField& field = *document.add_deciding_fields();
  field.set_path("award.criteria");
  field.set_undetermined_count(3);
  EXPECT_THAT(Written(document, {.language = "en"}),
              testing::HasSubstr("\n  What decides most\n"
                                 "      award.criteria (3)\n"));
}

}  // namespace
}  // namespace klausul::report
