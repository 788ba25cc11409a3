#include "service/intake/read.h"

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

using testing::ElementsAre;

std::string Describe(const ReadResult& result) {
  std::string text = absl::StrCat(
      result.uri, " ", v1::DocumentReport::Kind_Name(result.kind), " ",
      result.status == ReadResult::Status::kRead         ? "read"
      : result.status == ReadResult::Status::kUnreadable ? "unreadable"
                                                         : "not-a-document");
  for (const Diagnostic& diagnostic : result.diagnostics) {
    const LineColumn at = diagnostic.file->Locate(diagnostic.span.begin);
    absl::StrAppend(&text, "; ", at.line, ":", at.column, " ", diagnostic.code,
                    ": ", diagnostic.message);
  }
  return text;
}

std::vector<std::string> ReadAll(const std::string& uri, std::string bytes,
                                 const ReadOptions& options = {}) {
  std::vector<std::string> results;
  Read({uri, std::move(bytes)}, options,
       [&](const ReadResult& result) { results.push_back(Describe(result)); });
  return results;
}

struct FormatCase {
  std::string name;
  std::string uri;
  std::string bytes;
  DocumentFormat want;
};

std::ostream& operator<<(std::ostream& out, const FormatCase& c) {
  return out << c.name;
}

class FormatTest : public testing::TestWithParam<FormatCase> {};

TEST_P(FormatTest, ShowsFromTheBytes) {
  EXPECT_EQ(DetectFormat(GetParam().uri, GetParam().bytes), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Read, FormatTest,
    testing::ValuesIn(std::vector<FormatCase>{
        {"Empty", "a.yaml", "", DocumentFormat::kEmpty},
        {"Blank", "a.yaml", " \n\t\r\n", DocumentFormat::kEmpty},
        {"MarkAlone", "a.yaml", "\xEF\xBB\xBF", DocumentFormat::kEmpty},
        {"Xml", "a.yaml", "\xEF\xBB\xBF  <a/>", DocumentFormat::kXml},
        {"XmlUtf16", "a", std::string("\xFF\xFE<\0a\0", 6),
         DocumentFormat::kXml},
        {"XmlUtf16NoMark", "a", std::string("\0<\0a", 4), DocumentFormat::kXml},
        {"TextUtf16", "a", std::string("\xFF\xFEi\0d\0", 6),
         DocumentFormat::kWideText},
        {"Json", "-", "\n{\n\"id\": 1}", DocumentFormat::kJson},
        {"JsonList", "a", "[1]", DocumentFormat::kJson},
        {"BracketYaml", "a.yml", "{id: 1}", DocumentFormat::kYaml},
        {"LinesByName", "A.JSONL", "{}", DocumentFormat::kJsonLines},
        {"LinesByContent", "-", "{\"id\":1}\n{\"id\":2}\n",
         DocumentFormat::kJsonLines},
        {"OneLineIsJson", "-", "{\"id\":1}\n", DocumentFormat::kJson},
        {"Yaml", "-", "id: 1", DocumentFormat::kYaml},
    }),
    [](const auto& test) { return test.param.name; });

struct ReadCase {
  std::string name;
  std::string uri;
  std::string bytes;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const ReadCase& c) {
  return out << c.name;
}

class ReadTest : public testing::TestWithParam<ReadCase> {};

TEST_P(ReadTest, GivesOneResult) {
  EXPECT_THAT(ReadAll(GetParam().uri, GetParam().bytes),
              ElementsAre(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Read, ReadTest,
    testing::ValuesIn(std::vector<ReadCase>{
        {"Yaml", "a.yaml", "stage: NEED\n", "a.yaml PLAN read"},
        {"Json", "a.json", R"({"stage": "NEED"})", "a.json PLAN read"},
        {"ContentBeforeName", "a.json", "stage: NEED\n", "a.json PLAN read"},
        {"Empty", "a.yaml", "\n",
         "a.yaml KIND_UNSPECIFIED unreadable; 1:1 empty-file: the file is "
         "empty"},
        {"CommentOnly", "a.yaml", "# x\n",
         "a.yaml KIND_UNSPECIFIED not-a-document; 1:1 not-a-plan: expected a "
         "plan, a mapping with fields such as `buyer` and `contract`, got "
         "nothing"},
        {"Package", "package.json", R"({"name": "x", "version": "1"})",
         "package.json KIND_UNSPECIFIED not-a-document; 1:2 not-a-plan: this "
         "is no plan: none of its keys tells of a procurement"},
        {"EmptyMapping", "a.json", "{}",
         "a.json KIND_UNSPECIFIED not-a-document; 1:1 not-a-plan: expected a "
         "plan, got an empty mapping"},
        {"List", "a.json", "[1]",
         "a.json KIND_UNSPECIFIED not-a-document; 1:1 not-a-plan: expected a "
         "plan, a mapping with fields such as `buyer` and `contract`, got a "
         "list"},
        {"Ocds", "a.json", "{\"uri\": \"x\",\n \"releases\": []}",
         "a.json OCDS_RELEASE unreadable; 2:2 unsupported-format: this is "
         "OCDS, which this version does not read"},
        {"Wide", "a.yaml", std::string("\xFF\xFEi\0", 4),
         "a.yaml KIND_UNSPECIFIED unreadable; 1:1 invalid-utf8: the text is "
         "UTF-16 or UTF-32, or no text at all"},
        {"Latin1", "a.yaml", "title: bl\xE5\n",
         "a.yaml KIND_UNSPECIFIED unreadable; 1:10 invalid-utf8: byte 0xE5 is "
         "not valid UTF-8 here"},
        {"BadPlan", "a.yaml", "stage: NED\n",
         "a.yaml PLAN unreadable; 1:8 unknown-value: `stage`: no value `NED`"},
        {"BadJson", "a.json", "{\"stage\": \"NEED\",\n}",
         "a.json KIND_UNSPECIFIED unreadable; 2:1 json-syntax: not well-formed "
         "JSON: expected a key in double quotes"},
    }),
    [](const auto& test) { return test.param.name; });

constexpr char kLines[] =
    "\xEF\xBB\xBF{\"stage\": \"NEED\"}\r\n"
    "\n"
    "{\"stage\": \"NED\"}\n"
    "{\"stage\": \n"
    "{\"id\": \"last\"}";

TEST(ReadTest, LinesAreDocumentsOfTheirOwn) {
  const std::vector<std::string> want = {
      "a.jsonl#/lines/1 PLAN read",
      "a.jsonl#/lines/3 PLAN unreadable; 3:11 unknown-value: `stage`: no value "
      "`NED`",
      "a.jsonl#/lines/4 KIND_UNSPECIFIED unreadable; 4:11 json-syntax: not "
      "well-formed JSON: expected a value",
      "a.jsonl#/lines/5 PLAN read"};
  EXPECT_EQ(ReadAll("a.jsonl", kLines), want);

  std::istringstream stream(kLines);
  std::vector<std::string> streamed;
  ReadLines("a.jsonl", stream, {}, [&](const ReadResult& result) {
    streamed.push_back(Describe(result));
    return true;
  });
  EXPECT_EQ(streamed, want);
}

TEST(ReadTest, LinesKeepTheirNumberInTheSourceMap) {
  std::vector<std::int32_t> lines;
  Read({"a.jsonl", "\n\n{\"stage\": \"NEED\"}\n"}, {},
       [&](const ReadResult& result) {
         lines.push_back(result.source_map.Locate("stage").line);
       });
  EXPECT_THAT(lines, ElementsAre(3));
}

TEST(ReadTest, StreamStopsOnDemand) {
  std::istringstream stream(kLines);
  int count = 0;
  ReadLines("a.jsonl", stream, {}, [&](const ReadResult&) {
    ++count;
    return false;
  });
  EXPECT_EQ(count, 1);
}

TEST(ReadTest, SizesAreLimited) {
  ReadOptions options;
  options.max_plan_file_bytes = 12;
  EXPECT_THAT(ReadAll("a.yaml", "stage: NEED\n", options),
              ElementsAre("a.yaml PLAN read"));
  EXPECT_THAT(
      ReadAll("a.yaml", "stage: NEED \n", options),
      ElementsAre("a.yaml KIND_UNSPECIFIED unreadable; 1:1 too-large: the file "
                  "has 13 bytes; the limit is 12 bytes"));
  std::istringstream stream("{}\n{\"stage\": \"NEED\"}\n");
  std::vector<std::string> results;
  ReadLines("a.jsonl", stream, options, [&](const ReadResult& result) {
    results.push_back(Describe(result));
    return true;
  });
  EXPECT_EQ(results[1],
            "a.jsonl#/lines/2 KIND_UNSPECIFIED unreadable; 2:1 too-large: the "
            "line has 17 bytes; the limit is 12 bytes");
}

TEST(ReadTest, AHundredMegabytesAreRefused) {
  constexpr std::size_t kSize = 100'000'000;
  for (const char* head : {"stage: NEED # ", "{\"stage\": \""}) {
    std::string bytes = head;
    bytes.resize(kSize, 'x');
    EXPECT_THAT(
        ReadAll("a", std::move(bytes)),
        ElementsAre("a KIND_UNSPECIFIED unreadable; 1:1 too-large: the file "
                    "has 100000000 bytes; the limit is 16 MiB"));
  }
}

TEST(ReadTest, TenThousandLevelsAreRefused) {
  for (const char* open : {"[", "{\"a\":", "- "}) {
    std::string bytes;
    for (int i = 0; i < 10'000; ++i)
      bytes += open;
    const std::vector<std::string> results = ReadAll("a", bytes);
    ASSERT_EQ(results.size(), 1);
    EXPECT_THAT(results[0],
                testing::HasSubstr(
                    "too-deep: more than 100 levels of lists and mappings in "
                    "one another; that is the limit"));
  }
}

TEST(ReadTest, ReadOneWantsOneDocument) {
  EXPECT_EQ(Describe(ReadOne({"a.jsonl", "{\"stage\": \"NEED\"}\n"}, {})),
            "a.jsonl PLAN read");
  EXPECT_EQ(Describe(ReadOne({"a.jsonl", kLines}, {})),
            "a.jsonl PLAN unreadable; 1:1 several-plans: expected one "
            "document, got JSON Lines with several");
  EXPECT_EQ(Describe(ReadOne({"a.yaml", "stage: NEED\n"}, {})),
            "a.yaml PLAN read");
}

}  // namespace
}  // namespace klausul::intake
