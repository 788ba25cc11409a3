// Any bytes, with every extension and a variable of every type: what parses is
// printed and laid out without a change of meaning; what is checked keeps the
// type that the checker gave it; and evaluation ends, within its steps, with a
// value, an error or (in rules mode) an unknown.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

#include "tests/cel/everything.h"
#include "tests/cel/fits_type.h"
#include "tests/cel/round_trip.h"

namespace klausul::cel {
namespace {

[[noreturn]] void Fail(absl::string_view what, absl::string_view details) {
  std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(),
               std::string(details).c_str());
  std::abort();
}

void Run(absl::string_view text, Everything& host, bool type_check) {
  CheckOptions check_options;
  check_options.type_check = type_check;
  DiagnosticSink sink;
  const auto checked =
      Compile(Source(text), host.environment(), check_options, sink);
  if ((checked == nullptr) != sink.has_errors()) Fail("no diagnostic", text);
  if (checked == nullptr) return;
  EvalArena arena;
  EvalContext values_context(arena, *host.environment(), host.options());
  const std::vector<Value> values = host.Values(values_context);
  const Evaluator evaluator(checked);
  EvalContext context(arena, *host.environment(), host.options());
  const Value value = evaluator.Evaluate(VectorActivation(values), context);
  context.ResetSteps();
  const std::string shown = DebugString(value, context);
  if (shown.empty()) Fail("no text", text);
  context.ResetSteps();
  if (type_check && !FitsType(value, *checked, context)) {
    Fail(checked->result_type().ToString(), shown);
  }
  // The same again gives the same.
  EvalContext again(arena, *host.environment(), host.options());
  const Value second = evaluator.Evaluate(VectorActivation(values), again);
  if (second.kind() != value.kind()) Fail("not the same again", shown);
}

}  // namespace
}  // namespace klausul::cel

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using klausul::cel::Everything;
  using klausul::cel::Mode;
  static auto& conformance = *new Everything(Mode::kConformance);
  static auto& rules = *new Everything(Mode::kRules);
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  klausul::cel::ParseOptions options;
  options.macros = &conformance.environment()->macros();
  options.optional_syntax = true;
  const std::string fault = klausul::cel::RoundTripFault(text, options);
  if (!fault.empty()) klausul::cel::Fail("round trip", fault);
  klausul::cel::Run(text, conformance, /*type_check=*/true);
  klausul::cel::Run(text, conformance, /*type_check=*/false);
  klausul::cel::Run(text, rules, /*type_check=*/true);
  return 0;
}
