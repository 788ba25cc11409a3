#ifndef KLAUSUL_SERVICE_CEL_COMMENTS_H_
#define KLAUSUL_SERVICE_CEL_COMMENTS_H_

#include <memory>
#include <vector>

#include "service/base/source.h"

namespace klausul::cel {

// A comment, from its `//` to the end of its line.
struct Comment {
  Span span;
  // Nothing stands before it on its line.
  bool own_line = false;
};

// The comments of a text without syntax errors, in order. The tree does not
// have them.
std::vector<Comment> FindComments(
    const std::shared_ptr<const SourceFile>& source);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_COMMENTS_H_
