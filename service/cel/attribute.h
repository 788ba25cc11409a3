#ifndef KLAUSUL_SERVICE_CEL_ATTRIBUTE_H_
#define KLAUSUL_SERVICE_CEL_ATTRIBUTE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

// Where a value comes from, and what is not known.

namespace klausul::cel {

// A path from a variable through fields and indices: `lots[2].award.criteria`.
//
// A node per step, each pointing at the one before, so that reading a field
// costs one small allocation and text is made only when somebody asks. Nodes
// live in the EvalArena or with the activation; names live with them.
class AttributePath {
 public:
  enum class Step : std::uint8_t { kRoot, kField, kIndex, kKey };

  // The start. An empty name is the whole input: its fields' paths are just
  // their names.
  constexpr explicit AttributePath(absl::string_view root) : name_(root) {}

  AttributePath(const AttributePath* parent, Step step, absl::string_view name)
      : parent_(parent), step_(step), name_(name) {}

  AttributePath(const AttributePath* parent, std::int64_t index)
      : parent_(parent), step_(Step::kIndex), index_(index) {}

  const AttributePath* parent() const { return parent_; }

  Step step() const { return step_; }

  // Of a field or a key; empty for an index.
  absl::string_view name() const { return name_; }

  // A map key that looks like a name is written like a field, `clauses.wages`;
  // others as `["a b"]`.
  std::string ToString() const;

 private:
  const AttributePath* parent_ = nullptr;
  Step step_ = Step::kRoot;
  absl::string_view name_;
  std::int64_t index_ = 0;
};

// Why a value is not known: paths of what is not stated, and reasons in words
// where no path would say it (two currencies). Immutable, in the EvalArena.
//
// Either a leaf or the union of two others, so that a union costs the same
// however many paths there are.
struct UnknownSet {
  // Leaf: either of these.
  const AttributePath* path = nullptr;
  absl::string_view reason;
  // Leaf: the field not set is a message, and this is its default instance:
  // selecting from the unknown gives an unknown with a longer path.
  const google::protobuf::Message* absent_message = nullptr;
  // Union: both set.
  const UnknownSet* left = nullptr;
  const UnknownSet* right = nullptr;

  bool is_union() const { return left != nullptr; }

  // Appends the leaves, each once.
  void AddLeaves(std::vector<const UnknownSet*>& leaves) const;

  // There is a leaf of the kind.
  bool HasPath() const;
  bool HasReason() const;

  // The paths, and the reasons, sorted and without duplicates.
  std::vector<std::string> Paths() const;
  std::vector<std::string> Reasons() const;
};

using PathSet = absl::flat_hash_set<std::string>;

// Paths about which the input says more than its fields do; see PLAN_MODEL.
// Null is the empty set. Rules mode only.
struct Presence {
  // Lists that are stated to have no elements.
  const PathSet* stated_empty = nullptr;
  // Lists to which elements may yet be added.
  const PathSet* still_open = nullptr;
  // Maps in which a missing key is stated to be absent.
  const PathSet* complete = nullptr;

  bool IsStatedEmpty(const AttributePath& path) const {
    return Has(stated_empty, path);
  }

  bool IsStillOpen(const AttributePath& path) const {
    return Has(still_open, path);
  }

  bool IsComplete(const AttributePath& path) const {
    return Has(complete, path);
  }

 private:
  static bool Has(const PathSet* set, const AttributePath& path) {
    return set != nullptr && !set->empty() && Contains(*set, path);
  }

  static bool Contains(const PathSet& set, const AttributePath& path);
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_ATTRIBUTE_H_
