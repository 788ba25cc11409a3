#ifndef KLAUSUL_TESTS_CEL_ROUND_TRIP_H_
#define KLAUSUL_TESTS_CEL_ROUND_TRIP_H_

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "service/cel/format.h"
#include "service/cel/parser.h"
#include "service/cel/unparse.h"
#include "tests/cel/describe.h"

namespace klausul::cel {

// What is wrong with the printed forms of an expression that parses: empty
// where each of them parses back to the same tree, and formatting what has been
// formatted changes nothing.
inline std::string RoundTripFault(absl::string_view text,
                                  const ParseOptions& options) {
  const auto parse = [&options](absl::string_view source) {
    DiagnosticSink sink;
    return Parse(Source(source), options, sink);
  };
  const auto ast = parse(text);
  if (ast == nullptr) return "";
  // Escapes, blanks and indentation may make more bytes than are read.
  const auto differs = [&](const std::string& printed) {
    if (printed.size() > ParseLimits::kMaxSourceBytes) return false;
    const auto again = parse(printed);
    return again == nullptr || !SameTree(*ast->root(), *again->root());
  };
  const std::string line = Unparse(*ast->root());
  if (differs(line)) return absl::StrCat("unparsed: ", line);
  for (const std::size_t width : {std::size_t{80}, std::size_t{24}}) {
    FormatOptions format;
    format.width = width;
    DiagnosticSink sink;
    const auto once = Format(Source(text), format, sink);
    if (!once.has_value()) return "does not format";
    if (differs(*once)) return absl::StrCat("formatted:\n", *once);
    if (once->size() > ParseLimits::kMaxSourceBytes) continue;
    const auto twice = Format(Source(*once), format, sink);
    if (!twice.has_value() || *twice != *once) {
      return absl::StrCat("formatted at ", width, ":\n", *once, "\nand then:\n",
                          twice.value_or("nothing"));
    }
  }
  return "";
}

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_ROUND_TRIP_H_
