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
  const auto status =
      ForEachBatch(Write("x.jsonl", "{}\n" + std::string(200'000, '\n') + "{}\n"), 1000,
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

}  // namespace
}  // namespace klausul::cli
