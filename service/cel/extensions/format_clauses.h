#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_CLAUSES_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_CLAUSES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace klausul::cel {

// One piece of the text that `format` is called on: text to copy, or a clause
// `%[.precision]conversion` that stands for an argument.
struct FormatPiece {
  // Where nothing else is said of a clause that has a precision.
  static constexpr int kDefaultPrecision = 6;
  // A double has 767 significant digits at most; the rest is zeros.
  static constexpr int kMaxPrecision = 1000;

  absl::string_view text;
  // One of `s d f e b o x X`, or 0 where `text` is to be copied.
  char conversion = 0;
  int precision = kDefaultPrecision;
};

// Reads a format from front to back. The format must outlive it.
//
//   FormatReader reader(format);
//   FormatPiece piece;
//   while (reader.Next(piece)) ...
//   if (!reader.error().empty()) ...
class FormatReader {
 public:
  explicit FormatReader(absl::string_view format) : rest_(format) {}

  // False at the end, and at a mistake.
  bool Next(FormatPiece& piece);

  // What is wrong with the format; empty where nothing is, so far.
  const std::string& error() const { return error_; }

 private:
  bool ReadClause(FormatPiece& piece);
  bool ReadPrecision(FormatPiece& piece);

  absl::string_view rest_;
  std::string error_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_CLAUSES_H_
