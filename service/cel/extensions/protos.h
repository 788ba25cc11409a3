#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_PROTOS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_PROTOS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Extensions of proto2 messages, by their full names: `proto.getExt(e,
// a.b.ext)` reads one (its default where it is not set), `proto.hasExt(e,
// a.b.ext)` says whether it is set.
void AddProtos(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_PROTOS_H_
