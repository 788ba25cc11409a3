#ifndef KLAUSUL_SERVICE_CLI_INPUT_FILES_H_
#define KLAUSUL_SERVICE_CLI_INPUT_FILES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/evaluate_options.pb.h"

namespace klausul::cli {

// A file to check.
struct InputFile {
  // As the user wrote it, or that folder and the way below it; `-` is standard
  // input.
  std::string path;
  // The user named it, rather than a folder above it. What was only found and
  // turns out to be no procurement document is skipped.
  bool named = true;
};

// The files that the arguments mean: files as they are, patterns (glob_files.h)
// by what they match, folders walked for
// `.xml .json .jsonl .yaml .yml`, sorted, hidden names left out. Paths that do
// not exist stay in the list: reading them says so in their place.
std::vector<InputFile> ListInputs(const std::vector<std::string>& arguments);

// One of several runs that share an archive. Shards 0/3, 1/3 and 2/3 of the
// same inputs take every document once between them.
struct Shard {
  std::size_t index = 0;
  std::size_t count = 1;

  // Dealt out in turn: whole files by their place among the inputs, lines of
  // JSON Lines by that and their number in the file, so that a single long file
  // is shared, too, and no shard needs to know what the others have read.
  bool Takes(std::size_t number) const { return number % count == index; }
};

inline constexpr std::size_t kMaxShards = 100'000;

// Reads INDEX/COUNT, such as `0/8`; the first has index 0, as in an Indexed Job
// of Kubernetes. INVALID_ARGUMENT else.
absl::StatusOr<Shard> ParseShard(absl::string_view text);

// The same inputs sorted by path: whoever lists them, in whatever order and
// locale, deals out alike.
void SortForSharding(std::vector<InputFile>& files);

// Whether a file holds a document a line: by its name, or because its first
// line is a whole JSON object with another one behind it. Standard input is
// looked at only when it is read. False where the file cannot be read.
bool HoldsJsonLines(const std::string& path);

// Hands out what is in a file: itself, or the lines of JSON Lines
// (`FILE#/lines/3`), several at a time but never waiting for more: those that
// one read of the file brought, at most kMaxBatch. Memory stays flat over a
// long file. Stops where `on_batch` gives false.
//
// Reads little more than `max_bytes` of a document, and of a line little more
// than intake takes; reading it then says that it is too large. The status is
// of opening and reading the file.
inline constexpr std::size_t kMaxBatch = 16;

absl::Status ForEachBatch(
    const std::string& path, std::size_t max_bytes,
    absl::FunctionRef<bool(std::vector<v1::Document>)> on_batch);

// The same one by one.
absl::Status ForEachDocument(const std::string& path, std::size_t max_bytes,
                             absl::FunctionRef<void(v1::Document)> on_document);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_INPUT_FILES_H_
