#include "service/engine/reason.h"

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

TEST(Reason, SurvivesBeingCarriedByAnUnknownValue) {
  const Reason reason{Reason::Code::kNoParameterValue,
                      {"no.limit", "2019-12-31"}};
  EXPECT_EQ(Reason::Decode(reason.Encode()), reason);
  const Reason bare{Reason::Code::kVatBasis, {}};
  EXPECT_EQ(Reason::Decode(bare.Encode()), bare);
  EXPECT_FALSE(Reason::Decode("").has_value());
  EXPECT_FALSE(Reason::Decode("99").has_value());
}

TEST(Reason, SpeaksThreeLanguages) {
  const Reason reason{Reason::Code::kCurrency, {"EUR", "NOK"}};
  EXPECT_EQ(reason.Text(Language::kBokmal),
            "beløp i EUR og i NOK kan ikke sammenlignes");
  EXPECT_EQ(reason.Text(Language::kNynorsk),
            "beløp i EUR og i NOK kan ikkje samanliknast");
  EXPECT_EQ(reason.Text(Language::kEnglish),
            "amounts in EUR and in NOK cannot be compared");
}

TEST(Reason, TellsWhyNoValueIsKnownInTheReadersLanguage) {
  const Reason reason{Reason::Code::kNoKnownValue,
                      {"no.limit", "ikke kjent", "ikkje kjend", "not known"}};
  EXPECT_EQ(Reason::Decode(reason.Encode()), reason);
  EXPECT_EQ(reason.Text(Language::kBokmal),
            "parameteren `no.limit` har ingen kjent verdi: ikke kjent");
  EXPECT_EQ(reason.Text(Language::kNynorsk),
            "parameteren `no.limit` har ingen kjend verdi: ikkje kjend");
  EXPECT_EQ(reason.Text(Language::kEnglish),
            "the parameter `no.limit` has no known value: not known");
}

TEST(Language, HasACode) {
  for (const char* code : {"nb", "nn", "en"}) {
    EXPECT_EQ(LanguageCode(*ParseLanguage(code)), code);
  }
  EXPECT_FALSE(ParseLanguage("no").has_value());
}

}  // namespace
}  // namespace klausul::engine
