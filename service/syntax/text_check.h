#ifndef KLAUSUL_SERVICE_SYNTAX_TEXT_CHECK_H_
#define KLAUSUL_SERVICE_SYNTAX_TEXT_CHECK_H_

#include <memory>

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {

// What holds for every text before its grammar does: it is within the size
// limit, valid UTF-8, and free of control characters other than tab and line
// breaks. False where the sink got an error.
bool CheckText(const std::shared_ptr<const SourceFile>& file,
               const Limits& limits, DiagnosticSink& sink);

// A size as people read it: `16 MiB`, `300 bytes`.
std::string FormatBytes(std::size_t bytes);

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_TEXT_CHECK_H_
