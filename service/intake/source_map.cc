#include "service/intake/source_map.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace klausul::intake {
namespace {

constexpr std::size_t kMinSlots = 16;

std::uint32_t HashOf(absl::string_view path) {
  return static_cast<std::uint32_t>(absl::HashOf(path));
}

}  // namespace

void SourceMap::Add(std::initializer_list<absl::string_view> pieces, Span span,
                    std::uint32_t handle) {
  if (slots_.size() < 2 * (entries_.size() + 1)) {
    Rehash(std::max(kMinSlots, 2 * slots_.size()));
  }
  const std::size_t begin = paths_.size();
  for (const absl::string_view piece : pieces) {
    paths_.append(piece.data(), piece.size());
  }
  const absl::string_view path = absl::string_view(paths_).substr(begin);
  const std::uint32_t hash = HashOf(path);
  std::uint32_t& slot = slots_[SlotOf(path, hash)];
  if (slot != 0) {
    paths_.resize(begin);
    return;
  }
  entries_.push_back({hash,
                      static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(path.size()),
                      {span, handle}});
  slot = static_cast<std::uint32_t>(entries_.size());
}

void SourceMap::Reserve(std::size_t paths) {
  constexpr std::size_t kPathBytes = 32;
  std::size_t slots = kMinSlots;
  while (slots < 2 * paths)
    slots *= 2;
  if (slots > slots_.size()) Rehash(slots);
  entries_.reserve(paths);
  paths_.reserve(paths * kPathBytes);
}

std::size_t SourceMap::SlotOf(absl::string_view path,
                              std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && PathOf(entry) == path) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void SourceMap::Rehash(std::size_t slots) {
  slots_.assign(slots, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    // Paths stand once, so a free slot is all that is looked for.
    std::size_t slot = entries_[i].hash & (slots - 1);
    while (slots_[slot] != 0)
      slot = (slot + 1) & (slots - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

const SourceMap::Place* SourceMap::At(absl::string_view path) const {
  if (slots_.empty()) return nullptr;
  const std::uint32_t found = slots_[SlotOf(path, HashOf(path))];
  return found == 0 ? nullptr : &entries_[found - 1].place;
}

void SourceMap::SetRoot(Span span, std::uint32_t handle) {
  root_ = {span, handle};
}

const SourceMap::Place& SourceMap::Nearest(absl::string_view path) const {
  while (!path.empty()) {
    if (const Place* found = At(path)) return *found;
    path = ParentPath(path);
  }
  return root_;
}

Span SourceMap::Find(absl::string_view path) const {
  return Nearest(path).span;
}

Location SourceMap::Locate(absl::string_view path) const {
  Location location;
  const Place& place = Nearest(path);
  if (file_ != nullptr) {
    const LineColumn at = file_->Locate(place.span.begin);
    location.line = at.line;
    location.column = at.column;
  }
  if (address_ != nullptr) {
    if (address_kind_ == AddressKind::kXPath) {
      location.xpath = address_(place.handle);
    } else if (address_kind_ == AddressKind::kPointer) {
      location.pointer = address_(place.handle);
    }
  }
  return location;
}

absl::string_view ParentPath(absl::string_view path) {
  if (path.empty()) return path;
  if (path.back() == ']') {
    // A quoted key may hold brackets of its own: `extra["a[0]"]`.
    const bool quoted = path.size() > 1 && path[path.size() - 2] == '"';
    const std::size_t open = quoted ? path.rfind("[\"") : path.rfind('[');
    return path.substr(0, open == absl::string_view::npos ? 0 : open);
  }
  const std::size_t stop = path.rfind('.');
  return path.substr(0, stop == absl::string_view::npos ? 0 : stop);
}

}  // namespace klausul::intake
