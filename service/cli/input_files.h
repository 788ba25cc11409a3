#ifndef KLAUSUL_SERVICE_CLI_INPUT_FILES_H_
#define KLAUSUL_SERVICE_CLI_INPUT_FILES_H_

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

// The files that the arguments mean: files as they are, folders walked for
// `.xml .json .jsonl .yaml .yml`, sorted, hidden names left out. Paths that do
// not exist stay in the list: reading them says so in their place.
std::vector<InputFile> ListInputs(const std::vector<std::string>& arguments);

// Hands out what is in a file: itself, or each line of a JSON Lines file
// (`FILE#/lines/3`), so that memory stays flat over a long one. Reads at most
// one byte more than `max_bytes` of a document; reading it then says that it is
// too large. The status is of opening and reading the file.
absl::Status ForEachDocument(const std::string& path, std::size_t max_bytes,
                             absl::FunctionRef<void(v1::Document)> on_document);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_INPUT_FILES_H_
