#include "service/cel/cel.h"

#include <utility>

#include "service/cel/parser.h"

namespace klausul::cel {

std::shared_ptr<const CheckedExpr> Compile(
    std::shared_ptr<const SourceFile> source,
    std::shared_ptr<const Environment> environment, const CheckOptions& options,
    DiagnosticSink& sink) {
  ParseOptions parse_options;
  parse_options.macros = &environment->macros();
  parse_options.optional_syntax = environment->optional_syntax();
  std::shared_ptr<const Ast> ast =
      Parse(std::move(source), parse_options, sink);
  if (ast == nullptr) return nullptr;
  return Check(std::move(ast), std::move(environment), options, sink);
}

}  // namespace klausul::cel
