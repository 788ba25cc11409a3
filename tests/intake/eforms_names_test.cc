#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/names.h"

namespace klausul::intake::eforms {
namespace {

TEST(FindNameTest, TellsTheNamesOfTheListApart) {
  EXPECT_NE(FindName("ID"), kUnknownName);
  EXPECT_NE(FindName("ID"), FindName("URI"));
  EXPECT_NE(FindName("Name"), FindName("Child"));
  EXPECT_EQ(FindName("Name"), FindName(std::string("Name")));
  // Longer than the ends that are compared first.
  EXPECT_NE(FindName("AdditionalCommodityClassification"),
            FindName("MainCommodityClassification"));
}

TEST(FindNameTest, OtherNamesAreUnknown) {
  for (const char* name :
       {"", "I", "Id", "IDD", "Nane", "NameX", "Company1D",
        // The first and the last eight letters of a name, and its size.
        "AdditionalCommodityClassiFication",
        "AdditionalcommodityClassification",
        "AdditionalXXXXXXXXXlassification"}) {
    EXPECT_EQ(FindName(name), kUnknownName) << name;
  }
}

TEST(NameSetTest, HoldsWhatWasAdded) {
  NameSet below;
  below.Add(FindName("ID"));
  below.Add(FindName("Name"));
  NameSet id;
  id.Add(FindName("ID"));
  NameSet uri;
  uri.Add(FindName("URI"));
  EXPECT_TRUE(below.HoldsAll(id));
  EXPECT_FALSE(below.HoldsAll(uri));
  EXPECT_FALSE(id.HoldsAll(below));
  id.Add(below);
  EXPECT_TRUE(id.HoldsAll(below));
}

TEST(NameSetTest, SaysNothingOfUnknownNames) {
  NameSet unknown;
  unknown.Add(kUnknownName);
  EXPECT_TRUE(NameSet().HoldsAll(unknown));
}

}  // namespace
}  // namespace klausul::intake::eforms
