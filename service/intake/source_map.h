#ifndef KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_
#define KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

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
// for; so is the index that finds a path. Safe to read from several threads if
// the address functions are.
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

  // The document, for a map that was made before it.
  void set_file(std::shared_ptr<const SourceFile> file) {
    file_ = std::move(file);
  }

  // Says where `path` stands: a finding shows the start of `span`. `handle` is
  // whatever the address function understands. The first place of a path
  // stays, so that a field told twice points at the telling that was read.
  void Add(absl::string_view path, Span span, std::uint32_t handle = 0) {
    Add({path}, span, handle);
  }

  // The same for a path in pieces, which are joined here and nowhere before.
  void Add(std::initializer_list<absl::string_view> pieces, Span span,
           std::uint32_t handle);

  // Makes room for so many paths.
  void Reserve(std::size_t paths);

  // The place of the whole document, for paths that nothing of it states.
  void SetRoot(Span span, std::uint32_t handle = 0);

  void SetAddresses(AddressKind kind, AddressFunction function) {
    address_kind_ = kind;
    address_ = std::move(function);
  }

  // Whether the path itself has a place.
  bool Contains(absl::string_view path) const { return At(path) != nullptr; }

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

  // How many paths have a place.
  std::size_t size() const { return index_.GetOrMake(*this).distinct; }

 private:
  struct Place {
    Span span;
    std::uint32_t handle = 0;
  };

  // A path is a piece of `paths_`, so that it takes no memory of its own.
  struct Entry {
    std::uint32_t path_begin = 0;
    std::uint32_t path_size = 0;
    Place place;
  };

  // An open hash table: index of an entry plus one, or zero for a free slot. A
  // power of two in size, at most half full.
  struct Index {
    std::vector<std::uint32_t> slots;
    std::size_t distinct = 0;
  };

  // The index of a map, once it is asked for; a copy makes its own.
  class LazyIndex {
   public:
    LazyIndex() = default;

    LazyIndex(const LazyIndex&) {}

    LazyIndex& operator=(const LazyIndex&);

    ~LazyIndex() { Clear(); }

    void Clear();

    // Several threads may ask at once; one index stays.
    const Index& GetOrMake(const SourceMap& map);

   private:
    std::atomic<const Index*> index_ = nullptr;
  };

  absl::string_view PathOf(const Entry& entry) const {
    return absl::string_view(paths_).substr(entry.path_begin, entry.path_size);
  }

  // The slot of the path, or the free one where it belongs.
  std::size_t SlotOf(const Index& index, absl::string_view path) const;

  std::unique_ptr<const Index> MakeIndex() const;

  // Null where the path has no place.
  const Place* At(absl::string_view path) const;

  const Place& Nearest(absl::string_view path) const;

  std::shared_ptr<const SourceFile> file_;
  std::string paths_;
  // A path may stand in several; the first is the one that counts.
  std::vector<Entry> entries_;
  mutable LazyIndex index_;
  Place root_;
  AddressKind address_kind_ = AddressKind::kNone;
  AddressFunction address_;
};

// The path one step up: `lots[0].award` -> `lots[0]` -> `lots` -> ``. A key
// that is no name stands in brackets: `extra["no.oslo.set"]` -> `extra`.
absl::string_view ParentPath(absl::string_view path);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_SOURCE_MAP_H_
