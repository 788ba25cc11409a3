#include "service/intake/source_map.h"

namespace klausul::intake {

void SourceMap::Add(absl::string_view path, Span span, std::uint32_t handle) {
  places_.try_emplace(std::string(path), Place{span, handle});
}

void SourceMap::SetRoot(Span span, std::uint32_t handle) {
  root_ = {span, handle};
}

const SourceMap::Place& SourceMap::Nearest(absl::string_view path) const {
  while (!path.empty()) {
    const auto found = places_.find(path);
    if (found != places_.end()) return found->second;
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
