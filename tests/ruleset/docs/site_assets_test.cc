#include "service/ruleset/docs/site_assets.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

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
