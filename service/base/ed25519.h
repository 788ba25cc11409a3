#ifndef KLAUSUL_SERVICE_BASE_ED25519_H_
#define KLAUSUL_SERVICE_BASE_ED25519_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace klausul {

// Ed25519 signatures (RFC 8032) with keys in PEM, as OpenSSL makes them:
//
//   openssl genpkey -algorithm ed25519 -out key.pem
//   openssl pkey -in key.pem -pubout -out pub.pem

// The 64 bytes of a signature. INVALID_ARGUMENT where the key is none, or one
// of another kind.
absl::StatusOr<std::string> SignEd25519(absl::string_view private_key_pem,
                                        absl::string_view message);

// OK where the signature is the key's. INVALID_ARGUMENT for a key as above,
// PERMISSION_DENIED for a signature that is not.
absl::Status VerifyEd25519(absl::string_view public_key_pem,
                           absl::string_view message,
                           absl::string_view signature);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_ED25519_H_
