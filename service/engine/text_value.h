#ifndef KLAUSUL_SERVICE_ENGINE_TEXT_VALUE_H_
#define KLAUSUL_SERVICE_ENGINE_TEXT_VALUE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "klausul/v1/common.pb.h"

#include "service/engine/reason.h"

namespace klausul::engine {

// A value as texts show it. It owns what it holds, so that a finding can be
// rendered after its evaluation is over.
struct TextValue {
  enum class Kind {
    kUnknown,
    kBool,
    kInt,
    kDouble,
    // Also enum values, by their short names.
    kString,
    kMoney,
    kDate,
    kSpan,
    kList,
  };

  Kind kind = Kind::kUnknown;
  bool bool_value = false;
  std::int64_t int_value = 0;
  double double_value = 0;
  std::string text;
  v1::Money money;
  v1::Date date;
  v1::Span span;
  std::vector<TextValue> items;

  static TextValue Unknown() { return {}; }

  static TextValue Bool(bool value);
  static TextValue Int(std::int64_t value);
  static TextValue Double(double value);
  static TextValue String(absl::string_view text);
  static TextValue Money(const v1::Money& money);
  static TextValue Date(const v1::Date& date);
  static TextValue Span(const v1::Span& span);
  static TextValue List(std::vector<TextValue> items);

  // For people: `1 300 000 kr` with no-break spaces, `NOK 1,300,000`,
  // `31.3.2026`, `31 March 2026`, `37,5`, `24 måneder`; *ikke oppgitt*,
  // *ikkje oppgitt*, *not stated*.
  std::string Format(Language language) const;

  // The same in every language, for programs: `NOK 1300000`, `2026-03-31`,
  // `24 months`, `true`, `PART_II`, `[a, b]`. Empty for an unknown value.
  std::string Plain() const;
};

// The text of the language asked for, else of the next best: Norwegian forms
// stand in for one another before English does, English falls back on bokmål.
// Empty where there is none at all.
std::string PickText(const v1::Text& text, Language language);

// The names in braces, in order, each once; `{{` and `}}` stand for braces.
// An unclosed brace or what is no name is reported by its byte offset in
// `bad_offset`, else that is npos.
std::vector<std::string> Placeholders(absl::string_view text,
                                      std::size_t* bad_offset);

// Puts values in the place of `{name}`; one without a value prints as not
// stated.
struct NamedValue {
  std::string name;
  TextValue value;
};

std::string FillTemplate(absl::string_view text,
                         const std::vector<NamedValue>& values,
                         Language language);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_TEXT_VALUE_H_
