#include "service/cli/archive_check.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"

#include "service/report/summary.h"
#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using review::Reviewed;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

// Counts what it is given; what says `bad` is unreadable, what says `stop` ends
// the evaluation.
class FakeEvaluator : public Evaluator {
 public:
  absl::Status Evaluate(
      const v1::Document& document, const v1::EvaluateOptions& /*options*/,
      absl::FunctionRef<void(Reviewed)> on_reviewed) const override {
    if (absl::StrContains(document.content(), "stop")) {
      return absl::UnavailableError("gone");
    }
    Reviewed reviewed;
    reviewed.report.set_uri(document.uri());
    if (absl::StrContains(document.content(), "bad")) {
      reviewed.status = Reviewed::Status::kUnreadable;
      reviewed.report.mutable_error()->set_message("cannot be read");
      reviewed.report.mutable_error()->set_line(document.first_line());
      reviewed.report.mutable_error()->set_column(7);
    }
    on_reviewed(std::move(reviewed));
    return absl::OkStatus();
  }
};

// Keeps the uris, rendered or not.
class Uris : public report::ReportWriter {
 public:
  explicit Uris(bool renders) : renders_(renders) {}

  void Add(const v1::DocumentReport& document) override {
    uris.push_back(document.uri());
  }

  absl::optional<std::string> Render(
      const v1::DocumentReport& document) const override {
    if (!renders_) return absl::nullopt;
    return document.uri();
  }

  void AddRendered(absl::string_view document) override {
    uris.emplace_back(document);
  }

  void Finish(const v1::CheckSummary& /*summary*/) override {}

  std::vector<std::string> uris;

 private:
  const bool renders_;
};

class ArchiveCheckTest : public testing_support::CommandLineTest {
 protected:
  // Checks named files; what goes to standard error is in `complaints_`.
  ArchiveResult Check(const std::vector<std::string>& paths, int jobs,
                      report::ReportWriter& writer,
                      absl::FunctionRef<bool()> on_written,
                      const Shard& shard = Shard()) {
    Progress progress(absl::nullopt, absl::Now(), Progress::Output());
    testing::internal::CaptureStderr();
    ArchiveResult result =
        CheckArchive(ListInputs(paths), shard, jobs, FakeEvaluator(), {},
                     writer, progress, on_written);
    complaints_ = testing::internal::GetCapturedStderr();
    return result;
  }

  ArchiveResult Check(const std::vector<std::string>& paths, int jobs,
                      report::ReportWriter& writer) {
    return Check(paths, jobs, writer, [] { return true; });
  }

  std::string complaints_;
};

TEST_F(ArchiveCheckTest, FilesAndLinesStandInOneOrder) {
  std::string text;
  for (int i = 1; i <= 500; ++i)
    absl::StrAppend(&text, "{\"id\": \"", i, "\"}\n");
  const std::string lines = Write("b.jsonl", text);
  const std::string first = Write("a.yaml", "id: a");
  const std::string last = Write("c.yaml", "id: c");
  for (const bool renders : {true, false}) {
    for (const int jobs : {1, 2, 8}) {
      Uris writer(renders);
      const ArchiveResult result = Check({first, lines, last}, jobs, writer);
      EXPECT_TRUE(result.failure.ok());
      EXPECT_EQ(result.summary.documents(), 502);
      ASSERT_EQ(writer.uris.size(), 502U);
      EXPECT_EQ(writer.uris.front(), first);
      EXPECT_EQ(writer.uris.back(), last);
      for (int i = 1; i <= 500; ++i) {
        EXPECT_EQ(writer.uris[static_cast<std::size_t>(i)],
                  absl::StrCat(lines, "#/lines/", i));
      }
    }
  }
}

TEST_F(ArchiveCheckTest, AnUnreadableLineIsReportedInItsPlace) {
  const std::string lines = Write("a.jsonl", "{\"a\"}\n\n{\"bad\"}\n{\"b\"}");
  Uris writer(/*renders=*/true);
  const ArchiveResult result = Check({lines}, 2, writer);
  EXPECT_THAT(writer.uris, ElementsAre(lines + "#/lines/1", lines + "#/lines/3",
                                       lines + "#/lines/4"));
  EXPECT_EQ(result.summary.unreadable(), 1);
  EXPECT_EQ(complaints_,
            "klausul: " + lines + "#/lines/3:3:7: cannot be read\n");
}

TEST_F(ArchiveCheckTest, AFileThatIsNotThereIsReportedInItsPlace) {
  const std::string file = Write("a.yaml", "id: a");
  for (const char* name : {"gone.yaml", "gone.jsonl"}) {
    Uris writer(/*renders=*/true);
    const ArchiveResult result = Check({file, Path(name), file}, 2, writer);
    EXPECT_THAT(writer.uris, ElementsAre(file, Path(name), file));
    EXPECT_EQ(result.summary.unreadable(), 1);
    EXPECT_THAT(complaints_, HasSubstr("no such file or folder"));
  }
}

TEST_F(ArchiveCheckTest, AnEvaluationThatEndsKeepsWhatWasBefore) {
  const std::string lines =
      Write("a.jsonl", "{\"a\"}\n{\"stop\"}\n{\"never seen\"}\n");
  for (const int jobs : {1, 4}) {
    Uris writer(/*renders=*/true);
    const ArchiveResult result = Check({lines}, jobs, writer);
    EXPECT_EQ(result.failure.message(), lines + "#/lines/2: gone");
    EXPECT_EQ(result.failure.code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(writer.uris, ElementsAre(lines + "#/lines/1"));
  }
}

TEST_F(ArchiveCheckTest, WhatCannotBeWrittenEndsTheRun) {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "{}\n";
  Uris writer(/*renders=*/true);
  Check({Write("a.jsonl", text)}, 2, writer, [] { return false; });
  EXPECT_EQ(writer.uris.size(), kMaxBatch);
}

TEST_F(ArchiveCheckTest, TheShardsOfAnArchiveAreTheWholeOfIt) {
  std::string text;
  for (int i = 1; i <= 200; ++i)
    absl::StrAppend(&text, i % 5 == 0 ? "\n" : "{}\n");
  const std::vector<std::string> paths = {
      Write("a.yaml", "id: a"), Write("b.jsonl", text),   Path("gone.yaml"),
      Write("c.jsonl", "{}\n"), Write("d.yaml", "id: d"), Path("gone.jsonl")};
  Uris all(/*renders=*/true);
  Check(paths, 2, all);
  ASSERT_EQ(all.uris.size(), 165U);
  for (const std::size_t count : {1, 2, 3, 7, 400}) {
    std::vector<std::string> together;
    for (std::size_t index = 0; index < count; ++index) {
      Uris shard(/*renders=*/true);
      Check(paths, 2, shard, [] { return true; }, {index, count});
      // No shard gets more than its turn of the 206 places.
      EXPECT_LE(shard.uris.size(), 206 / count + 2);
      together.insert(together.end(), shard.uris.begin(), shard.uris.end());
    }
    EXPECT_THAT(together, UnorderedElementsAreArray(all.uris)) << count;
  }
}

TEST_F(ArchiveCheckTest, LinesAreDealtOutByTheirNumber) {
  const std::string a = Write("a.yaml", "id: a");
  const std::string b = Write("b.jsonl", "{}\n{}\n\n{}\n{}\n");
  Uris shard(/*renders=*/true);
  Check({a, b}, 1, shard, [] { return true; }, {1, 3});
  EXPECT_THAT(shard.uris, ElementsAre(b + "#/lines/1", b + "#/lines/4"));
}

TEST_F(ArchiveCheckTest, TotalBytesAreKnownForFilesAlone) {
  const std::string a = Write("a.yaml", "12345");
  const std::string b = Write("b.yaml", "123");
  EXPECT_EQ(TotalBytes(ListInputs({a, b, Path("gone.yaml")})), 8U);
  EXPECT_EQ(TotalBytes(ListInputs({a, "-"})), absl::nullopt);
}

}  // namespace
}  // namespace klausul::cli
