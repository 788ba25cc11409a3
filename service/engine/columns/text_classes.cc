#include "service/engine/columns/text_classes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "absl/types/optional.h"

namespace klausul::engine {
namespace {

// The text that comes next to `text`.
std::string Next(absl::string_view text) {
  std::string next(text);
  next.push_back('\0');
  return next;
}

// The first text after all that start with `prefix`; nullopt where there is
// none.
absl::optional<std::string> AfterPrefix(absl::string_view prefix) {
  std::string after(prefix);
  while (!after.empty() && static_cast<unsigned char>(after.back()) == 0xff) {
    after.pop_back();
  }
  if (after.empty()) return absl::nullopt;
  after.back() =
      static_cast<char>(static_cast<unsigned char>(after.back()) + 1);
  return after;
}

}  // namespace

void TextClasses::AddConstant(absl::string_view text) {
  pending_.emplace_back(text);
  pending_.push_back(Next(text));
}

void TextClasses::AddPrefix(absl::string_view prefix) {
  pending_.emplace_back(prefix);
  if (absl::optional<std::string> after = AfterPrefix(prefix)) {
    pending_.push_back(*std::move(after));
  }
}

void TextClasses::Seal() {
  std::sort(pending_.begin(), pending_.end());
  pending_.erase(std::unique(pending_.begin(), pending_.end()), pending_.end());
  cuts_.clear();
  for (const std::string& text : pending_) {
    // Every text is at or after the empty one: nothing begins there.
    if (!text.empty()) cuts_.push_back({Head(text), text});
  }
}

std::uint64_t TextClasses::Head(absl::string_view text) {
  std::uint64_t head = 0;
  if (text.size() >= sizeof(head)) {
    std::memcpy(&head, text.data(), sizeof(head));
  } else if (!text.empty()) {
    std::memcpy(&head, text.data(), text.size());
  }
  static_assert(std::endian::native == std::endian::little);
  return __builtin_bswap64(head);
}

std::int64_t TextClasses::ClassOf(absl::string_view text) const {
  const std::uint64_t head = Head(text);
  const Cut* base = cuts_.data();
  std::size_t left = cuts_.size();
  while (left > 0) {
    const std::size_t half = left / 2;
    const Cut& cut = base[half];
    const bool at_or_after = cut.head != head
                                 ? cut.head < head
                                 : absl::string_view(cut.text) <= text;
    if (at_or_after) {
      base += half + 1;
      left -= half + 1;
    } else {
      left = half;
    }
  }
  return base - cuts_.data();
}

KeyRanges TextClasses::Ranges(Relation relation,
                              absl::string_view constant) const {
  const std::int64_t at = ClassOf(constant);
  // Of texts between a constant and its next there is none but the constant.
  return RangesOf(KeyType::kText, relation, at);
}

KeyRanges TextClasses::PrefixRanges(absl::string_view prefix) const {
  const absl::optional<std::string> after = AfterPrefix(prefix);
  return KeyRanges::Between(ClassOf(prefix), after.has_value()
                                                 ? ClassOf(*after) - 1
                                                 : KeyRanges::kMax);
}

}  // namespace klausul::engine
