#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/element_tree.h"

namespace klausul::intake::eforms {
namespace {

// The SDK's namespaces under prefixes of its own.
constexpr char kNotice[] = R"(<u:ContractNotice
    xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
    xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <b:ID schemeName="notice-id"> n<!-- x -->-<![CDATA[1&2]]> </b:ID>
  <ProcurementProjectLot a=">"><b:ID>LOT-1</b:ID></ProcurementProjectLot>
  <ProcurementProjectLot><b:ID>LOT-2</b:ID>
    <b:Code listName="eforms-dps-usage">none</b:Code></ProcurementProjectLot>
  <x xmlns="urn:other"/>
</u:ContractNotice>)";

class ElementTreeTest : public testing::Test {
 protected:
  void SetUp() override {
    XmlFault fault;
    tree_ = ElementTree::Parse(kNotice, {}, fault);
    ASSERT_NE(tree_, nullptr) << fault.message;
  }

  std::unique_ptr<ElementTree> tree_;
};

TEST_F(ElementTreeTest, KnowsElementsByNamespaceNotByPrefix) {
  const Element& root = tree_->root();
  EXPECT_TRUE(root.Is(Namespace::kNotice, "ContractNotice"));
  EXPECT_EQ(ElementPath("cac:ProcurementProjectLot/cbc:ID").All(root).size(),
            2u);
  EXPECT_EQ(root.Child(Namespace::kCac, "x"), nullptr);
  EXPECT_NE(root.Child(Namespace::kOther, "x"), nullptr);
}

TEST_F(ElementTreeTest, JoinsTextAndStripsIt) {
  const Element* id = tree_->root().Child(Namespace::kCbc, "ID");
  ASSERT_NE(id, nullptr);
  EXPECT_EQ(id->Text(), "n-1&2");
  EXPECT_EQ(id->Attribute("schemeName"), "notice-id");
  EXPECT_EQ(id->Attribute("absent"), "");
}

TEST_F(ElementTreeTest, KeepsPlaces) {
  const Element* lot =
      ElementPath("cac:ProcurementProjectLot").First(tree_->root());
  ASSERT_NE(lot, nullptr);
  const Span span = tree_->TagSpan(*lot);
  EXPECT_EQ(std::string(kNotice).substr(span.begin, span.end - span.begin),
            "<ProcurementProjectLot a=\">\">");
  EXPECT_EQ(&tree_->At(tree_->NumberOf(*lot)), lot);
}

TEST_F(ElementTreeTest, WritesPathsAsTheSdkDoes) {
  const auto ids =
      ElementPath("cac:ProcurementProjectLot/cbc:ID").All(tree_->root());
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(XPathOf(tree_->root()), "/*");
  EXPECT_EQ(XPathOf(*ids[1]), "/*/cac:ProcurementProjectLot[2]/cbc:ID");
  EXPECT_EQ(XPathOf(*tree_->root().Child(Namespace::kOther, "x")),
            "/*/*[local-name()='x']");
}

TEST(ElementTreeParseTest, RefusesAnUnboundPrefix) {
  XmlFault fault;
  EXPECT_EQ(ElementTree::Parse("<a><b:c/></a>", {}, fault), nullptr);
  EXPECT_EQ(fault.message, "prefix `b` is bound to no namespace");
  EXPECT_EQ(fault.span.begin, 4u);
  // A binding ends with its element.
  EXPECT_EQ(ElementTree::Parse("<a><x xmlns:b='u'/><b:c/></a>", {}, fault),
            nullptr);
  EXPECT_NE(ElementTree::Parse("<a xmlns:b='u'><x/><b:c/></a>", {}, fault),
            nullptr);
}

TEST(ElementTreeParseTest, BoundsTheNamespaces) {
  std::string text;
  for (int i = 0; i < 130; ++i) {
    absl::StrAppend(&text, "<a xmlns:b", i, "='u'>");
  }
  for (int i = 0; i < 130; ++i)
    text += "</a>";
  XmlFault fault;
  EXPECT_EQ(ElementTree::Parse(text, {}, fault), nullptr);
  EXPECT_EQ(fault.message, "more than 128 namespaces are declared at once");
}

}  // namespace
}  // namespace klausul::intake::eforms
