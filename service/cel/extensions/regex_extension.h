#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_REGEX_EXTENSION_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_REGEX_EXTENSION_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// regex.replace, regex.extract and regex.extractAll, with patterns of RE2
// under the bounds of `matches`. A pattern that is a literal is looked at when
// a rule is checked (rules mode).
void AddRegex(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_REGEX_EXTENSION_H_
