#ifndef KLAUSUL_SERVICE_CLI_ARCHIVE_CHECK_H_
#define KLAUSUL_SERVICE_CLI_ARCHIVE_CHECK_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/optional.h"

#include "klausul/v1/evaluate_options.pb.h"
#include "klausul/v1/report.pb.h"

#include "service/cli/input_files.h"
#include "service/cli/progress.h"
#include "service/report/report_writer.h"
#include "service/review/reviewer.h"

// Many documents in, one report out: reading, evaluation and writing go on at
// the same time, in the order of the inputs and in flat memory.

namespace klausul::cli {

// Evaluates documents here or on a server. Thread-safe.
class Evaluator {
 public:
  virtual ~Evaluator() = default;

  // The status is of the evaluation as such; what is wrong with a document
  // stands in its result.
  virtual absl::Status Evaluate(
      const v1::Document& document, const v1::EvaluateOptions& options,
      absl::FunctionRef<void(review::Reviewed)> on_reviewed) const = 0;
};

// The bytes of all files together; nothing where one of them is standard input
// or a pipe.
absl::optional<std::uint64_t> TotalBytes(const std::vector<InputFile>& files);

struct ArchiveResult {
  v1::CheckSummary summary;
  // Not OK where the evaluation itself ended early: the server is gone, a bound
  // was met. What was evaluated before is written.
  absl::Status failure;
};

// Evaluates what `shard` takes of the files with `jobs` threads and gives the
// documents to `writer`
// in order, each as soon as all earlier ones are there. What is unreadable is
// complained of on standard error and reported in its place. After some
// documents have been written `on_written` may flush; it says whether to go on.
// The caller still has to call writer.Finish().
ArchiveResult CheckArchive(const std::vector<InputFile>& files,
                           const Shard& shard, int jobs,
                           const Evaluator& evaluator,
                           const v1::EvaluateOptions& options,
                           report::ReportWriter& writer, Progress& progress,
                           absl::FunctionRef<bool()> on_written);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_ARCHIVE_CHECK_H_
