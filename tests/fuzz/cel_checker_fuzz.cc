// Any bytes: the checker ends, in both modes and without a type check, with a
// checked expression or with errors, never with both.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "absl/strings/string_view.h"

#include "tests/cel/checker_fixture.h"

namespace klausul::cel {
namespace {

void CheckText(absl::string_view text,
               const std::shared_ptr<const Environment>& environment,
               bool type_check) {
  CheckOptions options;
  options.type_check = type_check;
  DiagnosticSink sink;
  const auto checked = Compile(Source(text), environment, options, sink);
  if ((checked == nullptr) != sink.has_errors()) std::abort();
  if (checked == nullptr) {
    if (sink.RenderAll().empty()) std::abort();
    return;
  }
  // A type can be printed, and has no parameter left that stands for nothing.
  for (ExprId id = 1; id <= checked->ast().max_id(); ++id) {
    const Type& type = checked->type(checked->ast().node(id));
    if (type.Is(TypeKind::kParam) || type.ToString().empty()) std::abort();
  }
}

}  // namespace
}  // namespace klausul::cel

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using klausul::cel::CheckText;
  static const auto& conformance =
      *new auto(klausul::cel::ConformanceEnvironment());
  static const auto& rules = *new auto(klausul::cel::RulesEnvironment());
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  CheckText(text, conformance, /*type_check=*/true);
  CheckText(text, conformance, /*type_check=*/false);
  CheckText(text, rules, /*type_check=*/true);
  return 0;
}
