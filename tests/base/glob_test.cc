#include "service/base/glob.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool want;
};

std::ostream& operator<<(std::ostream& out, const GlobCase& c) {
  return out << c.pattern << " on " << c.path;
}

class GlobMatchesTest : public testing::TestWithParam<GlobCase> {};

TEST_P(GlobMatchesTest, Decides) {
  EXPECT_EQ(GlobMatches(GetParam().pattern, GetParam().path), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Paths, GlobMatchesTest,
                         testing::ValuesIn(std::vector<GlobCase>{
                             {"a.xml", "a.xml", true},
                             {"a.xml", "b.xml", false},
                             {"*.xml", "a.xml", true},
                             {"*.xml", ".xml", true},
                             {"*.xml", "folder/a.xml", false},
                             {"*/*.xml", "folder/a.xml", true},
                             {"**/*.xml", "a.xml", true},
                             {"**/*.xml", "x/y/z/a.xml", true},
                             {"x/**", "x/y/z", true},
                             {"x/**", "y/z", false},
                             {"x/**/z", "x/z", true},
                             {"x/**/z", "x/a/b/z", true},
                             {"x/**/z", "x/a/b/y", false},
                             {"a**b", "axxb", true},
                             {"plan-?.yaml", "plan-1.yaml", true},
                             {"plan-?.yaml", "plan-10.yaml", false},
                             {"?", "ø", true},
                             {"[a-c]x", "bx", true},
                             {"[a-c]x", "dx", false},
                             {"[!a-c]x", "dx", true},
                             {"[æ-ø]", "æ", true},
                             {"[]x]", "]", true},
                             {"[open", "[open", true},
                             {"a.b", "axb", false},
                             {"*a*b*c", "xaybzc", true},
                             {"*a*b*c", "xaybz", false},
                             {"", "", true},
                         }));

TEST(GlobTest, ManyStarsTakeNoTime) {
  std::string pattern;
  for (int i = 0; i < 50; ++i)
    pattern += "*a/**/";
  EXPECT_FALSE(GlobMatches(pattern + "b", std::string(4000, 'a')));
  std::string path;
  for (int i = 0; i < 500; ++i)
    path += "aaaa/";
  EXPECT_FALSE(GlobMatches(pattern + "b", path + "c"));
}

TEST(GlobTest, KnowsAPatternFromAName) {
  EXPECT_TRUE(IsGlob("*.xml"));
  EXPECT_TRUE(IsGlob("plan?.yaml"));
  EXPECT_TRUE(IsGlob("[ab].yaml"));
  EXPECT_FALSE(IsGlob("plan.yaml"));
  EXPECT_FALSE(IsGlob("plan[.yaml"));
}

}  // namespace
}  // namespace klausul
