#include "service/ruleset/docs/labels.h"

#include <cstddef>

#include "gtest/gtest.h"

namespace klausul::ruleset::docs {
namespace {

// The members are all texts: looked at as a row of them, none may be empty.
TEST(LabelsOf, NoLanguageLeavesALabelEmpty) {
  constexpr std::size_t kCount = sizeof(Labels) / sizeof(absl::string_view);
  for (const auto language :
       {engine::Language::kBokmal, engine::Language::kNynorsk,
        engine::Language::kEnglish}) {
    const auto* labels =
        reinterpret_cast<const absl::string_view*>(&LabelsOf(language));
    for (std::size_t i = 0; i < kCount; ++i) {
      EXPECT_FALSE(labels[i].empty())
          << engine::LanguageCode(language) << ", label " << i;
    }
  }
}

TEST(LabelsOf, NynorskIsNotBokmal) {
  EXPECT_EQ(LabelsOf(engine::Language::kBokmal).rules, "Regler");
  EXPECT_EQ(LabelsOf(engine::Language::kNynorsk).rules, "Reglar");
  EXPECT_EQ(LabelsOf(engine::Language::kEnglish).rules, "Rules");
}

}  // namespace
}  // namespace klausul::ruleset::docs
