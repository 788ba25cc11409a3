#ifndef KLAUSUL_SERVICE_SYNTAX_SCALAR_H_
#define KLAUSUL_SERVICE_SYNTAX_SCALAR_H_

#include <cstddef>

#include "absl/strings/string_view.h"

#include "service/syntax/tree.h"

namespace klausul::syntax {

// Where a scalar's value lies in the raw text. The libraries that read YAML and
// JSON tell where a scalar starts and what it means, but not where it ends or
// which byte of the text became which byte of the value; here both texts are
// walked side by side.

// The offset in `text` of byte `offset` of the scalar's value. `begin` is the
// first byte of the scalar: of a quote, a `|` or `>`, or of the plain text.
// For the value's size, the offset just behind its last byte (the closing
// quote, or the end of the last line). Where text and value do not fit
// together, the last place where they did.
std::size_t RawOffset(absl::string_view text, std::size_t begin,
                      Node::Style style, absl::string_view value,
                      std::size_t offset);

// The offset just behind the scalar, its closing quote included.
std::size_t RawEnd(absl::string_view text, std::size_t begin, Node::Style style,
                   absl::string_view value);

}  // namespace klausul::syntax

#endif  // KLAUSUL_SERVICE_SYNTAX_SCALAR_H_
