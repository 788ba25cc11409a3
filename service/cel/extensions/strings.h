#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_STRINGS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_STRINGS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Methods of texts: charAt, indexOf, lastIndexOf, join (of a list),
// lowerAscii, upperAscii, replace, split, substring, trim, reverse, format,
// and the function strings.quote. Positions count code points, from 0.
void AddStrings(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_STRINGS_H_
