#include <iterator>

#include "gtest/gtest.h"

#include "service/intake/eforms/namespaces.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kCbcUri[] =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

TEST(NamespaceOfTest, KnowsThoseOfANotice) {
  EXPECT_EQ(NamespaceOf(kCbcUri), Namespace::kCbc);
  EXPECT_EQ(NamespaceOf("urn:oasis:names:specification:ubl:schema:xsd:"
                        "ContractAwardNotice-2"),
            Namespace::kNotice);
  EXPECT_EQ(NamespaceOf("http://data.europa.eu/p27/"
                        "eforms-ubl-extension-basic-components/1"),
            Namespace::kEfbc);
  EXPECT_EQ(NamespaceOf(""), Namespace::kNone);
  EXPECT_EQ(NamespaceOf("urn:oasis:names:specification:ubl:schema:xsd:Order-2"),
            Namespace::kOther);
  EXPECT_EQ(NamespaceOf("cbc"), Namespace::kOther);
}

TEST(NamespaceBindingsTest, TheLastDeclarationIsInForce) {
  NamespaceBindings bindings;
  Namespace ns = Namespace::kNone;
  EXPECT_FALSE(bindings.Find("cbc", ns));
  bindings.Bind("cbc", Namespace::kCbc);
  bindings.Bind("", Namespace::kNotice);
  const std::size_t before = bindings.size();
  bindings.Bind("cbc", Namespace::kCac);
  ASSERT_TRUE(bindings.Find("cbc", ns));
  EXPECT_EQ(ns, Namespace::kCac);
  ASSERT_TRUE(bindings.Find("", ns));
  EXPECT_EQ(ns, Namespace::kNotice);
  bindings.Shrink(before);
  ASSERT_TRUE(bindings.Find("cbc", ns));
  EXPECT_EQ(ns, Namespace::kCbc);
}

TEST(NamespaceBindingsTest, PrefixesOfEverySizeAreToldApart) {
  // The key of a prefix holds seven bytes of it.
  const char* prefixes[] = {"a",       "ab",       "abc",      "abcd", "abcde",
                            "abcdef",  "abcdefg",  "abcdefgh", "abd",  "abce",
                            "abcdefx", "abcdefgx", "abcdefghi"};
  NamespaceBindings bindings;
  for (std::size_t i = 0; i < std::size(prefixes); ++i) {
    Namespace ns = Namespace::kNone;
    EXPECT_FALSE(bindings.Find(prefixes[i], ns)) << prefixes[i];
    bindings.Bind(prefixes[i], i % 2 == 0 ? Namespace::kCac : Namespace::kCbc);
  }
  for (std::size_t i = 0; i < std::size(prefixes); ++i) {
    Namespace ns = Namespace::kNone;
    ASSERT_TRUE(bindings.Find(prefixes[i], ns)) << prefixes[i];
    EXPECT_EQ(ns, i % 2 == 0 ? Namespace::kCac : Namespace::kCbc)
        << prefixes[i];
  }
}

TEST(NamespaceBindingsTest, TwoPrefixesNeedNoDeclaration) {
  const NamespaceBindings bindings;
  Namespace ns = Namespace::kCac;
  ASSERT_TRUE(bindings.Find("", ns));
  EXPECT_EQ(ns, Namespace::kNone);
  ASSERT_TRUE(bindings.Find("xml", ns));
  EXPECT_EQ(ns, Namespace::kOther);
}

}  // namespace
}  // namespace klausul::intake::eforms
