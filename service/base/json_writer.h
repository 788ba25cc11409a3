#ifndef KLAUSUL_SERVICE_BASE_JSON_WRITER_H_
#define KLAUSUL_SERVICE_BASE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace klausul {

// JSON whose keys come in the order in which they are written, for the forms
// of commands that have no message of their own:
//
//   JsonWriter json;
//   json.BeginObject();
//   json.Key("rows").Int(3);
//   json.Key("ids").BeginArray();
//   json.String("NO-T-001");
//   json.EndArray();
//   json.EndObject();
//   json.text();   // {"rows":3,"ids":["NO-T-001"]}
//
// The caller sees to it that what it begins it ends.
class JsonWriter {
 public:
  // Of the next value of an object.
  JsonWriter& Key(absl::string_view key);

  void BeginObject();
  void EndObject();
  void BeginArray();
  void EndArray();

  void String(absl::string_view text);
  void Int(std::int64_t value);
  // With one decimal.
  void Tenths(double value);
  void Bool(bool value);

  const std::string& text() const { return text_; }

 private:
  // A comma before every value but the first; none after a key.
  void Separate();

  std::string text_;
  std::vector<bool> has_value_;
  bool after_key_ = false;
};

// The text in quotes, escaped. Also `<`, `>` and `&`, so that it may stand in a
// script element. Bytes that are no UTF-8 stay as they are.
std::string JsonQuoted(absl::string_view text);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_JSON_WRITER_H_
