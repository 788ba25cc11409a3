#ifndef KLAUSUL_TESTS_REPORT_SAMPLE_REPORT_H_
#define KLAUSUL_TESTS_REPORT_SAMPLE_REPORT_H_

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include <google/protobuf/text_format.h>

#include "service/report/report_writer.h"
#include "service/report/summary.h"

namespace klausul::report {

// One document with a finding of every kind, in texts that every form has to
// escape: quotes, commas, tags, line breaks, Norwegian letters, a formula.
inline v1::DocumentReport SampleDocument() {
  v1::DocumentReport document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        uri : "innkjøp/a b.xml"
        kind : EFORMS_NOTICE
        plan_id : "=HYPERLINK(\"x\")"
        buyer : "Sørvik <kommune>, \"innkjøp\""
        as_of : "2026-03-01"
        as_of_basis : STARTED
        rule_sets {id : "no" version : "2026.11.0"}
        findings {
          rule_id : "no.a.error"
          outcome : VIOLATED
          severity : ERROR
          confidence : SEEN_IN_SOURCE
          title : "Frist <kort>"
          message : "Fristen er \"kort\",\nærlig talt 100%."
          remedy : "Flytt den."
          legal_basis {
            instrument : "FOA"
            provision : "§ 1 (2)"
            url : "https://example.com/foa?a=1&b=2"
          }
          subject : "LOT-1"
          fields {path : "dates.tender_deadline" value : "2026-03-05"}
          locations {
            line : 120
            column : 9
            xpath : "/x[1]"
            excerpt {text : "  <cbc:EndDate>&" column : 3 length : 13}
          }
          locations {line : 130 column : 1 xpath : "/y"}
          fingerprint : "00000000000000000000000000000001"
        }
        findings {
          rule_id : "no.a.error"
          outcome : WAIVED
          severity : ERROR
          title : "Frist <kort>"
          message : "Fristen er \"kort\",\nærlig talt 100%."
          remedy : "Flytt den igjen."
          legal_basis {instrument : "FOA" provision : "§ 1 (2)"}
          subject : "LOT-2"
          locations {line : 140 column : 2}
          fingerprint : "00000000000000000000000000000002"
          waiver {reason : "Løper \"ut\"." owner : "Åse" until : "2026-12-31"}
        }
        findings {
          rule_id : "no.b.warning"
          outcome : VIOLATED
          severity : WARNING
          confidence : OWN_READING
          title : "Risiko"
          message : "En risiko."
          legal_basis {
            instrument : "FOA"
            provision : "§ 2"
            url : "javascript:alert(1)"
          }
          locations {line : 1 column : 1}
          fingerprint : "00000000000000000000000000000003"
        }
        findings {
          rule_id : "no.c.advice"
          outcome : VIOLATED
          severity : ADVICE
          title : "Mulighet"
          message : "En mulighet."
          legal_basis {instrument : "LOA" provision : "§ 1"}
          locations {line : 2 column : 1}
          fingerprint : "00000000000000000000000000000004"
        }
        findings {
          rule_id : "no.d.open"
          outcome : UNDETERMINED
          severity : ERROR
          title : "Uavklart"
          legal_basis {instrument : "FOA" provision : "§ 3"}
          missing : "award.criteria"
          locations {line : 3 column : 1}
          fingerprint : "00000000000000000000000000000005"
        }
        counts {
          violated {error : 1 warning : 1 advice : 1}
          undetermined : 1
          waived : 1
        }
      )pb",
      &document));
  return document;
}

inline v1::DocumentReport UnreadableDocument() {
  v1::DocumentReport document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        uri : "bad.json"
        error {message : "expected a \"value\"" line : 3 column : 7}
      )pb",
      &document));
  return document;
}

// The whole report in a form.
inline std::string WriteReport(absl::string_view format,
                               const std::vector<v1::DocumentReport>& documents,
                               const ReportOptions& options) {
  std::string out;
  auto writer = NewReportWriter(format, options, [&](absl::string_view piece) {
    out.append(piece.data(), piece.size());
  });
  EXPECT_TRUE(writer.ok()) << writer.status();
  if (!writer.ok()) return out;
  v1::CheckSummary summary = EmptySummary();
  for (const v1::DocumentReport& document : documents) {
    AddToSummary(document, summary);
    (*writer)->Add(document);
  }
  (*writer)->Finish(summary);
  return out;
}

}  // namespace klausul::report

#endif  // KLAUSUL_TESTS_REPORT_SAMPLE_REPORT_H_
