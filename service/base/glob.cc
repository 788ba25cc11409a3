#include "service/base/glob.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_split.h"

namespace klausul {
namespace {

// Bytes of the code point that begins the text, which is not empty.
std::size_t FirstCodePoint(absl::string_view text) {
  std::size_t size = 1;
  while (size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    ++size;
  }
  return size;
}

// The size of the set `[...]` that begins the pattern; 0 where it is not
// closed, so that the bracket is itself.
std::size_t SetSize(absl::string_view pattern) {
  std::size_t at = 1;
  if (at < pattern.size() && pattern[at] == '!') ++at;
  // A bracket right at the start is a member.
  if (at < pattern.size() && pattern[at] == ']') ++at;
  const std::size_t end = pattern.find(']', at);
  return end == absl::string_view::npos ? 0 : end + 1;
}

// `set` with its brackets; UTF-8 keeps the order of code points in its bytes.
bool SetMatches(absl::string_view set, absl::string_view point) {
  absl::string_view members = set.substr(1, set.size() - 2);
  const bool negated = members[0] == '!';
  if (negated) members.remove_prefix(1);
  bool found = false;
  while (!members.empty()) {
    const absl::string_view low = members.substr(0, FirstCodePoint(members));
    members.remove_prefix(low.size());
    absl::string_view high = low;
    if (members.size() > 1 && members[0] == '-') {
      members.remove_prefix(1);
      high = members.substr(0, FirstCodePoint(members));
      members.remove_prefix(high.size());
    }
    found = found || (low <= point && point <= high);
  }
  return found != negated;
}

// One name against one part of a pattern: the last `*` is tried again at the
// next code point, which is enough.
bool NameMatches(absl::string_view pattern, absl::string_view name) {
  constexpr std::size_t kNone = absl::string_view::npos;
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = kNone;
  std::size_t star_n = 0;
  while (n < name.size()) {
    const std::size_t size = FirstCodePoint(name.substr(n));
    const absl::string_view point = name.substr(n, size);
    const absl::string_view rest = pattern.substr(std::min(p, pattern.size()));
    const std::size_t set = !rest.empty() && rest[0] == '[' ? SetSize(rest) : 0;
    if (!rest.empty() && rest[0] == '*') {
      star = p++;
      star_n = n;
    } else if (set > 2 && SetMatches(rest.substr(0, set), point)) {
      p += set;
      n += size;
    } else if (!rest.empty() && rest[0] == '?') {
      ++p;
      n += size;
    } else if (set == 0 && !rest.empty() && rest[0] == name[n]) {
      ++p;
      ++n;
    } else if (star != kNone) {
      p = star + 1;
      star_n += FirstCodePoint(name.substr(star_n));
      n = star_n;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

}  // namespace

bool IsGlob(absl::string_view text) {
  const std::size_t bracket = text.find('[');
  return text.find_first_of("*?") != absl::string_view::npos ||
         (bracket != absl::string_view::npos &&
          SetSize(text.substr(bracket)) > 2);
}

bool GlobMatches(absl::string_view pattern, absl::string_view path) {
  const std::vector<absl::string_view> parts = absl::StrSplit(pattern, '/');
  const std::vector<absl::string_view> names = absl::StrSplit(path, '/');
  // reached[i]: the first i names are matched by the parts so far.
  std::vector<bool> reached(names.size() + 1, false);
  reached[0] = true;
  for (const absl::string_view part : parts) {
    std::vector<bool> next(names.size() + 1, false);
    if (part == "**") {
      bool any = false;
      for (std::size_t i = 0; i <= names.size(); ++i) {
        any = any || reached[i];
        next[i] = any;
      }
    } else {
      for (std::size_t i = 0; i < names.size(); ++i) {
        next[i + 1] = reached[i] && NameMatches(part, names[i]);
      }
    }
    reached = std::move(next);
  }
  return reached[names.size()];
}

}  // namespace klausul
