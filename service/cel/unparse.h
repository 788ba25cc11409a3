#ifndef KLAUSUL_SERVICE_CEL_UNPARSE_H_
#define KLAUSUL_SERVICE_CEL_UNPARSE_H_

#include <string>

#include "service/cel/ast.h"

namespace klausul::cel {

// The expression as text, on one line, with no more parentheses than it needs;
// macros as macros. Parsed with the same options it gives the same tree (see
// SameTree). Comments and the author's line breaks are not kept.
std::string Unparse(const Expr& expr);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_UNPARSE_H_
