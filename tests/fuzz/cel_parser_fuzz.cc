// Any bytes: the parser ends, with a tree or with errors, and what it prints
// of a tree parses back to the same tree.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/parser.h"
#include "service/cel/unparse.h"

namespace klausul::cel {
namespace {

const std::vector<Macro>& Macros() {
  static const auto& macros = *[] {
    auto* all = new std::vector<Macro>(StandardMacros());
    for (const auto* more : {&TwoVariableMacros(), &BindMacros()}) {
      all->insert(all->end(), more->begin(), more->end());
    }
    return all;
  }();
  return macros;
}

std::shared_ptr<const Ast> ParseText(absl::string_view text) {
  ParseOptions options;
  options.macros = &Macros();
  options.optional_syntax = true;
  DiagnosticSink sink;
  auto ast = Parse(std::make_shared<SourceFile>("fuzz", std::string(text)),
                   options, sink);
  // A refusal says why, in words that can be shown.
  if ((ast == nullptr) != sink.has_errors()) std::abort();
  if (ast == nullptr && sink.RenderAll().empty()) std::abort();
  return ast;
}

}  // namespace
}  // namespace klausul::cel

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using klausul::cel::ParseText;
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto ast = ParseText(text);
  if (ast == nullptr) return 0;
  const std::string printed = klausul::cel::Unparse(*ast->root());
  // Escapes and spaces can make the printed form longer than the limit.
  if (printed.size() > klausul::cel::ParseLimits::kMaxSourceBytes) return 0;
  const auto again = ParseText(printed);
  if (again == nullptr ||
      !klausul::cel::SameTree(*ast->root(), *again->root())) {
    std::fprintf(stderr, "printed: %s\n", printed.c_str());
    std::abort();
  }
  return 0;
}
