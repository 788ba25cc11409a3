#ifndef KLAUSUL_SERVICE_CEL_LAYOUT_H_
#define KLAUSUL_SERVICE_CEL_LAYOUT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

// Lays text out within a width: what the formatter says its expressions with.
//
// A `Sheet` owns pieces: texts, pieces in a row, and blocks, which are where
// lines may be broken. A block that fits stands on one line; one that does not
// fills its lines, item by item, each new one under the first. It knows
// nothing of expressions.

namespace klausul::cel {

class Sheet {
 public:
  struct Piece;

  // A part of a block.
  struct Item {
    // Before the item, on its line: an operator and a blank.
    std::string prefix;
    const Piece* piece = nullptr;
    // Behind it: a comma.
    std::string suffix;
    // Starts a line of its own, even where there is room.
    bool starts_line = false;
    // Begins on the line of the item before it, though it does not end there,
    // where its own lines have room enough below one another.
    bool stays = false;
    // Lines of their own before the item.
    std::vector<std::string> remarks;
    // The rest of the item's line, behind its suffix.
    std::string remark;
  };

  struct BlockStyle {
    // How far the lines after the first stand in.
    std::size_t indent = 0;
    // Between items that share a line: a blank or nothing.
    bool blank = true;
    // Where the items do not fit: each on its own line, rather than as many as
    // there is room for.
    bool one_a_line = false;
    // An item may follow one of several lines on its last line.
    bool joins = false;
    // In brackets: items that have more room there go to a new line, two
    // columns in, rather than behind the bracket.
    bool may_hang = false;
    // The same for the last item alone.
    bool last_may_hang = false;
  };

  Sheet();
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  // May hold line breaks of its own, which are kept as they are.
  const Piece* Text(absl::string_view text) ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // A remark to the end of the line, or on a line of its own; what follows goes
  // to the next line.
  const Piece* Remark(absl::string_view text,
                      bool own_line) ABSL_ATTRIBUTE_LIFETIME_BOUND;

  const Piece* Row(std::vector<const Piece*> parts)
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  const Piece* Block(std::vector<Item> items,
                     const BlockStyle& style) ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The piece laid out in lines of `width` columns, as far as it can be; a
  // column is a code point. Without a line break at the end.
  static std::string Print(const Piece& piece, std::size_t width);

 private:
  Piece* New();

  std::vector<std::unique_ptr<Piece>> pieces_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_LAYOUT_H_
