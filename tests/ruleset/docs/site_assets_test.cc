#include "service/ruleset/docs/site_assets.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "re2/re2.h"

namespace klausul::ruleset::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SiteAssets, StyleServesLightDarkPaperAndNarrowScreens) {
  const std::string style(SiteStyle());
  EXPECT_THAT(style, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(style, HasSubstr("@media print"));
  EXPECT_THAT(style, HasSubstr("@media (max-width"));
  EXPECT_THAT(style, HasSubstr(":focus-visible"));
}

// The colours of `:root` in order: the first block is light, the next dark.
std::map<std::string, std::string> Colours(absl::string_view style) {
  std::map<std::string, std::string> colours;
  const RE2 colour(R"re(--([a-z-]+): (#[0-9a-f]{6});)re");
  re2::StringPiece rest(style.data(), style.size());
  std::string name;
  std::string value;
  while (RE2::FindAndConsume(&rest, colour, &name, &value))
    colours[name] = value;
  return colours;
}

// Relative luminance, WCAG 2.1.
double Luminance(const std::string& colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (int i = 0; i < 3; ++i) {
    const double part =
        std::stoi(colour.substr(1 + 2 * static_cast<std::size_t>(i), 2),
                  nullptr, 16) /
        255.0;
    sum +=
        weights[i] * (part <= 0.03928 ? part / 12.92
                                      : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double Contrast(const std::string& a, const std::string& b) {
  const double x = Luminance(a);
  const double y = Luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(SiteAssets, EveryTextHasContrastEnough) {
  const absl::string_view style = SiteStyle();
  const std::size_t dark = style.find("prefers-color-scheme: dark");
  for (const auto& colours :
       {Colours(style.substr(0, dark)), Colours(style.substr(dark, 900))}) {
    ASSERT_EQ(colours.size(), 16U);
    // Text, and what it stands on.
    for (const auto& [text, ground] :
         std::vector<std::pair<std::string, std::string>>{
             {"ink", "paper"},
             {"ink", "ground"},
             {"ink", "code"},
             {"ink", "plain-ground"},
             {"muted", "paper"},
             {"muted", "ground"},
             {"muted", "code"},
             {"link", "paper"},
             {"link", "ground"},
             {"paper", "mark"},
             {"error", "error-ground"},
             {"warning", "warning-ground"},
             {"advice", "advice-ground"},
             {"plain", "plain-ground"}}) {
      EXPECT_GE(Contrast(colours.at(text), colours.at(ground)), 4.5)
          << text << " on " << ground;
    }
  }
}

TEST(SiteAssets, NothingIsFetched) {
  const std::string style(SiteStyle());
  const std::string script(SiteScript());
  EXPECT_THAT(style, Not(HasSubstr("url(")));
  EXPECT_THAT(style, Not(HasSubstr("@import")));
  EXPECT_THAT(script, Not(HasSubstr("fetch(")));
  EXPECT_THAT(script, Not(HasSubstr("XMLHttpRequest")));
  EXPECT_THAT(script, Not(HasSubstr("http")));
}

TEST(SiteAssets, TheSearchWritesTextNeverMarkup) {
  const std::string script(SiteScript());
  EXPECT_THAT(script, HasSubstr("textContent"));
  EXPECT_THAT(script, Not(HasSubstr("innerHTML")));
  EXPECT_THAT(script, Not(HasSubstr("document.write")));
}

}  // namespace
}  // namespace klausul::ruleset::docs
