#include "service/ruleset/docs/site.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "re2/re2.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

std::map<std::string, std::string> Site(
    const std::vector<std::string>& ids = {},
    SiteFormat format = SiteFormat::kHtml) {
  std::map<std::string, std::string> files;
  const absl::Status status =
      WriteSite(*DocumentedRepository(), ids, format, [&](SiteFile file) {
        EXPECT_TRUE(files.emplace(file.path, file.content).second)
            << file.path << " is written twice";
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  return files;
}

TEST(WriteSiteTest, HasATreeForEachLanguage) {
  const auto files = Site();
  for (const std::string language : {"nb", "nn", "en"}) {
    for (const char* path :
         {"index", "law", "subjects", "severity", "sets", "facts", "parameters",
          "fields", "search", "rules/no.foa.1-1.value", "rules/no.town.size",
          "facts/no.is_large", "facts/no.size_step", "parameters/no.entry",
          "parameters/no.unknown", "plans/no.cleaning"}) {
      EXPECT_EQ(files.count(language + "/" + path + ".html"), 1U) << path;
    }
    EXPECT_EQ(files.count(language + "/search-data.js"), 1U);
  }
  EXPECT_EQ(files.size(), 3U * 17 + 3);
}

TEST(WriteSiteTest, TheSameSetsGiveTheSameBytes) {
  EXPECT_EQ(Site(), Site());
}

// Every link that stays in the site leads to a file, and to an id in it.
TEST(WriteSiteTest, NoLinkIsBroken) {
  for (const SiteFormat format : {SiteFormat::kHtml, SiteFormat::kMarkdown}) {
    const auto files = Site({}, format);
    const RE2 link(format == SiteFormat::kHtml
                       ? R"re((?:href|src|action)="([^"]*)")re"
                       : R"re(\]\(([^)]*)\))re");
    int checked = 0;
    for (const auto& [path, content] : files) {
      if (absl::StartsWith(path, "assets/") || absl::EndsWith(path, ".js")) {
        continue;
      }
      re2::StringPiece rest(content);
      std::string target;
      while (RE2::FindAndConsume(&rest, link, &target)) {
        if (absl::StrContains(target, ':')) continue;
        const std::size_t hash = target.find('#');
        std::string to = target.substr(0, hash);
        std::string folder = path.substr(0, path.rfind('/') + 1);
        while (absl::StartsWith(to, "../")) {
          to = to.substr(3);
          folder.pop_back();
          folder = folder.substr(0, folder.rfind('/') + 1);
        }
        to = target.substr(0, hash).empty() ? path : folder + to;
        const auto file = files.find(to);
        EXPECT_NE(file, files.end()) << path << " leads to " << target;
        if (file != files.end() && hash != std::string::npos) {
          EXPECT_THAT(file->second,
                      HasSubstr("id=\"" + target.substr(hash + 1) + "\""))
              << path << " leads to " << target;
        }
        ++checked;
      }
    }
    EXPECT_GT(checked, 500);
  }
}

TEST(WriteSiteTest, WordsOfRuleFilesAreNoMarkup) {
  const auto files = Site();
  const std::string& page = files.at("nb/rules/no.foa.1-1.value.html");
  EXPECT_THAT(page, HasSubstr("<h1>Verdi &lt;b&gt;1&lt;/b&gt; &amp; mer</h1>"));
  EXPECT_THAT(page, HasSubstr("Stor &lt;kontrakt&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<kontrakt>")));
  const auto markdown = Site({}, SiteFormat::kMarkdown);
  EXPECT_THAT(markdown.at("nb/rules/no.foa.1-1.value.md"),
              HasSubstr("Øk \\*verdien\\* \\| nå"));
}

TEST(WriteSiteTest, ASelectionTakesWhatItExtendsAndNoMore) {
  EXPECT_EQ(Site({"no.town"}), Site());
  const auto files = Site({"no"});
  EXPECT_EQ(files.count("nb/rules/no.foa.1-1.value.html"), 1U);
  EXPECT_EQ(files.count("nb/rules/no.town.size.html"), 0U);
}

TEST(WriteSiteTest, AnUnknownSetIsNotFound) {
  const absl::Status status =
      WriteSite(*DocumentedRepository(), {"no.twon"}, SiteFormat::kHtml,
                [](const SiteFile&) { return absl::OkStatus(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("no.town"));
}

TEST(WriteSiteTest, StopsWhereAFileCannotBeSaved) {
  int saved = 0;
  const absl::Status status = WriteSite(
      *DocumentedRepository(), {}, SiteFormat::kHtml, [&](const SiteFile&) {
        return ++saved == 3 ? absl::UnavailableError("disk full")
                            : absl::OkStatus();
      });
  EXPECT_EQ(status.message(), "disk full");
  EXPECT_EQ(saved, 3);
}

}  // namespace
}  // namespace klausul::ruleset::docs
