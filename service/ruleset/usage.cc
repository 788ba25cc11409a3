#include "service/ruleset/usage.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "service/engine/text_value.h"

namespace klausul::ruleset {
namespace {

bool IsNameStart(char c) {
  return absl::ascii_isalpha(c) || c == '_';
}

bool IsNamePart(char c) {
  return absl::ascii_isalnum(c) || c == '_';
}

// Past a string literal that starts at `at`; `text` gets what is in it.
std::size_t SkipString(absl::string_view expression, std::size_t at,
                       std::string* text) {
  const char quote = expression[at++];
  while (at < expression.size() && expression[at] != quote) {
    if (expression[at] == '\\') ++at;
    if (at < expression.size()) text->push_back(expression[at++]);
  }
  return at + 1;
}

void Merge(const Words& from, Words& into) {
  into.identifiers.insert(from.identifiers.begin(), from.identifiers.end());
  into.parameters.insert(from.parameters.begin(), from.parameters.end());
}

}  // namespace

Words WordsOf(absl::string_view expression) {
  Words words;
  std::string name;
  std::size_t at = 0;
  while (at < expression.size()) {
    const char c = expression[at];
    if (c == '"' || c == '\'') {
      std::string text;
      at = SkipString(expression, at, &text);
      if (name == "parameter" || name == "threshold") {
        words.parameters.insert(text);
      }
      name.clear();
    } else if (c == '/' && expression.substr(at, 2) == "//") {
      while (at < expression.size() && expression[at] != '\n')
        ++at;
    } else if (IsNameStart(c)) {
      const std::size_t begin = at;
      while (at < expression.size() && IsNamePart(expression[at]))
        ++at;
      name = std::string(expression.substr(begin, at - begin));
      if (begin == 0 || expression[begin - 1] != '.') {
        words.identifiers.insert(name);
      }
    } else {
      // A name stays in mind over its bracket: `parameter ( "x" )`.
      if (c != '(' && !absl::ascii_isspace(c)) name.clear();
      ++at;
    }
  }
  return words;
}

Words WordsOf(const v1::Rule& rule) {
  Words words = WordsOf(rule.applies().text());
  Merge(WordsOf(rule.requirement().text()), words);
  for (const v1::Rule::Argument& argument : rule.args()) {
    Merge(WordsOf(argument.expression().text()), words);
  }
  return words;
}

std::set<std::string> PlaceholdersOf(const v1::Rule& rule) {
  std::set<std::string> names;
  for (const v1::Text* text :
       {&rule.title(), &rule.message(), &rule.remedy(), &rule.consequence()}) {
    for (const auto& [language, written] : text->by_language()) {
      std::size_t bad_offset = 0;
      for (std::string& name : engine::Placeholders(written, &bad_offset)) {
        names.insert(std::move(name));
      }
    }
  }
  return names;
}

std::string OnOneLine(absl::string_view expression) {
  return absl::StrJoin(
      absl::StrSplit(expression, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty()),
      " ");
}

}  // namespace klausul::ruleset
