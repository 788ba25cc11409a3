#ifndef KLAUSUL_SERVICE_CLI_PROGRESS_H_
#define KLAUSUL_SERVICE_CLI_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace klausul::cli {

// A line on a terminal that tells how far a long run is:
//
//   klausul: 120,000 documents, 4,100 a second, 38% done, 3:12 left
//
// Shown after the first second and then a few times a second. It is written
// over itself with a carriage return and blanks, no colour and no control
// sequence.
class Progress {
 public:
  using Output = std::function<void(absl::string_view)>;

  // How long a run is silent, and how long a line stands.
  static constexpr absl::Duration kFirst = absl::Seconds(1);
  static constexpr absl::Duration kEvery = absl::Milliseconds(250);

  // `total_bytes` of all inputs, where it is known; else only the rate is told.
  // Nothing is ever written where `output` is empty.
  Progress(absl::optional<std::uint64_t> total_bytes, absl::Time start,
           Output output)
      : total_bytes_(total_bytes), start_(start), output_(std::move(output)) {}

  ~Progress() { Clear(); }

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So much is done now, since the start.
  void Update(std::uint64_t documents, std::uint64_t bytes, absl::Time now);

  // Wipes the line, for another one to be written in its place.
  void Clear();

 private:
  const absl::optional<std::uint64_t> total_bytes_;
  const absl::Time start_;
  const Output output_;
  absl::Time shown_ = absl::InfinitePast();
  // Length of the line that stands.
  std::size_t width_ = 0;
};

// `1,234,567`.
std::string GroupDigits(std::uint64_t number);

// `3:12`, `1:03:12`: minutes and seconds, or hours too.
std::string FormatRemaining(absl::Duration duration);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_PROGRESS_H_
