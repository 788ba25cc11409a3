#include "service/review/rule_catalogue.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

TEST(RuleCatalogueTest, KeepsTheProgramOfASelection) {
  const auto catalogue = testing_support::TinyCatalogue();
  ASSERT_NE(catalogue, nullptr);
  EXPECT_THAT(catalogue->Ids(), testing::ElementsAre("no"));
  const auto first = catalogue->ProgramFor({"no"});
  const auto second = catalogue->ProgramFor({"no", "no"});
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first->get(), second->get());
}

TEST(RuleCatalogueTest, AnUnknownSetIsNotFound) {
  const auto catalogue = testing_support::TinyCatalogue();
  ASSERT_NE(catalogue, nullptr);
  EXPECT_EQ(catalogue->ProgramFor({"se"}).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(RuleCatalogueTest, AFolderThatIsNotThereIsNotFound) {
  DiagnosticSink sink;
  EXPECT_EQ(RuleCatalogue::FromFolder("no/such/folder", sink).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(RuleCatalogueTest, TheBuiltInSetsCompile) {
  const auto catalogue = RuleCatalogue::Builtin();
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  for (const std::string& id : (*catalogue)->Ids()) {
    EXPECT_TRUE((*catalogue)->ProgramFor({id}).ok()) << id;
  }
}

}  // namespace
}  // namespace klausul::review
