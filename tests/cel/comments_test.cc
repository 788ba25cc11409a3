#include "service/cel/comments.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// `|` before those on a line of their own.
std::vector<std::string> CommentsOf(const std::string& text) {
  std::vector<std::string> out;
  for (const Comment& comment : FindComments(Source(text))) {
    out.push_back(
        (comment.own_line ? "|" : "") +
        text.substr(comment.span.begin, comment.span.end - comment.span.begin));
  }
  return out;
}

TEST(CommentsTest, AreFoundBetweenTokens) {
  EXPECT_THAT(CommentsOf("// a\nb // c\n  // d\n+ e // f"),
              ElementsAre("|// a", "// c", "|// d", "// f"));
}

TEST(CommentsTest, SeveralInARow) {
  EXPECT_THAT(CommentsOf("a // b // c\n// d\n"),
              ElementsAre("// b // c", "|// d"));
}

TEST(CommentsTest, NoneInTexts) {
  EXPECT_THAT(CommentsOf("'//' + r\"//\" + \"\"\"\n// x\n\"\"\" + a / b"),
              IsEmpty());
}

}  // namespace
}  // namespace klausul::cel
