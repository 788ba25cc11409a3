#include "service/syntax/yaml.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "service/syntax/scalar.h"
#include "service/syntax/text_check.h"
#include "service/syntax/tree_builder.h"

namespace klausul::syntax {
namespace {

// Thrown through yaml-cpp to end its work once the tree builder has refused;
// never leaves this file.
struct Stop {};

// The library reads from a stream; this one does not copy the text.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(absl::string_view text) {
    char* begin = const_cast<char*>(text.data());  // Only ever read from.
    setg(begin, begin, begin + text.size());
  }
};

// Builds the tree from the library's events and refuses what DESIGN 5.3 does.
class Handler : public YAML::EventHandler {
 public:
  Handler(absl::string_view text, TreeBuilder& builder)
      : text_(text), builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    const std::size_t at = Offset(mark);
    if (absl::StartsWith(text_.substr(at), "---")) {
      builder_.Refuse({at, at + 3}, "yaml-documents",
                      "a second document starts here",
                      "keep one document a file");
    } else {
      builder_.Refuse({at, at + 1}, "yaml-syntax",
                      "unexpected text after the end of the document");
    }
    throw Stop{};
  }

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = Offset(mark);
    CheckProperties(at, "", anchor);
    std::size_t size = 0;
    for (const absl::string_view form : {"~", "null", "Null", "NULL"}) {
      if (absl::StartsWith(text_.substr(at), form)) size = form.size();
    }
    // A null written as nothing carries the mark of whatever comes next.
    Check(size == 0 ? builder_.ImpliedNull() : builder_.Null({at, at + size}));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    const std::size_t at = Offset(mark);
    builder_.Refuse(
        {at, WordEnd(at)}, "yaml-alias",
        absl::StrCat("`", Word(at), "` is an alias"),
        "write the value out, or quote a text that begins with `*`");
    throw Stop{};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    const std::size_t at = Offset(mark);
    CheckProperties(at, tag, anchor);
    const Node::Style style = StyleAt(at);
    // Escapes can spell what the text itself could not hold.
    if (FindInvalidUtf8(value) != absl::string_view::npos ||
        value.find('\0') != std::string::npos) {
      builder_.Refuse({at, at + 1}, "invalid-utf8",
                      "the escapes of this text are no valid code points");
      throw Stop{};
    }
    const std::size_t end = RawEnd(text_, at, style, value);
    if (style == Node::Style::kPlain && value == "<<" &&
        builder_.expects_key()) {
      builder_.Refuse({at, end}, "yaml-merge", "`<<` would merge a mapping",
                      "write the fields out");
      throw Stop{};
    }
    Check(builder_.Scalar({at, end}, style, value,
                          style == Node::Style::kPlain && CommentFollows(end)));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    const std::size_t at = Offset(mark);
    CheckProperties(at, tag, anchor);
    Check(builder_.Start(Node::Kind::kSequence, at));
  }

  void OnSequenceEnd() override { EndCollection('[', ']'); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    const std::size_t at = Offset(mark);
    CheckProperties(at, tag, anchor);
    Check(builder_.Start(Node::Kind::kMapping, at));
  }

  void OnMapEnd() override { EndCollection('{', '}'); }

 private:
  static void Check(bool ok) {
    if (!ok) throw Stop{};
  }

  std::size_t Offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)),
                    text_.size());
  }

  std::size_t WordEnd(std::size_t at) const {
    const std::size_t end = text_.find_first_of(" \t\r\n,]}", at);
    return end == absl::string_view::npos ? text_.size() : end;
  }

  absl::string_view Word(std::size_t at) const {
    return text_.substr(at, WordEnd(at) - at);
  }

  // Tags and anchors come before a value, in any order.
  void CheckProperties(std::size_t at, absl::string_view tag,
                       YAML::anchor_t anchor) {
    const char first = at < text_.size() ? text_[at] : '\0';
    const bool tagged =
        (!tag.empty() && tag != "?" && tag != "!") || first == '!';
    if (tagged && first != '&') {
      builder_.Refuse({at, WordEnd(at)}, "yaml-tag",
                      absl::StrCat("`", Word(at), "` is a tag"),
                      "quote a text that begins with `!`");
      throw Stop{};
    }
    if (anchor != 0 || tagged) {
      builder_.Refuse({at, WordEnd(at)}, "yaml-anchor",
                      absl::StrCat("`", Word(at), "` is an anchor"),
                      "write the value out where it is needed, or quote a text "
                      "that begins with `&`");
      throw Stop{};
    }
  }

  Node::Style StyleAt(std::size_t at) const {
    switch (at < text_.size() ? text_[at] : '\0') {
      case '\'':
        return Node::Style::kSingleQuoted;
      case '"':
        return Node::Style::kDoubleQuoted;
      case '|':
        return Node::Style::kLiteral;
      case '>':
        return Node::Style::kFolded;
      default:
        return Node::Style::kPlain;
    }
  }

  bool CommentFollows(std::size_t end) const {
    const std::size_t next = text_.find_first_not_of(" \t", end);
    return next != absl::string_view::npos && next > end && text_[next] == '#';
  }

  // A flow collection ends with its bracket, a block collection with its last
  // entry.
  void EndCollection(char open, char close) {
    std::size_t end = builder_.last_end();
    if (builder_.open_begin() < text_.size() &&
        text_[builder_.open_begin()] == open) {
      end = std::max(end, builder_.open_begin() + 1);
      end = FindClosing(end, close);
    }
    builder_.End(end);
  }

  std::size_t FindClosing(std::size_t at, char close) const {
    bool after_blank = false;
    while (at < text_.size() && text_[at] != close) {
      if (text_[at] == '#' && after_blank) {
        at = std::min(text_.find('\n', at), text_.size());
        continue;
      }
      after_blank = text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n';
      ++at;
    }
    return std::min(at + 1, text_.size());
  }

  absl::string_view text_;
  TreeBuilder& builder_;
  int documents_ = 0;
};

void ReportLibraryError(const YAML::Exception& error, absl::string_view text,
                        TreeBuilder& builder) {
  std::size_t at = text.size();
  if (!error.mark.is_null()) {
    at = std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)),
                  text.size());
  }
  // The library reports an unclosed bracket or quote far behind it, at the end.
  builder.Refuse({at, std::min(at + 1, text.size())}, "yaml-syntax",
                 absl::StrCat("not well-formed YAML: ", error.msg));
}

}  // namespace

std::shared_ptr<const Tree> ReadYaml(std::shared_ptr<const SourceFile> file,
                                     const Limits& limits,
                                     DiagnosticSink& sink) {
  if (!CheckText(file, limits, sink)) return nullptr;
  const absl::string_view text = file->text();
  TreeBuilder builder(file, Tree::Format::kYaml, limits, sink);
  Handler handler(text, builder);
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const Stop&) {
    // The builder has told why.
  } catch (const YAML::Exception& error) {
    ReportLibraryError(error, text, builder);
  }
  return builder.Finish();
}

}  // namespace klausul::syntax
