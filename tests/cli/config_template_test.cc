#include "service/cli/config_template.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <rapidjson/document.h>

#include "service/review/project_config.h"
#include "service/syntax/tree.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::cli {
namespace {

TEST(ConfigTemplateTest, StatesNothingYet) {
  DiagnosticSink sink;
  const review::ProjectConfig config = review::ReadProjectConfig(
      syntax::MakeSourceFile(".klausul.yaml", ConfigTemplate("no.tiny.lots")),
      sink);
  EXPECT_EQ(sink.RenderAll(), "");
  EXPECT_TRUE(config.rule_sets.empty() && config.severities.empty() &&
              config.include.empty() && config.exclude.empty() &&
              config.waivers.empty());
}

TEST(ConfigTemplateTest, NamesTheSchemaOnItsFirstLine) {
  EXPECT_THAT(ConfigTemplate("a.b"),
              testing::StartsWith("# yaml-language-server: "
                                  "$schema=.klausul.schema.json\n"));
}

class ConfigSchemaTest : public testing::Test {
 protected:
  ConfigSchemaTest() {
    schema_.Parse(ConfigSchema(testing_support::TinyCatalogue()->repository(),
                               engine::Language::kEnglish)
                      .c_str());
    EXPECT_FALSE(schema_.HasParseError());
  }

  rapidjson::Document schema_;
};

TEST_F(ConfigSchemaTest, HasTheRulesWithTheirTitles) {
  const auto& rules =
      schema_["properties"]["severities"]["properties"].GetObject();
  ASSERT_EQ(rules.MemberCount(), 3U);
  EXPECT_STREQ(rules["no.tiny.deadline"]["description"].GetString(),
               "Period too short");
  EXPECT_STREQ(
      schema_["properties"]["rule_sets"]["items"]["enum"][0].GetString(), "no");
}

// What the schema offers is what the reader takes, key by key.
TEST_F(ConfigSchemaTest, HasTheKeysOfTheReader) {
  const auto read = [](const std::string& text) {
    DiagnosticSink sink;
    review::ReadProjectConfig(syntax::MakeSourceFile("f", text), sink);
    return sink.RenderAll();
  };
  for (const auto& property : schema_["properties"].GetObject())
    EXPECT_EQ(read(std::string(property.name.GetString()) + ":\n"), "");
  const auto& paths = schema_["properties"]["paths"]["properties"];
  for (const auto& property : paths.GetObject()) {
    EXPECT_EQ(
        read("paths: {" + std::string(property.name.GetString()) + ": [x]}\n"),
        "");
  }
  std::string waiver = "waivers:\n  - {";
  for (const auto& property :
       schema_["$defs"]["waiver"]["properties"].GetObject()) {
    const std::string key = property.name.GetString();
    waiver += key + (key == "until" ? ": 2027-06-30, " : ": x, ");
  }
  EXPECT_EQ(read(waiver + "}\n"), "");
  for (const auto& word : schema_["$defs"]["severity"]["enum"].GetArray()) {
    EXPECT_EQ(
        read("severities: {a.b: " + std::string(word.GetString()) + "}\n"), "");
  }
}

}  // namespace
}  // namespace klausul::cli
