#ifndef KLAUSUL_SERVICE_INTAKE_READ_H_
#define KLAUSUL_SERVICE_INTAKE_READ_H_

#include <istream>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

#include "service/intake/document.h"

namespace klausul::intake {

// Documents in, plans out.
//
// A document is a plan file (YAML, JSON, JSON Lines) or an eForms notice (XML).
// What it is shows from its first bytes, not from its name; the name tells only
// JSON Lines from JSON.
//
//   Read({"plans/youth.yaml", bytes}, {}, [](ReadResult result) {
//     if (!result.ok()) { ... result.diagnostics ... }
//   });

// One input.
struct Input {
  // Name of the file, or what the client calls the document.
  std::string uri;
  std::string bytes;
};

enum class DocumentFormat {
  kEmpty,
  kXml,
  kJson,
  kJsonLines,
  kYaml,
  // UTF-16 or UTF-32 without being XML.
  kWideText,
};

// What the bytes look like; `uri` is a hint for JSON Lines only.
DocumentFormat DetectFormat(absl::string_view uri, absl::string_view bytes);

// Reads every document in the input, in order, and hands each to `on_result`:
// one, or one a line for JSON Lines. Never fails as a whole; what is wrong is
// in the results.
void Read(Input input, const ReadOptions& options,
          absl::FunctionRef<void(ReadResult)> on_result);

// Reads JSON Lines of any length line by line, in flat memory. Stops early
// where `on_result` returns false.
void ReadLines(absl::string_view uri, std::istream& lines,
               const ReadOptions& options,
               absl::FunctionRef<bool(ReadResult)> on_result);

// Reads an input that has to be a single document; JSON Lines with more than
// one line is unreadable.
ReadResult ReadOne(Input input, const ReadOptions& options);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_READ_H_
