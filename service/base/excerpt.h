#ifndef KLAUSUL_SERVICE_BASE_EXCERPT_H_
#define KLAUSUL_SERVICE_BASE_EXCERPT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "service/base/source.h"

namespace klausul {

// The line of a text on which something stands, for showing with a caret
// under it:
//
//   12 |       days_between(dates.notice_sent, dates.tender_deadlin)
//      |                                             ^^^^^^^^^^^^^^
struct Excerpt {
  // The line, shortened round the place where it is long, in valid UTF-8.
  // Tabs and control characters have become spaces, so that the caret stands
  // where it should and no terminal is told what to do.
  std::string text;
  // The place as people count it in the whole text.
  LineColumn place;
  // Code points of `text` before the place.
  std::size_t caret = 0;
  // Code points of `text` that belong to the place; at least 1.
  std::size_t width = 1;
};

// The excerpt for the beginning of a span; a span over several lines goes to
// the end of its first.
Excerpt MakeExcerpt(const SourceFile& file, Span span);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_EXCERPT_H_
