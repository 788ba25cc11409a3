#ifndef KLAUSUL_SERVICE_SYNTAX_JSON_H_
#define KLAUSUL_SERVICE_SYNTAX_JSON_H_

#include <memory>

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {

// Reads one JSON text (RFC 8259), strictly: no comments, trailing commas, NaN
// or Infinity, no second value, no duplicate keys, no U+0000, no number past
// 1e308. Numbers keep their text.
//
// Null where anything is an error; the sink says what. Codes: `json-syntax`,
// `duplicate-key`, `invalid-utf8`, `too-deep`, `too-large`.
std::shared_ptr<const Tree> ReadJson(std::shared_ptr<const SourceFile> file,
                                     const Limits& limits,
                                     DiagnosticSink& sink);

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_JSON_H_
