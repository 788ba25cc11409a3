#include "service/intake/source_map.h"

#include "absl/hash/hash.h"

namespace klausul::intake {
namespace {

constexpr std::size_t kMinSlots = 16;

}  // namespace

SourceMap::LazyIndex& SourceMap::LazyIndex::operator=(const LazyIndex&) {
  Clear();
  return *this;
}

void SourceMap::LazyIndex::Clear() {
  // An exchange would take longer, and hardly ever is there one.
  const Index* made = index_.load(std::memory_order_relaxed);
  if (made == nullptr) return;
  index_.store(nullptr, std::memory_order_relaxed);
  delete made;
}

const SourceMap::Index& SourceMap::LazyIndex::GetOrMake(const SourceMap& map) {
  const Index* made = index_.load(std::memory_order_acquire);
  if (made != nullptr) return *made;
  std::unique_ptr<const Index> own = map.MakeIndex();
  if (index_.compare_exchange_strong(made, own.get(),
                                     std::memory_order_acq_rel)) {
    return *own.release();
  }
  return *made;
}

void SourceMap::Add(std::initializer_list<absl::string_view> pieces, Span span,
                    std::uint32_t handle) {
  const std::size_t begin = paths_.size();
  for (const absl::string_view piece : pieces) {
    paths_.append(piece.data(), piece.size());
  }
  entries_.push_back({static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(paths_.size() - begin),
                      {span, handle}});
  index_.Clear();
}

void SourceMap::Reserve(std::size_t paths) {
  constexpr std::size_t kPathBytes = 32;
  entries_.reserve(paths);
  paths_.reserve(paths * kPathBytes);
}

std::size_t SourceMap::SlotOf(const Index& index,
                              absl::string_view path) const {
  const std::size_t mask = index.slots.size() - 1;
  std::size_t slot = absl::HashOf(path) & mask;
  while (index.slots[slot] != 0 &&
         PathOf(entries_[index.slots[slot] - 1]) != path) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::unique_ptr<const SourceMap::Index> SourceMap::MakeIndex() const {
  auto index = std::make_unique<Index>();
  std::size_t slots = kMinSlots;
  while (slots < 2 * entries_.size())
    slots *= 2;
  index->slots.assign(slots, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::uint32_t& slot = index->slots[SlotOf(*index, PathOf(entries_[i]))];
    if (slot != 0) continue;
    slot = static_cast<std::uint32_t>(i + 1);
    ++index->distinct;
  }
  return index;
}

const SourceMap::Place* SourceMap::At(absl::string_view path) const {
  const Index& index = index_.GetOrMake(*this);
  const std::uint32_t found = index.slots[SlotOf(index, path)];
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
