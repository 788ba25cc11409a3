#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_SETS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_SETS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Lists as sets: `sets.contains`, `sets.equivalent`, `sets.intersects`.
// Elements compare as by `==`, so that 1, 1u and 1.0 are one; time and steps
// grow with the sizes of the lists, not with their product.
void AddSets(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_SETS_H_
