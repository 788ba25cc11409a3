#include "service/report/summary_line.h"

#include "gtest/gtest.h"

#include "service/report/summary.h"

namespace klausul::report {
namespace {

TEST(SummaryLineTest, TellsTheRareOnesWhereThereAreAny) {
  v1::CheckSummary summary = EmptySummary();
  summary.set_documents(3);
  EXPECT_EQ(SummaryLine(summary, WordsOf("en")),
            "3 documents, 0 breaches, 0 risks, 0 opportunities, 0 undecided, "
            "0 unreadable");
  summary.set_skipped(1);
  summary.set_failed(2);
  summary.set_waived(3);
  summary.mutable_known()->set_error(4);
  summary.mutable_known()->set_advice(1);
  EXPECT_EQ(SummaryLine(summary, WordsOf("nb")),
            "3 dokumenter, 0 brudd, 0 risikoer, 0 muligheter, 0 uavklarte, "
            "0 uleselige, 1 hoppet over, 2 feilet, 3 fraveket, 5 kjente");
}

}  // namespace
}  // namespace klausul::report
