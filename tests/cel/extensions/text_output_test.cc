#include "service/cel/extensions/text_output.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class TextOutputTest : public ValueFixtureTest {};

TEST_F(TextOutputTest, GivesThePiecesInOrder) {
  TextOutput out(context_);
  EXPECT_TRUE(out.Append("a"));
  EXPECT_TRUE(out.Append(""));
  EXPECT_TRUE(out.Append("bc"));
  EXPECT_EQ(out.Finish().text(), "abc");
}

TEST_F(TextOutputTest, CostsTheSameInManyPieces) {
  TextOutput out(context_);
  for (int i = 0; i < 6400; ++i)
    EXPECT_TRUE(out.Append("x"));
  EXPECT_EQ(context_.steps(), 100);
  EXPECT_EQ(out.Finish().text().size(), 6400u);
}

TEST_F(TextOutputTest, IsAsLongAsATextMayBe) {
  const std::string most(Value::kMaxTextBytes, 'x');
  context_.ResetSteps(10'000'000);
  TextOutput out(context_);
  EXPECT_TRUE(out.Append(most));
  EXPECT_FALSE(out.Append("x"));
  EXPECT_FALSE(out.Append(""));
  EXPECT_EQ(DebugString(out.Finish(), context_),
            "error(limit: a text of more than 67108864 bytes)");
}

TEST_F(TextOutputTest, EndsWithTheSteps) {
  context_.ResetSteps(2);
  TextOutput out(context_);
  EXPECT_TRUE(out.Append(std::string(128, 'x')));
  EXPECT_FALSE(out.Append(std::string(64, 'x')));
  EXPECT_EQ(DebugString(out.Finish(), context_),
            "error(limit: the evaluation needs more than 2 steps)");
}

}  // namespace
}  // namespace klausul::cel
