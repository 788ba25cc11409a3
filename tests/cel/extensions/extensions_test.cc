#include "service/cel/extensions/extensions.h"

#include "gtest/gtest.h"

#include "service/cel/standard_library.h"

namespace klausul::cel {
namespace {

TEST(ExtensionsTest, GoTogetherWithTheStandardLibrary) {
  EnvironmentBuilder builder(Mode::kConformance);
  ASSERT_TRUE(AddStandardLibrary(builder).ok());
  AddAllExtensions(builder);
  const auto environment = std::move(builder).Build();
  ASSERT_TRUE(environment.ok()) << environment.status();
  EXPECT_TRUE((*environment)->optional_syntax());
}

}  // namespace
}  // namespace klausul::cel
