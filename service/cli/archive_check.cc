#include "service/cli/archive_check.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/cli/console.h"
#include "service/cli/ordered_pipeline.h"
#include "service/intake/document.h"
#include "service/report/summary.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

using review::Reviewed;

// Between reading and writing there are this many items a worker: enough for
// the others to go on while one has a hard one.
constexpr std::size_t kItemsAhead = 4;

// A file for a worker to read, or lines that have been read.
struct Item {
  const InputFile* file = nullptr;
  std::vector<v1::Document> documents;
  // Of the file, of which the documents are a part.
  absl::Status read;
};

// What came of one document.
struct Checked {
  // Rendered where the form allows it; else the report itself.
  absl::optional<std::string> rendered;
  v1::DocumentReport report;
  // What standard error is to say; empty where all is well.
  std::string complaint;
};

struct CheckedItem {
  std::vector<Checked> documents;
  v1::CheckSummary summary;
  std::uint64_t bytes = 0;
  absl::Status status;
};

// Whoever reads only standard error learns which input is unreadable, where,
// and what was expected.
std::string ComplaintOf(const v1::DocumentReport& report) {
  const v1::DocumentError& error = report.error();
  std::string place = report.uri();
  if (error.line() > 0) {
    absl::StrAppend(&place, ":", error.line(), ":", error.column());
  }
  return absl::StrCat("klausul: ", place, ": ", error.message());
}

Reviewed UnreadableFile(const std::string& path, const absl::Status& status) {
  Reviewed reviewed;
  reviewed.status = Reviewed::Status::kUnreadable;
  reviewed.report.set_uri(path);
  reviewed.report.mutable_error()->set_message(std::string(status.message()));
  return reviewed;
}

// Evaluates an item and renders what comes of it. Thread-safe.
class Worker {
 public:
  Worker(const Evaluator& evaluator, const v1::EvaluateOptions& options,
         const report::ReportWriter& writer)
      : evaluator_(evaluator), options_(options), writer_(writer) {}

  CheckedItem operator()(Item item) const {
    CheckedItem checked;
    checked.summary = report::EmptySummary();
    for (const v1::Document& document : item.documents)
      Evaluate(document, *item.file, checked);
    if (item.documents.empty() && item.read.ok()) {
      item.read = ForEachBatch(item.file->path, intake::kMaxNoticeBytes,
                               [&](const std::vector<v1::Document>& batch) {
                                 for (const v1::Document& document : batch)
                                   Evaluate(document, *item.file, checked);
                                 return checked.status.ok();
                               });
    }
    if (!item.read.ok()) {
      Add(UnreadableFile(item.file->path, item.read), *item.file, checked);
    }
    return checked;
  }

 private:
  void Evaluate(const v1::Document& document, const InputFile& file,
                CheckedItem& checked) const {
    if (!checked.status.ok()) return;
    // A line has an end.
    checked.bytes += document.content().size() + 1;
    const absl::Status status = evaluator_.Evaluate(
        document, options_,
        [&](Reviewed reviewed) { Add(std::move(reviewed), file, checked); });
    if (!status.ok()) {
      checked.status = absl::Status(
          status.code(), absl::StrCat(document.uri(), ": ", status.message()));
    }
  }

  void Add(Reviewed reviewed, const InputFile& file,
           CheckedItem& checked) const {
    if (reviewed.status == Reviewed::Status::kNotADocument && !file.named) {
      checked.summary.set_skipped(checked.summary.skipped() + 1);
      return;
    }
    report::AddToSummary(reviewed.report, checked.summary);
    Checked& document = checked.documents.emplace_back();
    if (reviewed.report.has_error()) {
      document.complaint = ComplaintOf(reviewed.report);
    }
    document.rendered = writer_.Render(reviewed.report);
    if (!document.rendered.has_value()) {
      document.report = std::move(reviewed.report);
    }
  }

  const Evaluator& evaluator_;
  const v1::EvaluateOptions& options_;
  const report::ReportWriter& writer_;
};

// Standard input, a pipe, a device: can be read once only.
bool IsStream(const std::string& path) {
  std::error_code error;
  return path == "-" || fs::is_other(path, error);
}

// Keeps the lines that the shard takes of the file at a place among the inputs.
void DropOthers(const Shard& shard, std::size_t place,
                std::vector<v1::Document>& lines) {
  if (shard.count == 1) return;
  const auto others =
      std::remove_if(lines.begin(), lines.end(), [&](const v1::Document& line) {
        const int number = std::max(line.first_line(), 1);
        return !shard.Takes(place + static_cast<std::size_t>(number) - 1);
      });
  lines.erase(others, lines.end());
}

// What may be long is read here, piece by piece; whole documents are read by
// the workers, which need not wait for each other.
void ReadItems(const std::vector<InputFile>& files, const Shard& shard,
               absl::FunctionRef<bool(Item)> push) {
  for (std::size_t place = 0; place < files.size(); ++place) {
    const InputFile& file = files[place];
    bool go_on = true;
    bool is_read = false;
    Item last{&file, {}, absl::OkStatus()};
    if (!IsStream(file.path) && !HoldsJsonLines(file.path)) {
      if (shard.Takes(place)) go_on = push(std::move(last));
    } else {
      last.read = ForEachBatch(
          file.path, intake::kMaxNoticeBytes,
          [&](std::vector<v1::Document> documents) {
            is_read = true;
            DropOthers(shard, place, documents);
            if (documents.empty()) return true;
            go_on = push({&file, std::move(documents), absl::OkStatus()});
            return go_on;
          });
      // Reading that breaks off takes something from every shard; a file that
      // is not there is one document.
      if (go_on && !last.read.ok() && (is_read || shard.Takes(place))) {
        go_on = push(std::move(last));
      }
    }
    if (!go_on) return;
  }
}

}  // namespace

absl::optional<std::uint64_t> TotalBytes(const std::vector<InputFile>& files) {
  std::uint64_t total = 0;
  for (const InputFile& file : files) {
    std::error_code error;
    if (IsStream(file.path)) return absl::nullopt;
    // What is not there has none.
    const std::uintmax_t bytes = fs::file_size(file.path, error);
    if (!error) total += bytes;
  }
  return total;
}

ArchiveResult CheckArchive(const std::vector<InputFile>& files,
                           const Shard& shard, int jobs,
                           const Evaluator& evaluator,
                           const v1::EvaluateOptions& options,
                           report::ReportWriter& writer, Progress& progress,
                           absl::FunctionRef<bool()> on_written) {
  ArchiveResult result;
  result.summary = report::EmptySummary();
  const Worker worker(evaluator, options, writer);
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
  const auto write = [&](CheckedItem checked) {
    for (const Checked& document : checked.documents) {
      if (!document.complaint.empty()) {
        progress.Clear();
        Complain(document.complaint);
      }
      if (document.rendered.has_value()) {
        writer.AddRendered(*document.rendered);
      } else {
        writer.Add(document.report);
      }
    }
    report::AddSummary(checked.summary, result.summary);
    bytes += checked.bytes;
    documents += checked.documents.size();
    progress.Update(documents, bytes, absl::Now());
    result.failure = std::move(checked.status);
    return on_written() && result.failure.ok();
  };
  // A single document has nothing to be done at the same time.
  if (files.size() == 1 && !IsStream(files[0].path) &&
      !HoldsJsonLines(files[0].path)) {
    jobs = 1;
  }
  OrderedPipeline<Item, CheckedItem>(
      jobs, static_cast<std::size_t>(std::max(jobs, 1)) * kItemsAhead)
      .Run([&](auto push) { ReadItems(files, shard, push); }, worker, write);
  progress.Clear();
  return result;
}

}  // namespace klausul::cli
