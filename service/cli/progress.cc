#include "service/cli/progress.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace klausul::cli {

void Progress::Update(std::uint64_t documents, std::uint64_t bytes,
                      absl::Time now) {
  if (!output_ || now - start_ < kFirst || now - shown_ < kEvery) return;
  shown_ = now;
  const double seconds = absl::ToDoubleSeconds(now - start_);
  std::string line = absl::StrCat(
      "klausul: ", GroupDigits(documents), " documents, ",
      GroupDigits(
          static_cast<std::uint64_t>(static_cast<double>(documents) / seconds)),
      " a second");
  if (total_bytes_.has_value() && bytes > 0 && *total_bytes_ > 0) {
    // A file may have grown since it was looked at.
    const double done = std::min(
        1.0, static_cast<double>(bytes) / static_cast<double>(*total_bytes_));
    absl::StrAppend(&line, ", ", static_cast<int>(done * 100), "% done, ",
                    FormatRemaining(absl::Seconds(seconds * (1 - done) / done)),
                    " left");
  }
  const std::size_t width = line.size();
  if (width < width_) line.append(width_ - width, ' ');
  width_ = width;
  output_(absl::StrCat("\r", line));
}

void Progress::Clear() {
  if (width_ == 0) return;
  output_(absl::StrCat("\r", std::string(width_, ' '), "\r"));
  width_ = 0;
}

std::string GroupDigits(std::uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return digits;
}

std::string FormatRemaining(absl::Duration duration) {
  const std::int64_t seconds =
      absl::ToInt64Seconds(duration + absl::Milliseconds(500));
  const std::int64_t minutes = seconds / 60;
  if (minutes < 60) return absl::StrFormat("%d:%02d", minutes, seconds % 60);
  return absl::StrFormat("%d:%02d:%02d", minutes / 60, minutes % 60,
                         seconds % 60);
}

}  // namespace klausul::cli
