#include "service/report/text_layout.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(WrapTextTest, BreaksAtSpacesAndCountsCodePoints) {
  const std::string word(40, 'a');
  EXPECT_EQ(WrapText(word + " " + word + " " + word, "  "),
            "  " + word + " " + word + "\n  " + word + "\n");
  // Forty-five letters of two bytes each, twice, fit one line.
  std::string wide;
  for (int i = 0; i < 44; ++i)
    wide += "ø";
  EXPECT_EQ(WrapText(wide + " " + wide, " "), " " + wide + " " + wide + "\n");
  EXPECT_EQ(WrapText("", "  "), "");
  EXPECT_EQ(WrapText("a\nb", ""), "a\nb\n");
}

TEST(PadToTest, CountsCodePoints) {
  EXPECT_EQ(PadTo("på", 4), "på  ");
  EXPECT_EQ(PadTo("lang", 2), "lang");
}

TEST(ProvisionListTest, NamesInstrumentAndProvision) {
  google::protobuf::RepeatedPtrField<v1::LegalBasis> bases;
  EXPECT_EQ(ProvisionList(bases), "");
  bases.Add()->set_instrument("FOA");
  bases.at(0).set_provision("§ 8-3");
  bases.Add()->set_instrument("LOA");
  bases.at(1).set_provision("§ 4");
  EXPECT_EQ(ProvisionList(bases), "FOA § 8-3, LOA § 4");
}

}  // namespace
}  // namespace klausul::report
