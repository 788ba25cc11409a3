#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_ENCODERS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_ENCODERS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Base64 of RFC 4648: base64.encode, base64.decode, and with the alphabet for
// addresses base64.encodeUrl, base64.decodeUrl.
void AddEncoders(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_ENCODERS_H_
