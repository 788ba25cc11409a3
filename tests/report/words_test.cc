#include "service/report/words.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(WordsOfTest, AnyOtherLanguageIsBokmal) {
  EXPECT_EQ(WordsOf("en").error, "BREACH");
  EXPECT_EQ(WordsOf("nn").error, "BROT");
  EXPECT_EQ(WordsOf("nb").error, "BRUDD");
  EXPECT_EQ(WordsOf("fi").error, "BRUDD");
}

}  // namespace
}  // namespace klausul::report
