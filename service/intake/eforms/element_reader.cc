#include "service/intake/eforms/element_reader.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/intake/eforms/names.h"
#include "service/intake/eforms/namespaces.h"
#include "service/intake/eforms/xml_reference.h"
#include "service/intake/eforms/xml_scan.h"

namespace klausul::intake::eforms {
namespace {

// Bytes of a notice for one element, on average a little more than this: what
// is reserved at first. Larger files grow from the bound on.
constexpr std::size_t kBytesPerElement = 40;
constexpr std::size_t kMaxReserved = 1 << 16;

// Attributes of one block. More than an element may have.
constexpr std::size_t kAttributeBlock = 256;

class Reader {
 public:
  Reader(absl::string_view text, const WellFormedLimits& limits,
         ElementStore& store)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        limits_(limits),
        store_(store) {
    store_.elements.reserve(
        std::min(text.size() / kBytesPerElement + 1, kMaxReserved));
    open_.reserve(32);
  }

  bool Run() {
    if (!Declaration()) return false;
    while (at_ != end_) {
      // What stands between two tags is blank more often than not.
      const char* text = SkipSpace(at_, end_);
      if (text != end_ && *text != '<') {
        if (!CharacterData(text)) return false;
        continue;
      }
      at_ = text;
      if (at_ != end_ && !Markup()) return false;
    }
    return open_.empty() && !store_.elements.empty();
  }

  absl::optional<XmlFault> TakeFault() { return std::move(fault_); }

 private:
  // An element whose end tag has not come yet.
  struct Open {
    // With its prefix.
    absl::string_view name;
    // Its place in the store.
    std::uint32_t number = 0;
    std::uint32_t binding_count = 0;
    // Its only piece of text so far, as it stands in the document.
    absl::string_view piece;
    // All of its text, where that is in several pieces or has references.
    std::string* joined = nullptr;
  };

  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  absl::string_view Rest() const { return {at_, left()}; }

  std::uint32_t OffsetOf(const char* at) const {
    return static_cast<std::uint32_t>(at - begin_);
  }

  bool Declaration() {
    if (left() < 6 || !absl::StartsWith(Rest(), "<?xml") ||
        !IsXmlSpace(at_[5])) {
      return true;
    }
    return SkipTo("?>", 0);
  }

  // Goes behind the next `mark` that starts `from` bytes ahead or later.
  bool SkipTo(absl::string_view mark, std::size_t from) {
    const std::size_t found = Rest().find(mark, from);
    if (found == absl::string_view::npos) return false;
    at_ += found + mark.size();
    return true;
  }

  // Text of an element from `at_` on, of which `text` is the first that is not
  // blank.
  bool CharacterData(const char* text) {
    if (open_.empty()) return false;
    bool plain = true;
    const char* stop = FindInText(text, end_);
    while (stop != end_ && *stop != '<') {
      if (*stop == ']') {
        if (absl::StartsWith(
                absl::string_view(stop, static_cast<std::size_t>(end_ - stop)),
                "]]>")) {
          return false;
        }
      } else {
        plain = false;
      }
      stop = FindInText(stop + 1, end_);
    }
    const absl::string_view piece(at_, static_cast<std::size_t>(stop - at_));
    at_ = stop;
    return AddText(piece, plain ? absl::optional<XmlTextKind>()
                                : XmlTextKind::kCharacters);
  }

  // Adds to the text of the open element; without a kind the piece means what
  // it is.
  bool AddText(absl::string_view piece, absl::optional<XmlTextKind> kind) {
    Open& open = open_.back();
    if (open.joined == nullptr) {
      if (!kind.has_value() && open.piece.empty()) {
        open.piece = piece;
        return true;
      }
      open.joined = &store_.strings.emplace_front(open.piece);
    }
    if (kind.has_value()) return AppendXmlText(piece, *kind, *open.joined);
    open.joined->append(piece.data(), piece.size());
    return true;
  }

  // At a `<`.
  bool Markup() {
    if (left() < 2) return false;
    switch (at_[1]) {
      case '/':
        return EndTag();
      case '!':
        return Comment();
      case '?':
        return Instruction();
      default:
        return StartTag();
    }
  }

  // Or a CDATA section. There is no other `<!` that is taken.
  bool Comment() {
    if (absl::StartsWith(Rest(), "<!--")) {
      return SkipTo("--", 4) && left() > 0 && *at_++ == '>';
    }
    constexpr absl::string_view kCdata = "<![CDATA[";
    if (!absl::StartsWith(Rest(), kCdata) || open_.empty()) return false;
    const char* inside = at_ + kCdata.size();
    if (!SkipTo("]]>", kCdata.size())) return false;
    return AddText({inside, static_cast<std::size_t>(at_ - 3 - inside)},
                   XmlTextKind::kCdata);
  }

  bool Instruction() {
    if (left() < 3 || !IsXmlNameStart(at_[2])) return false;
    const absl::string_view rest = Rest().substr(2);
    if (rest.size() > 3 && absl::StartsWithIgnoreCase(rest, "xml") &&
        !IsXmlNameChar(rest[3])) {
      return false;
    }
    return SkipTo("?>", 2);
  }

  bool EndTag() {
    if (open_.empty()) return false;
    const absl::string_view name = open_.back().name;
    if (left() < name.size() + 3 ||
        !SameBytes(at_ + 2, name.data(), name.size())) {
      return false;
    }
    at_ += 2 + name.size();
    if (*at_ != '>') {
      at_ = SkipSpace(at_, end_);
      if (at_ == end_ || *at_ != '>') return false;
    }
    ++at_;
    Close();
    return true;
  }

  void Close() {
    const Open& open = open_.back();
    Element& element = store_.elements[open.number];
    element.text = StripXmlSpace(
        open.joined == nullptr ? open.piece : absl::string_view(*open.joined));
    element.size =
        static_cast<std::uint32_t>(store_.elements.size()) - open.number;
    if (bindings_.size() != open.binding_count) {
      bindings_.Shrink(open.binding_count);
    }
    if (element.parent_distance != 0) {
      NameSet& names = (&element - element.parent_distance)->below;
      names.Add(element.name_id);
      names.Add(element.below);
    }
    open_.pop_back();
  }

  bool StartTag() {
    const char* const tag = at_;
    const char* colon = nullptr;
    const char* const name_end = FindNameEnd(tag + 1, end_, colon);
    const absl::string_view name(tag + 1,
                                 static_cast<std::size_t>(name_end - tag - 1));
    if (name.empty() || name_end == end_) return false;
    if (open_.empty() && !store_.elements.empty()) return false;
    if (store_.elements.size() == limits_.elements) return false;

    const std::size_t binding_count = bindings_.size();
    const auto number = static_cast<std::uint32_t>(store_.elements.size());
    Element& element = store_.elements.emplace_back();
    at_ = name_end;
    if (*at_ != '>' && !Attributes(element)) return false;
    const bool empty = *at_ == '/';
    at_ += empty ? 2 : 1;

    if (!Name(name, static_cast<std::size_t>(colon - name.data()), element)) {
      return false;
    }
    element.begin = OffsetOf(tag);
    element.tag_end = OffsetOf(at_);
    element.number = number;
    if (!open_.empty()) element.parent_distance = number - open_.back().number;
    if (empty) {
      bindings_.Shrink(binding_count);
      if (!open_.empty()) {
        store_.elements[open_.back().number].below.Add(element.name_id);
      }
      return true;
    }
    Open& open = open_.emplace_back();
    open.name = name;
    open.number = number;
    open.binding_count = static_cast<std::uint32_t>(binding_count);
    return open_.size() <= limits_.depth;
  }

  // Resolves the name of an element, with its declarations in force.
  bool Name(absl::string_view name, std::size_t colon, Element& element) {
    absl::string_view prefix;
    element.name = name;
    if (colon < name.size()) {
      prefix = name.substr(0, colon);
      element.name.remove_prefix(colon + 1);
    }
    element.name_id = FindName(element.name);
    const bool bound = bindings_.Find(prefix, element.ns);
    // A name of our list under a prefix that was declared is a name, but for
    // how the prefix may start.
    const bool known =
        element.name_id != kUnknownName && bound && IsXmlNameStart(name[0]);
    if (!known && !IsXmlName(name)) return false;
    if (bindings_.size() > NamespaceBindings::kMax) {
      const std::uint32_t at = OffsetOf(name.data());
      fault_ = XmlFault{{at - 1, at},
                        "xml-limit",
                        absl::StrCat("more than ", NamespaceBindings::kMax,
                                     " namespaces are declared at once"),
                        ""};
      return false;
    }
    if (bound) return true;
    const std::uint32_t at = OffsetOf(name.data());
    fault_ =
        XmlFault{{at, at + static_cast<std::uint32_t>(prefix.size())},
                 "xml-namespace",
                 absl::StrCat("prefix `", prefix, "` is bound to no namespace"),
                 absl::StrCat("declare it: `xmlns:", prefix, "=\"…\"`")};
    return false;
  }

  // From behind the name of a tag to its `>` or `/>`.
  bool Attributes(Element& element) {
    attribute_names_.clear();
    while (true) {
      const char* const before = at_;
      at_ = SkipSpace(at_, end_);
      if (at_ == end_) return false;
      if (*at_ == '>') return true;
      if (*at_ == '/') return left() > 1 && at_[1] == '>';
      if (at_ == before || !OneAttribute(element)) return false;
    }
  }

  // Goes behind the name of an attribute; empty where there is none.
  absl::string_view AttributeName() {
    const char* const begin = at_;
    // Most attributes of a notice are one of these.
    static constexpr absl::string_view kUsual[] = {
        "listName", "schemeName", "languageID", "unitCode", "currencyID"};
    for (const absl::string_view usual : kUsual) {
      if (left() > usual.size() && begin[usual.size()] == '=' &&
          SameBytes(begin, usual.data(), usual.size())) {
        at_ += usual.size();
        return {begin, usual.size()};
      }
    }
    if (!IsXmlNameStart(*at_)) return {};
    while (at_ != end_ && IsXmlNameChar(*at_))
      ++at_;
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  bool OneAttribute(Element& element) {
    const absl::string_view name = AttributeName();
    if (name.empty() ||
        std::find(attribute_names_.begin(), attribute_names_.end(), name) !=
            attribute_names_.end() ||
        attribute_names_.size() == limits_.attributes) {
      return false;
    }
    attribute_names_.push_back(name);
    if (at_ != end_ && *at_ != '=') at_ = SkipSpace(at_, end_);
    if (at_ == end_ || *at_++ != '=') return false;
    if (at_ != end_ && IsXmlSpace(*at_)) at_ = SkipSpace(at_, end_);
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return false;
    absl::string_view value;
    if (!Value(value)) return false;
    if (absl::StartsWith(name, "xmlns")) {
      if (name.size() == 5) {
        bindings_.Bind("", NamespaceOf(value));
        return true;
      }
      if (name[5] == ':') {
        bindings_.Bind(name.substr(6), NamespaceOf(value));
        return true;
      }
    }
    Keep({name, StripXmlSpace(value)}, element);
    return true;
  }

  // A value in quotes; goes behind it.
  bool Value(absl::string_view& value) {
    const char quote = *at_++;
    const char* const begin = at_;
    bool plain = true;
    at_ = FindInValue(at_, end_, quote);
    while (at_ != end_ && *at_ != quote) {
      if (*at_ == '<') return false;
      plain = false;
      at_ = FindInValue(at_ + 1, end_, quote);
    }
    if (at_ == end_) return false;
    value = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    if (plain) return true;
    std::string& decoded = store_.strings.emplace_front();
    if (!AppendXmlText(value, XmlTextKind::kValue, decoded)) return false;
    value = decoded;
    return true;
  }

  void Keep(const XmlAttribute& attribute, Element& element) {
    // A block has room for all attributes of an element, or a new one is begun.
    if (element.attribute_count == 0 &&
        (blocks_used_ == 0 ||
         kAttributeBlock - block_used_ < limits_.attributes)) {
      if (blocks_used_ == store_.attribute_blocks.size()) {
        store_.attribute_blocks.push_back(std::make_unique<XmlAttribute[]>(
            std::max(kAttributeBlock, limits_.attributes)));
      }
      ++blocks_used_;
      block_used_ = 0;
    }
    XmlAttribute* const block = store_.attribute_blocks[blocks_used_ - 1].get();
    if (element.attribute_count == 0) element.attributes = block + block_used_;
    block[block_used_++] = attribute;
    ++element.attribute_count;
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  const WellFormedLimits& limits_;
  ElementStore& store_;
  std::vector<Open> open_;
  // Names of the attributes of one tag so far.
  std::vector<absl::string_view> attribute_names_;
  NamespaceBindings bindings_;
  std::size_t blocks_used_ = 0;
  // Attributes in the last of them.
  std::size_t block_used_ = 0;
  absl::optional<XmlFault> fault_;
};

}  // namespace

void ElementStore::Clear() {
  if (elements.capacity() > kMaxReserved) {
    *this = ElementStore();
    return;
  }
  elements.clear();
  // One block is enough for most notices.
  if (attribute_blocks.size() > 1) attribute_blocks.resize(1);
  strings.clear();
}

bool ReadElements(absl::string_view text, const WellFormedLimits& limits,
                  ElementStore& store,
                  absl::optional<XmlFault>& namespace_fault) {
  store.Clear();
  // Blocks that are here already may be too small.
  if (limits.attributes > kAttributeBlock) store.attribute_blocks.clear();
  Reader reader(text, limits, store);
  const bool good = reader.Run();
  namespace_fault = reader.TakeFault();
  return good;
}

}  // namespace klausul::intake::eforms
