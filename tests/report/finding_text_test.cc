#include "service/report/finding_text.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(FindingTextTest, SaysTheMessageElseTheReasonElseTheTitle) {
  v1::Finding finding;
  finding.set_title("title");
  EXPECT_EQ(SaidOf(finding), "title");
  finding.set_reason("reason");
  EXPECT_EQ(SaidOf(finding), "reason");
  finding.set_message("message");
  EXPECT_EQ(SaidOf(finding), "message");
}

TEST(FindingTextTest, ListsProvisions) {
  v1::Finding finding;
  EXPECT_EQ(ProvisionsOf(finding), "");
  for (const char* provision : {"§ 1", "§ 2 (3)"}) {
    finding.add_legal_basis()->set_instrument("FOA");
    finding.mutable_legal_basis()->rbegin()->set_provision(provision);
  }
  EXPECT_EQ(ProvisionsOf(finding), "FOA § 1, FOA § 2 (3)");
}

TEST(FindingTextTest, AFileIsTheUriWithoutItsPart) {
  EXPECT_EQ(FileOf("a#b.json#/releases/3"), "a#b.json");
  EXPECT_EQ(FileOf("a.xml"), "a.xml");
}

TEST(FindingTextTest, AnAddressIsXPathOrPointer) {
  v1::Location location;
  location.set_pointer("/a");
  EXPECT_EQ(AddressOf(location), "/a");
  location.set_xpath("/x");
  EXPECT_EQ(AddressOf(location), "/x");
}

TEST(FindingTextTest, AWaiverSaysUntilWhenWhoAndWhy) {
  v1::Waiver waiver;
  waiver.set_until("2026-12-31");
  waiver.set_owner("Åse");
  waiver.set_reason("Why.");
  EXPECT_EQ(WaiverText(waiver), "2026-12-31, Åse: Why.");
}

}  // namespace
}  // namespace klausul::report
