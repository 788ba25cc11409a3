#include "service/report/sarif_report.h"

#include "gmock/gmock.h"
#include <rapidjson/document.h>

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

using testing::HasSubstr;
using testing::Not;

class SarifReportTest : public testing::Test {
 protected:
  const rapidjson::Value& Write(
      const std::vector<v1::DocumentReport>& documents,
      const ReportOptions& options = {.language = "nb", .version = "1.2.3"}) {
    json_.Parse(WriteReport("sarif", documents, options).c_str());
    EXPECT_FALSE(json_.HasParseError());
    return json_["runs"][0];
  }

  static std::string Text(const rapidjson::Value& value) {
    return {value.GetString(), value.GetStringLength()};
  }

  rapidjson::Document json_;
};

TEST_F(SarifReportTest, IsAVersionedRunOfTheTool) {
  const rapidjson::Value& run = Write({SampleDocument()});
  EXPECT_EQ(Text(json_["version"]), "2.1.0");
  EXPECT_THAT(Text(json_["$schema"]), HasSubstr("sarif-schema-2.1.0.json"));
  EXPECT_EQ(Text(run["columnKind"]), "unicodeCodePoints");
  EXPECT_EQ(Text(run["tool"]["driver"]["name"]), "klausul");
  EXPECT_EQ(Text(run["tool"]["driver"]["semanticVersion"]), "1.2.3");
  EXPECT_TRUE(run["invocations"][0]["executionSuccessful"].GetBool());
}

TEST_F(SarifReportTest, ResultsAreBreachesWithLevelAndRule) {
  const rapidjson::Value& run = Write({SampleDocument()});
  const rapidjson::Value& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(run["results"].Size(), 4U);
  ASSERT_EQ(rules.Size(), 3U);
  const char* const levels[] = {"error", "error", "warning", "note"};
  for (unsigned i = 0; i < 4; ++i) {
    const rapidjson::Value& result = run["results"][i];
    EXPECT_EQ(Text(result["kind"]), "fail");
    EXPECT_EQ(Text(result["level"]), levels[i]);
    EXPECT_EQ(Text(rules[result["ruleIndex"].GetUint()]["id"]),
              Text(result["ruleId"]));
  }
}

TEST_F(SarifReportTest, ARuleSaysItsLawAndWhatHelps) {
  const rapidjson::Value& rule =
      Write({SampleDocument()})["tool"]["driver"]["rules"][0];
  EXPECT_EQ(Text(rule["shortDescription"]["text"]), "Frist <kort>");
  EXPECT_THAT(Text(rule["help"]["text"]), HasSubstr("FOA § 1 (2)"));
  EXPECT_THAT(Text(rule["help"]["markdown"]),
              HasSubstr("**Frist \\<kort\\>**\n\n[FOA § 1 (2)]("
                        "https://example.com/foa?a=1&b=2)"));
  EXPECT_EQ(Text(rule["helpUri"]), "https://example.com/foa?a=1&b=2");
  EXPECT_EQ(Text(rule["defaultConfiguration"]["level"]), "error");
  // Two findings with two remedies: those speak of a document each.
  EXPECT_THAT(Text(rule["help"]["text"]), Not(HasSubstr("Flytt")));
}

TEST_F(SarifReportTest, ARegionHasLineColumnAndWhatStandsThere) {
  const rapidjson::Value& result = Write({SampleDocument()})["results"][0];
  const rapidjson::Value& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(Text(place["artifactLocation"]["uri"]), "innkj%C3%B8p/a%20b.xml");
  EXPECT_EQ(Text(place["artifactLocation"]["uriBaseId"]), "%SRCROOT%");
  EXPECT_EQ(place["region"]["startLine"].GetInt(), 120);
  EXPECT_EQ(place["region"]["startColumn"].GetInt(), 9);
  EXPECT_EQ(place["region"]["endColumn"].GetInt(), 22);
  EXPECT_EQ(Text(place["region"]["snippet"]["text"]), "  <cbc:EndDate>&");
  EXPECT_EQ(
      Text(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]),
      "/x[1]");
  EXPECT_EQ(result["relatedLocations"].Size(), 1U);
  EXPECT_EQ(result["relatedLocations"][0]["id"].GetInt(), 1);
  EXPECT_EQ(Text(result["message"]["text"]),
            "Fristen er \"kort\",\nærlig talt 100%. (delkontrakt: LOT-1)\n"
            "Slik rettes det: Flytt den.");
}

TEST_F(SarifReportTest, AFingerprintStaysWhenOtherLinesChange) {
  v1::DocumentReport moved = SampleDocument();
  moved.mutable_findings(0)->mutable_locations(0)->set_line(7);
  const std::string before = Text(Write(
      {SampleDocument()})["results"][0]["partialFingerprints"]["klausul/v1"]);
  EXPECT_EQ(
      Text(Write({moved})["results"][0]["partialFingerprints"]["klausul/v1"]),
      before);
  EXPECT_EQ(before, "00000000000000000000000000000001");
}

TEST_F(SarifReportTest, WhatIsWaivedIsSuppressedAndNothingElse) {
  const rapidjson::Value& results = Write({SampleDocument()})["results"];
  for (const rapidjson::Value& result : results.GetArray()) {
    EXPECT_EQ(result.HasMember("suppressions"),
              Text(result["partialFingerprints"]["klausul/v1"]).back() == '2');
  }
  const rapidjson::Value& suppression = results[1]["suppressions"][0];
  EXPECT_EQ(Text(suppression["kind"]), "external");
  EXPECT_EQ(Text(suppression["status"]), "accepted");
  EXPECT_EQ(Text(suppression["justification"]),
            "2026-12-31, Åse: Løper \"ut\".");
}

TEST_F(SarifReportTest, SaysWhatIsNewWhereThereIsABaseline) {
  EXPECT_FALSE(
      Write({SampleDocument()})["results"][0].HasMember("baselineState"));
  v1::DocumentReport document = SampleDocument();
  document.mutable_findings(0)->set_known(true);
  document.mutable_counts()->mutable_known()->set_error(1);
  const rapidjson::Value& results = Write({document})["results"];
  EXPECT_EQ(Text(results[0]["baselineState"]), "unchanged");
  EXPECT_EQ(Text(results[2]["baselineState"]), "new");
}

TEST_F(SarifReportTest, UndecidedRulesAreOpenWhereAskedFor) {
  const rapidjson::Value& results =
      Write({SampleDocument()}, {.all_outcomes = true})["results"];
  ASSERT_EQ(results.Size(), 5U);
  EXPECT_EQ(Text(results[4]["kind"]), "open");
  EXPECT_EQ(Text(results[4]["level"]), "none");
}

TEST_F(SarifReportTest, AnUnreadableDocumentIsAResultAndNoSuccess) {
  const rapidjson::Value& run = Write({UnreadableDocument()});
  ASSERT_EQ(run["results"].Size(), 1U);
  EXPECT_EQ(Text(run["results"][0]["ruleId"]), "klausul.document.unreadable");
  EXPECT_EQ(run["results"][0]["locations"][0]["physicalLocation"]["region"]
               ["startLine"]
                   .GetInt(),
            3);
  EXPECT_FALSE(run["invocations"][0]["executionSuccessful"].GetBool());
}

TEST_F(SarifReportTest, PathsBecomeUris) {
  v1::DocumentReport document = SampleDocument();
  const auto uri = [&](const char* path) {
    document.set_uri(path);
    return Text(
        Write({document})["results"][0]["locations"][0]["physicalLocation"]
                         ["artifactLocation"]["uri"]);
  };
  EXPECT_EQ(uri("./a.xml"), "a.xml");
  EXPECT_EQ(uri("/abs/a.xml"), "file:///abs/a.xml");
  EXPECT_EQ(uri("c:d.json#/releases/3"), "c%3Ad.json");
  EXPECT_EQ(uri("-"), "stdin");
}

TEST_F(SarifReportTest, NothingCheckedIsAnEmptyRun) {
  const rapidjson::Value& run = Write({});
  EXPECT_EQ(run["results"].Size(), 0U);
  EXPECT_EQ(run["tool"]["driver"]["rules"].Size(), 0U);
}

}  // namespace
}  // namespace klausul::report
