#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_TEXT_CLASSES_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_TEXT_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/engine/columns/key_ranges.h"

namespace klausul::engine {

// The texts of a column by the constants that they meet: two texts between
// which no constant tells are of one class. A class is a key, in the order of
// the texts, by bytes as the language has it.
//
// First tell it of all tests (Add...), then Seal(), then ask.
class TextClasses {
 public:
  // Tests of these forms will be asked for.
  void AddConstant(absl::string_view text);
  void AddPrefix(absl::string_view prefix);

  void Seal();

  // The class of a text: a number below size(). One binary search.
  std::int64_t ClassOf(absl::string_view text) const;

  std::size_t size() const { return cuts_.size() + 1; }

  // The classes of the texts for which `text relation constant` is true.
  KeyRanges Ranges(Relation relation, absl::string_view constant) const;

  // The classes of the texts that start so.
  KeyRanges PrefixRanges(absl::string_view prefix) const;

 private:
  // A text from which on a class begins.
  struct Cut {
    // Its first eight bytes as a big-endian number, padded by zeros: most
    // comparisons end here.
    std::uint64_t head = 0;
    std::string text;
  };

  static std::uint64_t Head(absl::string_view text);

  std::vector<std::string> pending_;
  std::vector<Cut> cuts_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_TEXT_CLASSES_H_
