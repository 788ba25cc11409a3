#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_BLOCK_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_BLOCK_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// What a program that looks for common parts of an expression writes:
//
//   cel.block([e0, e1, ...], body)
//
// `cel.index(i)` in the body or in a later element is the value of `ei`, worked
// out when it is first read and then kept. Elements are dyn to the checker.
// `cel.iterVar(depth, number)` and `cel.accuVar(depth, number)` are names for
// variables of macros that no author's name can clash with. Not for people.
void AddBlock(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_BLOCK_H_
