#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_OUTPUT_VALUE_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_OUTPUT_VALUE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace klausul::intake {

// A value about to be written as YAML or JSON.
struct OutputValue {
  enum class Kind {
    // A number or truth value: plain in both.
    kLiteral,
    // A short form such as `NOK 1300000` or `OPEN`: plain in YAML, a string in
    // JSON.
    kWord,
    // Text of an author: quoted in YAML where it has to be.
    kText,
    // Text that has to read as text and nothing else: quoted in both.
    kQuotedText,
    kList,
    kMapping,
  };

  static OutputValue Literal(std::string text) {
    return {Kind::kLiteral, std::move(text), {}, {}};
  }

  static OutputValue Word(std::string text) {
    return {Kind::kWord, std::move(text), {}, {}};
  }

  static OutputValue Text(std::string text) {
    return {Kind::kText, std::move(text), {}, {}};
  }

  static OutputValue QuotedText(std::string text) {
    return {Kind::kQuotedText, std::move(text), {}, {}};
  }

  static OutputValue List() { return {Kind::kList, "", {}, {}}; }

  static OutputValue Mapping() { return {Kind::kMapping, "", {}, {}}; }

  void Add(absl::string_view name, OutputValue value) {
    fields.emplace_back(std::string(name), std::move(value));
  }

  Kind kind = Kind::kLiteral;
  std::string text;
  std::vector<OutputValue> items;
  std::vector<std::pair<std::string, OutputValue>> fields;
};

// Block style, two spaces a level; lists of single values in brackets where
// they fit on a line. Ends in a line break.
std::string ToYaml(const OutputValue& value);

// Indented by two spaces. Ends in a line break.
std::string ToJson(const OutputValue& value);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_OUTPUT_VALUE_H_
