#ifndef KLAUSUL_SERVICE_SERVER_ROTATING_FILE_H_
#define KLAUSUL_SERVICE_SERVER_ROTATING_FILE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace klausul::server {

// A file of lines that makes way for a new one when it is full: FILE becomes
// FILE.1, FILE.1 becomes FILE.2, and the oldest goes. Only its owner can read
// it. Not thread-safe.
class RotatingFile {
 public:
  struct Options {
    std::string path;
    // A write that would go past this begins a new file.
    std::uint64_t max_bytes = std::uint64_t{100} << 20;
    // Full ones that are kept beside the one written to.
    int keep = 10;
  };

  // Goes on with a file that is there. UNAVAILABLE where it cannot be written.
  static absl::StatusOr<std::unique_ptr<RotatingFile>> Open(
      const Options& options);

  ~RotatingFile();
  RotatingFile(const RotatingFile&) = delete;
  RotatingFile& operator=(const RotatingFile&) = delete;

  // Appends whole lines, all of them or none: UNAVAILABLE where the disk does
  // not take them; the next write tries again.
  absl::Status Write(absl::string_view lines);

 private:
  explicit RotatingFile(const Options& options) : options_(options) {}

  absl::Status OpenFile();
  void Rotate();

  Options options_;
  // -1: not open.
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_ROTATING_FILE_H_
