// Any bytes: each document in them is a plan, or is refused with a message and
// a place inside the text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "service/intake/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using klausul::intake::ReadResult;
  if (size == 0) return 0;
  // The first byte chooses the name, which tells JSON Lines from JSON.
  const std::string uri = data[0] % 2 == 0 ? "fuzz" : "fuzz.jsonl";
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  int results = 0;
  klausul::intake::Read({uri, bytes}, {}, [&](const ReadResult& result) {
    ++results;
    if (result.ok()) return;
    if (result.diagnostics.empty()) std::abort();
    for (const klausul::Diagnostic& diagnostic : result.diagnostics) {
      if (diagnostic.message.empty()) std::abort();
      if (diagnostic.file == nullptr) continue;
      if (diagnostic.span.begin > diagnostic.file->text().size()) std::abort();
      if (klausul::Render(diagnostic).empty()) std::abort();
    }
  });
  if (results == 0 && uri == "fuzz") std::abort();
  return 0;
}
