// Any bytes: reading a notice ends, with a plan or with a reason that has a
// place. A plan that was read has a place for everything that it states.

#include "service/intake/eforms/eforms.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "service/base/diagnostic.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  namespace intake = klausul::intake;
  const intake::ReadResult result = intake::eforms::ReadNotice(
      "fuzz.xml", std::string(reinterpret_cast<const char*>(data), size), {});
  if (result.ok() != result.diagnostics.empty()) std::abort();
  for (const klausul::Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.message.empty() || klausul::Render(diagnostic).empty()) {
      std::abort();
    }
  }
  if (!result.ok()) return 0;
  if (!result.plan.IsInitialized()) std::abort();
  for (const char* path : {"stage", "award.criteria[0].weight",
                           "lots[1].dates.tender_deadline", "buyer.name"}) {
    const intake::Location place = result.source_map.Locate(path);
    if (place.line < 1 || place.column < 1 || place.xpath.empty()) std::abort();
  }
  return 0;
}
