#ifndef KLAUSUL_SERVICE_SYNTAX_YAML_H_
#define KLAUSUL_SERVICE_SYNTAX_YAML_H_

#include <memory>

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {

// Reads one YAML document, strictly: what the author wrote is what is read, or
// an error. Refused are tags (`!urgent && x` would be the tag `!urgent` on
// `&& x`), anchors, aliases, merge keys, several documents, duplicate keys,
// keys that are no scalars, control characters and invalid UTF-8.
//
// Null where anything is an error; the sink says what. An empty text is a tree
// whose root is null. Codes: `yaml-syntax`, `yaml-tag`, `yaml-anchor`,
// `yaml-alias`, `yaml-merge`, `yaml-documents`, `yaml-key`, `duplicate-key`,
// `invalid-utf8`, `control-character`, `too-deep`, `too-large`.
std::shared_ptr<const Tree> ReadYaml(std::shared_ptr<const SourceFile> file,
                                     const Limits& limits,
                                     DiagnosticSink& sink);

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_YAML_H_
