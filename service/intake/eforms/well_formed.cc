#include "service/intake/eforms/well_formed.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "service/base/source.h"

namespace klausul::intake::eforms {
namespace {

constexpr std::size_t kNone = absl::string_view::npos;

// The longest piece of the text that a message quotes, in bytes.
constexpr std::size_t kQuoted = 40;

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

bool IsNameChar(char c) {
  return IsNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Whether XML allows the character that a reference such as `&#x1;` names.
bool IsXmlChar(std::uint32_t point) {
  return point == 0x9 || point == 0xA || point == 0xD ||
         (point >= 0x20 && point < 0xD800) ||
         (point >= 0xE000 && point <= 0xFFFD) ||
         (point >= 0x10000 && point <= 0x10FFFF);
}

std::string Quote(absl::string_view text) {
  if (text.size() <= kQuoted) return absl::StrCat("`", text, "`");
  std::size_t cut = kQuoted;
  // Not in the middle of a character.
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  return absl::StrCat("`", text.substr(0, cut), "…`");
}

class Checker {
 public:
  Checker(absl::string_view text, const WellFormedLimits& limits)
      : text_(text), limits_(limits) {}

  // True where all is well; else `fault` says what is not.
  bool Run() {
    if (!CheckCharacters()) return false;
    if (absl::StartsWith(text_, "<?xml") && text_.size() > 5 &&
        IsSpace(text_[5])) {
      const std::size_t end = text_.find("?>");
      if (end == kNone) {
        return Fail(0, 5, "xml-syntax", "the XML declaration has no end", "");
      }
      at_ = end + 2;
    }
    while (at_ < text_.size()) {
      if (!(text_[at_] == '<' ? Markup() : CharacterData())) return false;
    }
    if (!open_.empty()) {
      const absl::string_view name = open_.back();
      return Fail(OffsetOf(name), name.size(), "xml-syntax",
                  absl::StrCat("element ", Quote(name), " is never closed"),
                  "the file may have been cut off");
    }
    if (element_count_ == 0) {
      return Fail(
          text_.size(), 0, "xml-syntax",
          text_.empty() ? "the file is empty" : "the file has no element", "");
    }
    return true;
  }

  const XmlFault& fault() const { return fault_; }

  std::size_t element_count() const { return element_count_; }

 private:
  bool Fail(std::size_t begin, std::size_t length, absl::string_view code,
            absl::string_view message, absl::string_view help) {
    fault_ = {
        {static_cast<std::uint32_t>(begin),
         static_cast<std::uint32_t>(std::min(text_.size(), begin + length))},
        std::string(code),
        std::string(message),
        std::string(help)};
    return false;
  }

  std::size_t OffsetOf(absl::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }

  // Control characters and non-characters, wherever they stand.
  bool CheckCharacters() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const auto c = static_cast<unsigned char>(text_[i]);
      if (c < 0x20 && !IsSpace(text_[i])) {
        return Fail(i, 1, "xml-character",
                    absl::StrFormat("control character U+%04X is not allowed "
                                    "in XML",
                                    c),
                    "remove it");
      }
      if (c == 0xEF && (absl::StartsWith(text_.substr(i), "\xEF\xBF\xBE") ||
                        absl::StartsWith(text_.substr(i), "\xEF\xBF\xBF"))) {
        return Fail(i, 3, "xml-character",
                    absl::StrFormat("character U+FFF%c is not allowed in XML",
                                    text_[i + 2] == '\xBE' ? 'E' : 'F'),
                    "remove it");
      }
    }
    return true;
  }

  // Text up to the next `<`.
  bool CharacterData() {
    for (; at_ < text_.size() && text_[at_] != '<'; ++at_) {
      const char c = text_[at_];
      if (open_.empty()) {
        if (IsSpace(c)) continue;
        if (element_count_ > 0) {
          return Fail(at_, 1, "xml-syntax", "text after the root element",
                      "a notice is one element");
        }
        return Fail(at_, 1, "xml-syntax", "text before the root element",
                    "an XML file starts with `<`");
      }
      if (c == '&') {
        if (!Reference()) return false;
        --at_;
      } else if (c == ']' && absl::StartsWith(text_.substr(at_), "]]>")) {
        return Fail(at_, 3, "xml-syntax", "`]]>` outside a CDATA section",
                    "write `]]&gt;`");
      }
    }
    return true;
  }

  // `&...;`; stands behind it afterwards.
  bool Reference() {
    const std::size_t begin = at_;
    std::size_t end = begin + 1;
    while (end < text_.size() && end - begin <= kQuoted &&
           (IsNameChar(text_[end]) || text_[end] == '#')) {
      ++end;
    }
    if (end >= text_.size() || text_[end] != ';' || end == begin + 1) {
      return Fail(begin, 1, "xml-entity", "`&` that starts no reference",
                  "write `&amp;`");
    }
    const absl::string_view name = text_.substr(begin + 1, end - begin - 1);
    at_ = end + 1;
    if (name == "amp" || name == "lt" || name == "gt" || name == "apos" ||
        name == "quot") {
      return true;
    }
    if (name[0] == '#') {
      if (IsXmlChar(NumberOf(name.substr(1)))) return true;
      return Fail(begin, end + 1 - begin, "xml-entity",
                  absl::StrCat("`&", name, ";` names no character of XML"), "");
    }
    return Fail(begin, end + 1 - begin, "xml-entity",
                absl::StrCat("entity `&", name, ";` is not defined"),
                "XML itself knows amp, lt, gt, apos and quot");
  }

  // Zero, which XML does not allow, where it is no number.
  static std::uint32_t NumberOf(absl::string_view digits) {
    const bool hex = absl::StartsWith(digits, "x");
    if (hex) digits.remove_prefix(1);
    std::uint32_t value = 0;
    for (const char c : digits) {
      std::uint32_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if (hex && c >= 'a' && c <= 'f') {
        digit = c - 'a' + 10;
      } else if (hex && c >= 'A' && c <= 'F') {
        digit = c - 'A' + 10;
      } else {
        return 0;
      }
      value = value * (hex ? 16 : 10) + digit;
      if (value > 0x10FFFF) return 0;
    }
    return digits.empty() ? 0 : value;
  }

  bool Markup() {
    const absl::string_view rest = text_.substr(at_);
    if (absl::StartsWith(rest, "<!--")) return Comment();
    if (absl::StartsWith(rest, "<![CDATA[")) return Cdata();
    if (absl::StartsWith(rest, "<?")) return Instruction();
    if (absl::StartsWith(rest, "</")) return EndTag();
    if (absl::StartsWith(rest, "<!")) {
      return Fail(at_, std::min<std::size_t>(9, rest.size()), "xml-doctype",
                  absl::StartsWith(rest, "<!DOCTYPE")
                      ? "a document type declaration is refused"
                      : "`<!` starts neither a comment nor a CDATA section",
                  "a notice has no DTD and no entities of its own; remove it");
    }
    return StartTag();
  }

  bool Comment() {
    const std::size_t end = text_.find("--", at_ + 4);
    if (end == kNone) {
      return Fail(at_, 4, "xml-syntax", "the comment has no end", "");
    }
    if (end + 2 >= text_.size() || text_[end + 2] != '>') {
      return Fail(end, 2, "xml-syntax", "`--` inside a comment", "");
    }
    at_ = end + 3;
    return true;
  }

  bool Cdata() {
    if (open_.empty()) {
      return Fail(at_, 9, "xml-syntax", "text outside the root element", "");
    }
    const std::size_t end = text_.find("]]>", at_);
    if (end == kNone) {
      return Fail(at_, 9, "xml-syntax", "the CDATA section has no end", "");
    }
    at_ = end + 3;
    return true;
  }

  bool Instruction() {
    const absl::string_view rest = text_.substr(at_ + 2);
    if (rest.empty() || !IsNameStart(rest[0])) {
      return Fail(at_, 2, "xml-syntax", "`<?` without a name", "");
    }
    if (rest.size() > 3 && absl::EqualsIgnoreCase(rest.substr(0, 3), "xml") &&
        !IsNameChar(rest[3])) {
      return Fail(at_, 5, "xml-syntax",
                  "an XML declaration in the middle of the file",
                  "two files may have been joined");
    }
    const std::size_t end = text_.find("?>", at_ + 2);
    if (end == kNone) {
      return Fail(at_, 2, "xml-syntax", "the processing instruction has no end",
                  "");
    }
    at_ = end + 2;
    return true;
  }

  // The name at `at_`, which moves behind it; empty where there is none.
  absl::string_view Name() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && IsNameStart(text_[at_])) {
      while (at_ < text_.size() && IsNameChar(text_[at_]))
        ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  void SkipSpace() {
    while (at_ < text_.size() && IsSpace(text_[at_]))
      ++at_;
  }

  bool EndTag() {
    const std::size_t begin = at_;
    at_ += 2;
    const absl::string_view name = Name();
    SkipSpace();
    if (name.empty() || at_ >= text_.size() || text_[at_] != '>') {
      return Fail(begin, 2, "xml-syntax", "the end tag is not complete", "");
    }
    ++at_;
    if (open_.empty()) {
      return Fail(
          begin, at_ - begin, "xml-syntax",
          absl::StrCat("end tag ", Quote(name), " where no element is open"),
          "");
    }
    if (open_.back() != name) {
      return Fail(begin, at_ - begin, "xml-syntax",
                  absl::StrCat("end tag ", Quote(name), " where ",
                               Quote(open_.back()), " is open"),
                  "");
    }
    open_.pop_back();
    return true;
  }

  bool StartTag() {
    const std::size_t begin = at_;
    ++at_;
    const absl::string_view name = Name();
    if (name.empty()) {
      return Fail(begin, 1, "xml-syntax", "`<` that starts no tag",
                  "write `&lt;`");
    }
    if (open_.empty() && element_count_ > 0) {
      return Fail(begin, at_ - begin, "xml-syntax",
                  absl::StrCat("a second root element ", Quote(name)),
                  "a notice is one element");
    }
    if (++element_count_ > limits_.elements) {
      return Fail(begin, at_ - begin, "xml-limit",
                  absl::StrCat("more than ", limits_.elements, " elements"),
                  "");
    }
    attributes_.clear();
    while (true) {
      const std::size_t before = at_;
      SkipSpace();
      const absl::string_view rest = text_.substr(at_);
      if (absl::StartsWith(rest, "/>")) {
        at_ += 2;
        return true;
      }
      if (absl::StartsWith(rest, ">")) {
        ++at_;
        break;
      }
      if (rest.empty() || !IsNameStart(rest[0]) || at_ == before) {
        return Fail(rest.empty() ? begin : at_, 1, "xml-syntax",
                    absl::StrCat("the tag ", Quote(name), " is not complete"),
                    "");
      }
      if (!Attribute()) return false;
    }
    open_.push_back(name);
    if (open_.size() > limits_.depth) {
      return Fail(begin, at_ - begin, "xml-limit",
                  absl::StrCat("more than ", limits_.depth,
                               " elements inside each other"),
                  "");
    }
    return true;
  }

  bool Attribute() {
    const std::size_t begin = at_;
    const absl::string_view name = Name();
    if (std::find(attributes_.begin(), attributes_.end(), name) !=
        attributes_.end()) {
      return Fail(begin, name.size(), "xml-attribute",
                  absl::StrCat("attribute ", Quote(name), " is given twice"),
                  "");
    }
    attributes_.push_back(name);
    if (attributes_.size() > limits_.attributes) {
      return Fail(begin, name.size(), "xml-limit",
                  absl::StrCat("more than ", limits_.attributes,
                               " attributes on one element"),
                  "");
    }
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != '=') {
      return Fail(begin, name.size(), "xml-attribute",
                  absl::StrCat("attribute ", Quote(name), " has no value"), "");
    }
    ++at_;
    SkipSpace();
    if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\'')) {
      return Fail(
          begin, name.size(), "xml-attribute",
          absl::StrCat("the value of ", Quote(name), " is not in quotes"), "");
    }
    const char quote = text_[at_];
    const std::size_t open = at_;
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '<') {
        return Fail(at_, 1, "xml-attribute",
                    absl::StrCat("`<` in the value of ", Quote(name)),
                    "a quotation mark may be missing; else write `&lt;`");
      }
      if (text_[at_] == '&') {
        if (!Reference()) return false;
      } else {
        ++at_;
      }
    }
    if (at_ >= text_.size()) {
      return Fail(open, 1, "xml-attribute",
                  absl::StrCat("the value of ", Quote(name), " has no end"),
                  "");
    }
    ++at_;
    return true;
  }

  absl::string_view text_;
  const WellFormedLimits& limits_;
  std::size_t at_ = 0;
  std::size_t element_count_ = 0;
  // Names of the open elements, outermost first.
  std::vector<absl::string_view> open_;
  std::vector<absl::string_view> attributes_;
  XmlFault fault_;
};

}  // namespace

absl::optional<XmlFault> CheckWellFormed(absl::string_view text,
                                         const WellFormedLimits& limits,
                                         std::size_t& element_count) {
  Checker checker(text, limits);
  const bool good = checker.Run();
  element_count = checker.element_count();
  if (good) return absl::nullopt;
  return checker.fault();
}

}  // namespace klausul::intake::eforms
