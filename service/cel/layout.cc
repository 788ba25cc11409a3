#include "service/cel/layout.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "service/base/source.h"

namespace klausul::cel {
namespace {

// How far the items of a block stand in that do not fit behind its bracket.
constexpr std::size_t kHangIndent = 2;
// Lines that have to be saved by it, where they have to be broken there, too.
constexpr std::size_t kHangSaves = 1;

}  // namespace

struct Sheet::Piece {
  enum class Kind { kText, kRemark, kRow, kBlock };

  Kind kind = Kind::kText;
  std::string text;
  std::vector<const Piece*> parts;
  std::vector<Item> items;
  BlockStyle style;
  // Of a remark: it does not stand behind anything.
  bool own_line = false;

  // On one line; without meaning where `broken`.
  std::size_t width = 0;
  // Cannot stand on one line.
  bool broken = false;
  // The columns before the first place where a line may end, and whether there
  // is such a place.
  std::size_t head = 0;
  bool breakable = false;
  // The columns that the widest line takes, from the piece's first column on,
  // where every line is broken that may be; and those of its last line.
  std::size_t need = 0;
  std::size_t tail = 0;
};

namespace {

using Piece = Sheet::Piece;

void MeasureText(Piece& piece) {
  const absl::string_view text = piece.text;
  const std::size_t first = text.find('\n');
  piece.broken = first != absl::string_view::npos;
  piece.width = CodePointCount(text);
  piece.head = CodePointCount(text.substr(0, first));
  piece.need = piece.head;
  piece.tail = piece.broken ? CodePointCount(text.substr(text.rfind('\n') + 1))
                            : piece.width;
}

void MeasureRow(Piece& piece) {
  std::size_t column = 0;
  for (const Piece* part : piece.parts) {
    piece.width += part->width;
    piece.broken = piece.broken || part->broken;
    if (!piece.breakable) piece.head += part->head;
    piece.breakable = piece.breakable || part->breakable || part->broken;
    piece.need = std::max(piece.need, column + part->need);
    column = part->broken && part->kind == Piece::Kind::kText
                 ? part->tail
                 : column + part->tail;
  }
  piece.tail = column;
}

void MeasureBlock(Piece& piece) {
  for (std::size_t i = 0; i < piece.items.size(); ++i) {
    const Sheet::Item& item = piece.items[i];
    const std::size_t prefix = CodePointCount(item.prefix);
    const std::size_t suffix = CodePointCount(item.suffix);
    const std::size_t indent = i == 0 ? 0 : piece.style.indent;
    piece.width += (i > 0 && piece.style.blank ? 1 : 0) + prefix +
                   item.piece->width + suffix;
    piece.broken = piece.broken || item.piece->broken || item.starts_line ||
                   !item.remark.empty() || !item.remarks.empty();
    piece.need =
        std::max(piece.need, indent + prefix + suffix +
                                 std::max(item.piece->need, item.piece->tail));
    piece.tail = indent + prefix + item.piece->tail + suffix;
    if (i > 0) continue;
    piece.head =
        prefix + item.piece->head + (item.piece->breakable ? 0 : suffix);
    piece.breakable =
        item.piece->breakable || piece.items.size() > 1 || piece.style.may_hang;
  }
}

class Printer {
 public:
  explicit Printer(std::size_t width) : width_(width) {}

  // `base`: the column under which the lines around the piece stand. `after`:
  // the columns that follow it on its last line.
  void Print(const Piece& piece, std::size_t base, std::size_t after) {
    switch (piece.kind) {
      case Piece::Kind::kText:
        return Write(piece.text, base);
      case Piece::Kind::kRemark:
        if (piece.own_line && column_ > 0) Break(base);
        return Remark(piece.text);
      case Piece::Kind::kRow:
        return PrintRow(piece, base, after);
      case Piece::Kind::kBlock:
        return PrintBlock(piece, base, after);
    }
  }

  std::string Take() && { return std::move(out_); }

 private:
  void PrintRow(const Piece& row, std::size_t base, std::size_t after) {
    // What follows each part up to the next place where a line may end.
    std::vector<std::size_t> follows(row.parts.size(), after);
    for (std::size_t i = row.parts.size(); i-- > 1;) {
      const Piece& next = *row.parts[i];
      follows[i - 1] = next.head + (next.breakable ? 0 : follows[i]);
    }
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
      Print(*row.parts[i], base, follows[i]);
    }
  }

  void PrintBlock(const Piece& block, std::size_t base, std::size_t after) {
    if (remark_) Break(base);
    const auto fits = [&] {
      return !block.broken && column_ + block.width + after <= width_;
    };
    if (!fits() && block.style.may_hang && HangsBetter(block, base, after)) {
      Break(base + kHangIndent);
    }
    const bool flat = fits();
    const std::size_t start = column_;
    // Nothing goes beside a remark or, as a rule, an item of several lines.
    bool fresh = false;
    bool several = false;
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      const Sheet::Item& item = block.items[i];
      const bool last = i + 1 == block.items.size();
      const std::size_t indent = block.style.last_may_hang && last && i > 0
                                     ? base + kHangIndent
                                     : start + block.style.indent;
      const std::size_t behind =
          CodePointCount(item.suffix) + (last ? after : 0);
      for (const std::string& remark : item.remarks) {
        if (i > 0 || fresh) Break(indent);
        Remark(remark);
        fresh = true;
      }
      if (i > 0) {
        if (flat || (!fresh && HasRoom(block.style, item, behind, several))) {
          if (block.style.blank) Write(" ", indent);
        } else {
          Break(indent);
        }
      }
      const std::size_t lines = lines_;
      Write(item.prefix, indent);
      Print(*item.piece, i == 0 ? start : column_, behind);
      Write(item.suffix, indent);
      several = lines != lines_;
      fresh = (several && !block.style.joins) || remark_;
      if (item.remark.empty()) continue;
      Remark(item.remark);
      fresh = true;
    }
  }

  // Whether an item can go on with the line, which the last of `several` lines
  // of the item before it may be.
  bool HasRoom(const Sheet::BlockStyle& style, const Sheet::Item& item,
               std::size_t behind, bool several) const {
    if (item.starts_line || style.one_a_line) return false;
    const std::size_t column =
        column_ + (style.blank ? 1 : 0) + CodePointCount(item.prefix);
    const Piece& piece = *item.piece;
    if (!piece.broken && column + piece.width + behind <= width_) return true;
    return item.stays && !several && column + piece.need <= width_ &&
           column + piece.tail + behind <= width_;
  }

  // Whether a block has more room on a line of its own than where it stands.
  bool HangsBetter(const Piece& block, std::size_t base,
                   std::size_t after) const {
    const std::size_t hung = base + kHangIndent;
    if (hung >= column_ || hung >= width_) return false;
    if (column_ + block.need + after > width_) return true;
    const std::size_t here = width_ - std::min(width_ - 1, column_);
    const std::size_t there = width_ - hung;
    std::size_t lines_here = 0;
    std::size_t lines_there = 1;
    bool crowded = false;
    bool roomy = true;
    for (const Sheet::Item& item : block.items) {
      const Piece& piece = *item.piece;
      const bool last = &item == &block.items.back();
      const std::size_t width = CodePointCount(item.prefix) + piece.width +
                                CodePointCount(item.suffix) +
                                (last ? after : 0);
      crowded = crowded || width > here;
      roomy = roomy && !piece.broken && width <= there;
      lines_here += width / here + 1;
      lines_there += width / there + 1;
    }
    if (!crowded) return false;
    return roomy || lines_there + kHangSaves <= lines_here;
  }

  void Break(std::size_t indent) {
    remark_ = false;
    while (!out_.empty() && out_.back() == ' ')
      out_.pop_back();
    out_.push_back('\n');
    out_.append(indent, ' ');
    column_ = indent;
    ++lines_;
  }

  void Write(absl::string_view text, std::size_t indent) {
    if (text.empty()) return;
    if (remark_) {
      Break(indent);
      text = absl::StripLeadingAsciiWhitespace(text);
    }
    absl::StrAppend(&out_, text);
    const std::size_t last = text.rfind('\n');
    if (last == absl::string_view::npos) {
      column_ += CodePointCount(text);
      return;
    }
    column_ = CodePointCount(text.substr(last + 1));
    ++lines_;
  }

  void Remark(absl::string_view text) {
    if (remark_) Break(column_at_remark_);
    if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n') {
      out_ += "  ";
      column_ += 2;
    }
    column_at_remark_ = column_;
    absl::StrAppend(&out_, text);
    remark_ = true;
  }

  const std::size_t width_;
  std::string out_;
  std::size_t column_ = 0;
  std::size_t lines_ = 0;
  // The line ends in a remark: nothing can follow on it.
  bool remark_ = false;
  std::size_t column_at_remark_ = 0;
};

}  // namespace

Sheet::Sheet() = default;

Sheet::~Sheet() = default;

Sheet::Piece* Sheet::New() {
  pieces_.push_back(std::make_unique<Piece>());
  return pieces_.back().get();
}

const Sheet::Piece* Sheet::Text(absl::string_view text) {
  Piece* piece = New();
  piece->text = std::string(text);
  MeasureText(*piece);
  return piece;
}

const Sheet::Piece* Sheet::Remark(absl::string_view text, bool own_line) {
  Piece* piece = New();
  piece->kind = Piece::Kind::kRemark;
  piece->text = std::string(text);
  piece->own_line = own_line;
  piece->broken = true;
  piece->breakable = true;
  return piece;
}

const Sheet::Piece* Sheet::Row(std::vector<const Piece*> parts) {
  Piece* piece = New();
  piece->kind = Piece::Kind::kRow;
  piece->parts = std::move(parts);
  MeasureRow(*piece);
  return piece;
}

const Sheet::Piece* Sheet::Block(std::vector<Item> items,
                                 const BlockStyle& style) {
  Piece* piece = New();
  piece->kind = Piece::Kind::kBlock;
  piece->items = std::move(items);
  piece->style = style;
  MeasureBlock(*piece);
  return piece;
}

std::string Sheet::Print(const Piece& piece, std::size_t width) {
  Printer printer(width);
  printer.Print(piece, 0, 0);
  return std::move(printer).Take();
}

}  // namespace klausul::cel
