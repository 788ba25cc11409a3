#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/element.h"
#include "service/intake/eforms/element_tree.h"

namespace klausul::intake::eforms {
namespace {

TEST(ElementTest, ChildrenAreFollowedOverWhatIsInsideThem) {
  XmlFault fault;
  const auto tree = ElementTree::Parse(
      "<a><b x=' 1 ' y='2'><c/><c><d/></c></b><e/><b>text</b></a>", {}, fault);
  ASSERT_NE(tree, nullptr);
  const Element& root = tree->root();
  std::string names;
  for (const Element& child : root.children()) {
    names += std::string(child.name);
    EXPECT_EQ(child.parent(), &root);
  }
  EXPECT_EQ(names, "beb");
  EXPECT_EQ(root.parent(), nullptr);
  const Element* b = root.Child(Namespace::kNone, "b");
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b->size, 4u);
  EXPECT_EQ(b->Attribute("x"), "1");
  EXPECT_EQ(b->Attribute("y"), "2");
  EXPECT_EQ(b->Attribute("z"), "");
  EXPECT_EQ(root.Child(Namespace::kCac, "b"), nullptr);
  EXPECT_EQ(root.Child(Namespace::kNone, "d"), nullptr);
  EXPECT_EQ(tree->At(4).name, "d");
  EXPECT_EQ(tree->At(4).parent()->parent(), b);
}

TEST(ElementTest, KnowsTheNamesBelowIt) {
  XmlFault fault;
  const auto tree =
      ElementTree::Parse("<a><b><ID/><Name>x</Name></b><URI/></a>", {}, fault);
  ASSERT_NE(tree, nullptr);
  const Element& root = tree->root();
  const Element& b = *root.Child(Namespace::kNone, "b");
  NameSet names;
  names.Add(FindName("ID"));
  names.Add(FindName("Name"));
  EXPECT_TRUE(b.below.HoldsAll(names));
  EXPECT_TRUE(root.below.HoldsAll(names));
  names.Add(FindName("URI"));
  EXPECT_FALSE(b.below.HoldsAll(names));
  EXPECT_TRUE(root.below.HoldsAll(names));
}

}  // namespace
}  // namespace klausul::intake::eforms
