// Any bytes as a file of rules beside a sound `rule_set.yaml`: the set loads,
// or is refused with diagnostics that can be shown.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "service/base/diagnostic.h"
#include "service/ruleset/lint.h"
#include "service/ruleset/repository.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using klausul::ruleset::RuleSetRepository;
  static constexpr char kHeader[] =
      "id: \"no\"\nversion: \"1\"\njurisdiction: \"NO\"\n"
      "title: {nb: a, nn: a, en: a}\n"
      "instruments: [{short: FOA, name: {nb: a, nn: a, en: a}, url: \"u\"}]\n";
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  klausul::DiagnosticSink sink;
  const auto repository = RuleSetRepository::Load(
      {{"rule_set.yaml", kHeader}, {"rules.yaml", bytes}}, {}, sink);
  if (repository.ok()) {
    if (sink.has_errors()) std::abort();
    klausul::ruleset::Lint(**repository, sink);
  } else if (!sink.has_errors()) {
    std::abort();
  }
  sink.RenderAll();
  return 0;
}
