#ifndef KLAUSUL_SERVICE_CEL_PARSER_H_
#define KLAUSUL_SERVICE_CEL_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/ast.h"
#include "service/cel/macros.h"

namespace klausul::cel {

// What bounds an expression, which a stranger may have written. Going past one
// is an error that names it.
struct ParseLimits {
  // Bytes of text.
  static constexpr std::size_t kMaxSourceBytes = std::size_t{1} << 20;
  // Brackets, calls, prefix operators and `?:` inside one another: what the
  // parser itself recurses for. The language asks for 32 at the most; other
  // implementations stop at 250, too.
  static constexpr std::int32_t kMaxNesting = 250;
  // Depth of the tree, where a chain such as `a + b + c` or `a.b.c` counts one
  // for each link: what every walk over the tree recurses for.
  static constexpr std::int32_t kMaxTreeDepth = 1000;
  // Errors reported; the parser gives up after that many.
  static constexpr std::size_t kMaxErrors = 100;
};

struct ParseOptions {
  // Null: no macros.
  const std::vector<Macro>* macros = &StandardMacros();
  // `e.?f`, `e[?i]`, `[?e]`, `{?k: v}`, `M{?f: v}`.
  bool optional_syntax = false;
  // May be lowered, not raised.
  std::size_t max_source_bytes = ParseLimits::kMaxSourceBytes;
  std::int32_t max_nesting = ParseLimits::kMaxNesting;
};

// Parses one expression, the whole of `source`. All syntax errors go to `sink`
// in one pass; null where there is one.
std::shared_ptr<const Ast> Parse(std::shared_ptr<const SourceFile> source,
                                 const ParseOptions& options,
                                 DiagnosticSink& sink);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_PARSER_H_
