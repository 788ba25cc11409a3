#ifndef KLAUSUL_SERVICE_BASE_SHA256_H_
#define KLAUSUL_SERVICE_BASE_SHA256_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace klausul {

// SHA-256, fed in pieces. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(absl::string_view bytes);

  // Adds a field so that two fields cannot run into one another: its length as
  // eight bytes, least significant first, then its bytes.
  void UpdateField(absl::string_view bytes);

  // The digest as 64 lower-case hex digits. Call once, last.
  std::string HexDigest();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_SHA256_H_
