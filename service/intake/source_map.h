#ifndef KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_
#define KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "service/base/source.h"

namespace klausul::intake {

// Where a field of the plan stands in the document it was read from.
struct Location {
  // From 1, in code points of the decoded text.
  std::int32_t line = 1;
  std::int32_t column = 1;
  // One of them, by the form of the document.
  std::string xpath;
  std::string pointer;
};

// Plan path -> place in the document. The paths are those of findings:
// `award.criteria[2].weight`, `lots[0].award.criteria`,
// `clauses.wages.included`.
//
// It keeps offsets only. Lines, columns and addresses (XPath, JSON pointer) are
// worked out when a finding asks for one, since most fields are never asked
// for. Safe to read from several threads if the address functions are.
class SourceMap {
 public:
  // The form of an address.
  enum class AddressKind { kNone, kXPath, kPointer };

  // The address of an element, from the handle given with `Add`. What it
  // captures keeps the parsed document alive.
  using AddressFunction = std::function<std::string(std::uint32_t handle)>;

  SourceMap() = default;

  explicit SourceMap(std::shared_ptr<const SourceFile> file)
      : file_(std::move(file)) {}

  // Says where `path` stands: a finding shows the start of `span`. `handle` is
  // whatever the address function understands. The first place of a path
  // stays, so that a field told twice points at the telling that was read.
  void Add(absl::string_view path, Span span, std::uint32_t handle = 0);

  // The place of the whole document, for paths that nothing of it states.
  void SetRoot(Span span, std::uint32_t handle = 0);

  void SetAddresses(AddressKind kind, AddressFunction function) {
    address_kind_ = kind;
    address_ = std::move(function);
  }

  // Whether the path itself has a place.
  bool Contains(absl::string_view path) const { return places_.contains(path); }

  // The span of the path, else of its nearest stated ancestor, else of the
  // root.
  Span Find(absl::string_view path) const;

  // The handle given for the path, or for its nearest stated ancestor.
  std::uint32_t FindHandle(absl::string_view path) const {
    return Nearest(path).handle;
  }

  // The same as people and programs read it. Line 1, column 1 without a file.
  Location Locate(absl::string_view path) const;

  // Null for a default-made map.
  const std::shared_ptr<const SourceFile>& file() const { return file_; }

  std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    Span span;
    std::uint32_t handle = 0;
  };

  const Place& Nearest(absl::string_view path) const;

  std::shared_ptr<const SourceFile> file_;
  absl::flat_hash_map<std::string, Place> places_;
  Place root_;
  AddressKind address_kind_ = AddressKind::kNone;
  AddressFunction address_;
};

// The path one step up: `lots[0].award` -> `lots[0]` -> `lots` -> ``. A key
// that is no name stands in brackets: `extra["no.oslo.set"]` -> `extra`.
absl::string_view ParentPath(absl::string_view path);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_
