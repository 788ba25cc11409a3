#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_EXTENSIONS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_EXTENSIONS_H_

#include "service/cel/environment.h"

// The extension libraries of the language: none is part of the language
// itself, a host adds those that it wants. Each declares its functions and
// macros; README.md lists them.
//
//   RETURN_IF_ERROR(AddStandardLibrary(builder));
//   AddAllExtensions(builder);

namespace klausul::cel {

// Every library in this folder, optional syntax and two-variable macros
// included.
void AddAllExtensions(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_EXTENSIONS_H_
