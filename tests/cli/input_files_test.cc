#include "service/cli/input_files.h"

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::ElementsAre;

using InputFilesTest = testing_support::CommandLineTest;

TEST_F(InputFilesTest, WalksFoldersSortedWithoutHiddenNames) {
  Write("in/b.xml", "");
  Write("in/a/z.yml", "");
  Write("in/a/.x/y.json", "");
  Write("in/c.txt", "");
  Write("in/.klausul.yaml", "");
  std::vector<std::string> paths;
  for (const InputFile& file : ListInputs({Path("in"), Path("c.txt")})) {
    paths.push_back(file.path + (file.named ? " named" : ""));
  }
  EXPECT_THAT(paths, ElementsAre(Path("in/a/z.yml"), Path("in/b.xml"),
                                 Path("c.txt") + " named"));
}

TEST_F(InputFilesTest, AShardIsAnIndexBelowACount) {
  const auto last = ParseShard("7/8");
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(last->index, 7U);
  EXPECT_EQ(last->count, 8U);
  EXPECT_TRUE(ParseShard("99999/100000").ok());
  for (const char* text :
       {"", "/", "1", "1/", "/2", "8/8", "0/0", "-1/2", "+0/2", " 0/2", "0/2 ",
        "0/2/3", "a/b", "0.5/2", "0/100001", "0/99999999999999999999999"}) {
    EXPECT_EQ(ParseShard(text).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST_F(InputFilesTest, ShardsListAlikeWhateverTheOrderOfTheArguments) {
  std::vector<InputFile> one = {{"b", true}, {"a/c", false}, {"a", true}};
  std::vector<InputFile> two = {{"a", true}, {"b", true}, {"a/c", false}};
  SortForSharding(one);
  SortForSharding(two);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(one[i].path, two[i].path);
  EXPECT_EQ(one.front().path, "a");
}

TEST_F(InputFilesTest, AFileIsReadToOneByteOverTheLimit) {
  const std::string path = Write("big.xml", std::string(300'000, 'x'));
  std::size_t size = 0;
  const auto status = ForEachDocument(
      path, 100, [&](const v1::Document& d) { size = d.content().size(); });
  EXPECT_TRUE(status.ok());
  EXPECT_GT(size, 100U);
  EXPECT_LT(size, 300'000U);
}

TEST_F(InputFilesTest, LinesKeepTheirNumbersAndALongOneDoesNotFillTheMemory) {
  const std::string path =
      Write("x.jsonl", "{}\r\n\n" + std::string(500'000, 'y') + "\nlast");
  std::vector<std::string> seen;
  const auto status = ForEachDocument(path, 1000, [&](const v1::Document& d) {
    EXPECT_LT(d.content().size(), 200'000U);
    seen.push_back(d.uri().substr(path.size()) + "@" +
                   std::to_string(d.first_line()));
  });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(seen, ElementsAre("#/lines/1@1", "#/lines/3@3", "#/lines/4@4"));
}

TEST_F(InputFilesTest, LinesComeInBatchesOfABoundedSize) {
  std::string text;
  for (std::size_t i = 0; i < 2 * kMaxBatch + 1; ++i)
    text += "{}\n";
  std::vector<std::size_t> sizes;
  const auto status = ForEachBatch(Write("x.jsonl", text), 1000,
                                   [&](std::vector<v1::Document> batch) {
                                     sizes.push_back(batch.size());
                                     return true;
                                   });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(sizes, ElementsAre(kMaxBatch, kMaxBatch, 1));
}

TEST_F(InputFilesTest, ReadingStopsWhereNoMoreIsWanted) {
  int batches = 0;
  const auto status = ForEachBatch(
      Write("x.jsonl", "{}\n" + std::string(200'000, '\n') + "{}\n"), 1000,
      [&](const std::vector<v1::Document>&) {
        ++batches;
        return false;
      });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(batches, 1);
}

TEST_F(InputFilesTest, LinesAreToldByTheNameOrByTheContent) {
  const std::string two = "{\"id\": \"a\"}\n{\"id\": \"b\"}\n";
  EXPECT_TRUE(HoldsJsonLines(Write("a.jsonl", "")));
  EXPECT_TRUE(HoldsJsonLines(Write("a.ndjson", "")));
  EXPECT_TRUE(HoldsJsonLines(Write("two.json", two)));
  EXPECT_FALSE(HoldsJsonLines(Write("one.json", "{\n\"id\": \"a\"}\n")));
  EXPECT_FALSE(HoldsJsonLines(Write("two.yaml", two)));
  EXPECT_FALSE(HoldsJsonLines(Path("gone.json")));
  EXPECT_FALSE(HoldsJsonLines("-"));
  int documents = 0;
  EXPECT_TRUE(ForEachDocument(Path("two.json"), 1000, [&](v1::Document) {
                ++documents;
              }).ok());
  EXPECT_EQ(documents, 2);
}

TEST_F(InputFilesTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(ForEachDocument(Path("none"), 10, [](v1::Document) {}).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(InputFilesTest, APatternMeansWhatItMatches) {
  const std::string a = Write("in/a.yaml", "");
  const std::string b = Write("in/deep/b.yaml", "");
  const std::vector<InputFile> files = ListInputs({Path("in/**/*.yaml")});
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, a);
  EXPECT_FALSE(files[0].named);
  EXPECT_EQ(files[1].path, b);
  // One that matches nothing stays, to be reported.
  EXPECT_TRUE(ListInputs({Path("in/*.nothing")}).at(0).named);
  // A file may be called like a pattern.
  const std::string odd = Write("in/[a].yaml", "");
  EXPECT_EQ(ListInputs({odd}).at(0).path, odd);
  EXPECT_TRUE(ListInputs({odd}).at(0).named);
}

}  // namespace
}  // namespace klausul::cli
