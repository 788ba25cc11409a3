#include "service/server/rotating_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"

namespace klausul::server {

absl::StatusOr<std::unique_ptr<RotatingFile>> RotatingFile::Open(
    const Options& options) {
  std::unique_ptr<RotatingFile> file(new RotatingFile(options));
  RETURN_IF_ERROR(file->OpenFile());
  return file;
}

RotatingFile::~RotatingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

absl::Status RotatingFile::OpenFile() {
  descriptor_ = ::open(options_.path.c_str(),
                       O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  struct stat status {};

  if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot write `", options_.path,
                                               "`: ", std::strerror(errno)));
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  return absl::OkStatus();
}

void RotatingFile::Rotate() {
  ::close(descriptor_);
  descriptor_ = -1;
  const auto name = [this](int number) {
    return number == 0 ? options_.path
                       : absl::StrCat(options_.path, ".", number);
  };
  if (options_.keep == 0) std::remove(options_.path.c_str());
  for (int number = options_.keep; number > 0; --number) {
    std::rename(name(number - 1).c_str(), name(number).c_str());
  }
}

absl::Status RotatingFile::Write(absl::string_view lines) {
  if (descriptor_ >= 0 && size_ > 0 &&
      size_ + lines.size() > options_.max_bytes) {
    Rotate();
  }
  if (descriptor_ < 0) RETURN_IF_ERROR(OpenFile());
  std::size_t written = 0;
  while (written < lines.size()) {
    const ssize_t count =
        ::write(descriptor_, lines.data() + written, lines.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int reason = errno;
      // Half a line would spoil the next.
      if (written > 0 &&
          ::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
        ::close(descriptor_);
        descriptor_ = -1;
      }
      return absl::UnavailableError(absl::StrCat(
          "cannot write `", options_.path, "`: ", std::strerror(reason)));
    }
    written += static_cast<std::size_t>(count);
  }
  size_ += written;
  return absl::OkStatus();
}

}  // namespace klausul::server
