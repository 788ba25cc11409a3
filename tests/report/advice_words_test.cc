#include "service/report/advice_words.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(AdviceWordsOfTest, AnyOtherLanguageIsBokmal) {
  EXPECT_EQ(AdviceWordsOf("en").not_allowed, "not allowed");
  EXPECT_EQ(AdviceWordsOf("nn").not_allowed, "ikkje tillaten");
  EXPECT_EQ(AdviceWordsOf("nb").not_allowed, "ikke tillatt");
  EXPECT_EQ(AdviceWordsOf("fi").not_allowed, "ikke tillatt");
}

TEST(AdviceWordsOfTest, EveryLanguageHasEveryWord) {
  for (const char* language : {"nb", "nn", "en"}) {
    const AdviceWords& words = AdviceWordsOf(language);
    const auto* const first =
        reinterpret_cast<const absl::string_view*>(&words);
    for (std::size_t i = 0; i < sizeof(words) / sizeof(absl::string_view);
         ++i) {
      EXPECT_FALSE(first[i].empty()) << language << " word " << i;
    }
    EXPECT_THAT(std::string(words.at_least), testing::HasSubstr("{0}"));
    EXPECT_THAT(std::string(words.reduced), testing::HasSubstr("{1}"));
  }
}

}  // namespace
}  // namespace klausul::report
