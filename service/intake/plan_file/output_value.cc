#include "service/intake/plan_file/output_value.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "service/intake/plan_file/short_forms.h"

namespace klausul::intake {
namespace {

constexpr std::size_t kMaxBracketWidth = 76;

// In double quotes, which JSON and YAML read alike.
std::string Quote(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          absl::StrAppendFormat(&quoted, "\\u%04x",
                                static_cast<unsigned char>(c));
        } else {
          quoted += c;
        }
    }
  }
  quoted += '"';
  return quoted;
}

// Words that one YAML reader or another takes for something else than a text.
bool IsReservedWord(absl::string_view text) {
  static constexpr absl::string_view kWords[] = {
      "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [text](absl::string_view word) {
                       return absl::EqualsIgnoreCase(text, word);
                     });
}

// Whether a text can stand in YAML without quotes, in brackets as well.
bool IsPlainSafe(absl::string_view text) {
  if (text.empty() || IsReservedWord(text)) return false;
  const auto first = static_cast<unsigned char>(text[0]);
  if (!absl::ascii_isalpha(first) && first < 0x80) {
    // Digits may begin a code, but a text that is all number would turn into
    // one for other readers.
    if (!absl::ascii_isdigit(first)) return false;
    if (text.find_first_not_of("0123456789.:_-+eE") ==
        absl::string_view::npos) {
      return false;
    }
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || absl::StrContains(",[]{}\"'`\\", c)) {
      return false;
    }
  }
  return !absl::StrContains(text, ": ") && !absl::StrContains(text, " #") &&
         text.back() != ' ' && text.back() != ':';
}

std::string YamlScalar(const OutputValue& value) {
  switch (value.kind) {
    case OutputValue::Kind::kText:
      return IsPlainSafe(value.text) ? value.text : Quote(value.text);
    case OutputValue::Kind::kQuotedText:
      return Quote(value.text);
    default:
      return value.text;
  }
}

bool IsCollection(const OutputValue& value) {
  return value.kind == OutputValue::Kind::kList ||
         value.kind == OutputValue::Kind::kMapping;
}

// What stands on one line: a scalar, an empty collection, a short list of
// scalars. Empty where it does not.
std::string YamlInline(const OutputValue& value, std::size_t indent) {
  if (!IsCollection(value)) return YamlScalar(value);
  if (value.kind == OutputValue::Kind::kMapping) {
    return value.fields.empty() ? "{}" : "";
  }
  std::string line = "[";
  for (const OutputValue& item : value.items) {
    if (IsCollection(item)) return "";
    absl::StrAppend(&line, line.size() > 1 ? ", " : "", YamlScalar(item));
  }
  line += "]";
  return indent + line.size() <= kMaxBracketWidth ? line : "";
}

std::string YamlKey(absl::string_view key) {
  return IsPlainSafe(key) ? std::string(key) : Quote(key);
}

// `first_indented` tells that the cursor already stands at the indentation, as
// it does behind the dash of a list entry.
void AppendYaml(const OutputValue& value, std::size_t indent,
                bool first_indented, std::string& out) {
  bool indented = first_indented;
  const auto start_line = [&] {
    if (!indented) out.append(indent, ' ');
    indented = false;
  };
  if (value.kind == OutputValue::Kind::kList) {
    for (const OutputValue& item : value.items) {
      start_line();
      const std::string line = YamlInline(item, indent + 2);
      if (!line.empty()) {
        absl::StrAppend(&out, "- ", line, "\n");
      } else {
        out += "- ";
        AppendYaml(item, indent + 2, true, out);
      }
    }
    return;
  }
  for (const auto& [key, field] : value.fields) {
    start_line();
    absl::StrAppend(&out, YamlKey(key), ":");
    const std::string line = YamlInline(field, indent + key.size() + 2);
    if (!line.empty()) {
      absl::StrAppend(&out, " ", line, "\n");
    } else {
      out += "\n";
      AppendYaml(field, indent + 2, false, out);
    }
  }
}

void AppendJson(const OutputValue& value, std::size_t indent,
                std::string& out) {
  const auto line = [&out](std::size_t spaces) {
    out += '\n';
    out.append(spaces, ' ');
  };
  if (value.kind == OutputValue::Kind::kLiteral) {
    out += value.text;
  } else if (!IsCollection(value)) {
    out += Quote(value.text);
  } else if (value.kind == OutputValue::Kind::kList) {
    out += '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) out += ',';
      line(indent + 2);
      AppendJson(value.items[i], indent + 2, out);
    }
    if (!value.items.empty()) line(indent);
    out += ']';
  } else {
    out += '{';
    for (std::size_t i = 0; i < value.fields.size(); ++i) {
      if (i > 0) out += ',';
      line(indent + 2);
      absl::StrAppend(&out, Quote(value.fields[i].first), ": ");
      AppendJson(value.fields[i].second, indent + 2, out);
    }
    if (!value.fields.empty()) line(indent);
    out += '}';
  }
}

}  // namespace

std::string ToYaml(const OutputValue& value) {
  std::string out = YamlInline(value, 0);
  if (!out.empty()) return out + "\n";
  AppendYaml(value, 0, false, out);
  return out;
}

std::string ToJson(const OutputValue& value) {
  std::string out;
  AppendJson(value, 0, out);
  out += '\n';
  return out;
}

}  // namespace klausul::intake
