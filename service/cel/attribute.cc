#include "service/cel/attribute.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace klausul::cel {
namespace {

bool LooksLikeName(absl::string_view text) {
  if (text.empty() || absl::ascii_isdigit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
  });
}

// The nodes that have been visited. Most sets are small.
class Seen {
 public:
  bool Add(const UnknownSet* node) {
    constexpr std::size_t kFew = 32;
    if (few_.size() < kFew) {
      if (std::find(few_.begin(), few_.end(), node) != few_.end()) return false;
      few_.push_back(node);
      return true;
    }
    if (many_.empty()) many_.insert(few_.begin(), few_.end());
    return many_.insert(node).second;
  }

 private:
  absl::InlinedVector<const UnknownSet*, 32> few_;
  absl::flat_hash_set<const UnknownSet*> many_;
};

// The leaves under a set, each once. A union may be shared by many others, so
// the nodes seen are remembered; a loop, because unions may hang deep.
template <typename Visit>
void ForEachLeaf(const UnknownSet& set, Visit visit) {
  if (!set.is_union()) {
    visit(set);
    return;
  }
  Seen seen;
  absl::InlinedVector<const UnknownSet*, 32> open = {&set};
  while (!open.empty()) {
    const UnknownSet* node = open.back();
    open.pop_back();
    if (!seen.Add(node)) continue;
    if (node->is_union()) {
      open.push_back(node->right);
      open.push_back(node->left);
    } else {
      visit(*node);
    }
  }
}

void SortAndDedupe(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

std::string AttributePath::ToString() const {
  // From the end, since each step knows the one before: first how long it
  // gets, then the text.
  const auto follows_text = [](const AttributePath& step) {
    return step.parent_ != nullptr &&
           (step.parent_->step_ != Step::kRoot || !step.parent_->name_.empty());
  };
  constexpr std::size_t kBrackets = 2;
  std::size_t size = 0;
  for (const AttributePath* step = this; step != nullptr;
       step = step->parent_) {
    if (step->step_ == Step::kIndex) {
      size += kBrackets + absl::AlphaNum(step->index_).size();
    } else if (step->step_ == Step::kKey && !LooksLikeName(step->name_)) {
      size += 2 * kBrackets + absl::Utf8SafeCEscape(step->name_).size();
    } else {
      size += step->name_.size() +
              (step->step_ != Step::kRoot && follows_text(*step) ? 1 : 0);
    }
  }
  std::string text(size, '\0');
  char* end = &text[0] + size;
  const auto put = [&end](absl::string_view piece) {
    end -= piece.size();
    std::copy(piece.begin(), piece.end(), end);
  };
  for (const AttributePath* step = this; step != nullptr;
       step = step->parent_) {
    if (step->step_ == Step::kIndex) {
      put("]");
      put(absl::AlphaNum(step->index_).Piece());
      put("[");
    } else if (step->step_ == Step::kKey && !LooksLikeName(step->name_)) {
      put("\"]");
      put(absl::Utf8SafeCEscape(step->name_));
      put("[\"");
    } else {
      put(step->name_);
      if (step->step_ != Step::kRoot && follows_text(*step)) put(".");
    }
  }
  return text;
}

bool Presence::Contains(const PathSet& set, const AttributePath& path) {
  // Texts are long in the making; few paths end like one of the set.
  constexpr std::size_t kFew = 32;
  if (path.step() == AttributePath::Step::kField && set.size() <= kFew &&
      std::none_of(set.begin(), set.end(), [&](const std::string& candidate) {
        return absl::EndsWith(candidate, path.name());
      })) {
    return false;
  }
  return set.contains(path.ToString());
}

void UnknownSet::AddLeaves(std::vector<const UnknownSet*>& leaves) const {
  ForEachLeaf(*this, [&](const UnknownSet& leaf) { leaves.push_back(&leaf); });
}

bool UnknownSet::HasPath() const {
  bool has_path = false;
  ForEachLeaf(*this, [&](const UnknownSet& leaf) {
    has_path = has_path || leaf.path != nullptr;
  });
  return has_path;
}

bool UnknownSet::HasReason() const {
  bool has_reason = false;
  ForEachLeaf(*this, [&](const UnknownSet& leaf) {
    has_reason = has_reason || !leaf.reason.empty();
  });
  return has_reason;
}

std::vector<std::string> UnknownSet::Paths() const {
  std::vector<std::string> paths;
  ForEachLeaf(*this, [&paths](const UnknownSet& leaf) {
    if (leaf.path != nullptr) paths.push_back(leaf.path->ToString());
  });
  SortAndDedupe(paths);
  return paths;
}

std::vector<std::string> UnknownSet::Reasons() const {
  std::vector<std::string> reasons;
  ForEachLeaf(*this, [&reasons](const UnknownSet& leaf) {
    if (!leaf.reason.empty()) reasons.emplace_back(leaf.reason);
  });
  SortAndDedupe(reasons);
  return reasons;
}

}  // namespace klausul::cel
