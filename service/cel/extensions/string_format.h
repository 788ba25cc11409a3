#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_STRING_FORMAT_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_STRING_FORMAT_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// `"%s costs %.2f".format([name, price])`, a part of the strings library. A
// format that is a literal is looked at when a rule is checked (rules mode).
// README.md says what each clause takes.
void AddStringFormat(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_STRING_FORMAT_H_
