#include "service/base/json_writer.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace klausul {

std::string JsonQuoted(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' ||
            c == '&') {
          absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
  return out;
}

void JsonWriter::Separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_value_.empty()) return;
  if (has_value_.back()) text_ += ',';
  has_value_.back() = true;
}

JsonWriter& JsonWriter::Key(absl::string_view key) {
  Separate();
  absl::StrAppend(&text_, JsonQuoted(key), ":");
  after_key_ = true;
  return *this;
}

void JsonWriter::BeginObject() {
  Separate();
  text_ += '{';
  has_value_.push_back(false);
}

void JsonWriter::EndObject() {
  text_ += '}';
  has_value_.pop_back();
}

void JsonWriter::BeginArray() {
  Separate();
  text_ += '[';
  has_value_.push_back(false);
}

void JsonWriter::EndArray() {
  text_ += ']';
  has_value_.pop_back();
}

void JsonWriter::String(absl::string_view text) {
  Separate();
  text_ += JsonQuoted(text);
}

void JsonWriter::Int(std::int64_t value) {
  Separate();
  absl::StrAppend(&text_, value);
}

void JsonWriter::Tenths(double value) {
  Separate();
  absl::StrAppendFormat(&text_, "%.1f", value);
}

void JsonWriter::Bool(bool value) {
  Separate();
  text_ += value ? "true" : "false";
}

}  // namespace klausul
