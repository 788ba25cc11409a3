#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/element_tree.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kText[] = R"(<r
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
    xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
    xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
  <cac:Lot><cbc:ID schemeName="Lot">1</cbc:ID><cbc:Name>a</cbc:Name></cac:Lot>
  <cac:Lot><cbc:ID schemeName="Lot">2</cbc:ID><cbc:Name>b</cbc:Name>
    <cbc:Name>c</cbc:Name>
    <cbc:Code listName="eforms-dps-usage">none</cbc:Code></cac:Lot>
  <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>
    <efext:EformsExtension><cbc:ID>deep</cbc:ID></efext:EformsExtension>
  </ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
</r>)";

class ElementPathTest : public testing::Test {
 protected:
  void SetUp() override {
    XmlFault fault;
    tree_ = ElementTree::Parse(kText, {}, fault);
    ASSERT_NE(tree_, nullptr) << fault.message;
  }

  // The text of the first element that the path leads to.
  std::string First(const char* path) const {
    const Element* found = ElementPath(path).First(tree_->root());
    return found == nullptr ? "(none)" : std::string(found->Text());
  }

  std::unique_ptr<ElementTree> tree_;
};

TEST_F(ElementPathTest, LooksBehindTheFirstBranch) {
  EXPECT_EQ(First("cac:Lot/cbc:Name"), "a");
  EXPECT_EQ(First("cac:Lot/cbc:Code"), "none");
  EXPECT_EQ(First("cac:Lot/cbc:Absent"), "(none)");
  EXPECT_EQ(ElementPath("cac:Lot/cbc:Name").All(tree_->root()).size(), 3u);
}

TEST_F(ElementPathTest, ChoosesByAttributeAndByText) {
  EXPECT_EQ(First("cac:Lot[cbc:ID='2']/cbc:Name"), "b");
  EXPECT_EQ(First("cac:Lot/cbc:ID[@schemeName='Lot']"), "1");
  EXPECT_EQ(First("cac:Lot/cbc:ID[@schemeName='Part']"), "(none)");
}

TEST_F(ElementPathTest, ListNamesOfOldVersionsHaveAPrefix) {
  EXPECT_EQ(First("cac:Lot[cbc:Code/@listName='dps-usage']/cbc:ID"), "2");
  EXPECT_EQ(First("cac:Lot/cbc:Code[@listName='dps-usage']"), "none");
}

TEST_F(ElementPathTest, ExtensionsAndTheElementItself) {
  EXPECT_EQ(First("EXT/cbc:ID"), "deep");
  EXPECT_EQ(ElementPath(".").First(tree_->root()), &tree_->root());
}

}  // namespace
}  // namespace klausul::intake::eforms
