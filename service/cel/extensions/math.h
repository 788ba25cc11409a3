#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_MATH_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_MATH_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Numbers: the macros math.greatest and math.least; math.ceil, floor, round,
// trunc, abs, sign, sqrt; math.isInf, isNaN, isFinite; math.bitAnd, bitOr,
// bitXor, bitNot, bitShiftLeft, bitShiftRight.
void AddMath(EnvironmentBuilder& builder);

// Its parts, one per file.
void AddGreatestAndLeast(EnvironmentBuilder& builder);
void AddBitOperations(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_MATH_H_
