// plan_code NORMALISE READERS SCAN: writes the C++ that goes through a plan
// field by field, that reads single fields of it, and that looks whether its
// values can be meant, which by reflection would take many times as long. Run
// at build time; what it writes is part of klausul::engine and klausul::intake.

#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"

#include "klausul/v1/plan.pb.h"

namespace klausul::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// `::klausul::v1::Award`.
std::string TypeName(const Descriptor& message) {
  return absl::StrCat("::",
                      absl::StrReplaceAll(message.full_name(), {{".", "::"}}));
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// The messages of the plan, each after those that it contains.
class PlanMessages {
 public:
  PlanMessages() { Collect(*v1::ProcurementPlan::descriptor()); }

  const std::vector<const Descriptor*>& all() const { return messages_; }

 private:
  void Collect(const Descriptor& message) {
    if (!seen_.insert(&message).second) return;
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      const FieldDescriptor& value =
          field.is_map() ? *field.message_type()->map_value() : field;
      if (IsMessage(value)) Collect(*value.message_type());
    }
    messages_.push_back(&message);
  }

  std::set<const Descriptor*> seen_;
  std::vector<const Descriptor*> messages_;
};

constexpr char kHeading[] =
    "// Written by plan_code from the descriptor of the plan.\n\n";

// Functions that clear what is not stated.
class NormaliseGenerator {
 public:
  static std::string Generate(const PlanMessages& messages) {
    std::string declarations;
    std::string definitions;
    for (const Descriptor* message : messages.all()) {
      absl::StrAppend(&declarations, "bool NormaliseFields(",
                      TypeName(*message), "& m, const Conventions& c);\n");
      AppendFunction(*message, definitions);
    }
    return absl::StrCat(kHeading, declarations, "\n", definitions);
  }

 private:
  static void AppendFunction(const Descriptor& message, std::string& out) {
    absl::StrAppend(&out, "bool NormaliseFields(", TypeName(message),
                    "& m, const Conventions& c) {\n  bool any = false;\n");
    for (int i = 0; i < message.field_count(); ++i)
      AppendField(*message.field(i), out);
    absl::StrAppend(&out,
                    "  return ApplyConventions(m, c, any);\n"
                    "}\n\n");
  }

  static void AppendField(const FieldDescriptor& field, std::string& out) {
    const std::string& name = field.lowercase_name();
    if (field.is_map()) {
      AppendMap(field, out);
    } else if (field.is_repeated()) {
      if (IsMessage(field)) {
        absl::StrAppend(&out, "  for (auto& e : *m.mutable_", name,
                        "()) NormaliseFields(e, c);\n");
      }
      absl::StrAppend(&out, "  any |= m.", name, "_size() > 0;\n");
    } else {
      AppendSingular(field, out);
    }
  }

  static void AppendSingular(const FieldDescriptor& field, std::string& out) {
    const std::string& name = field.lowercase_name();
    const std::string has = field.has_presence()
                                ? absl::StrCat("m.has_", name, "()")
                                : std::string();
    std::string says;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        says = absl::StrCat("NormaliseFields(*m.mutable_", name, "(), c)");
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        says = absl::StrCat("!m.", name, "().empty()");
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        says = absl::StrCat("m.", name, "() != 0");
        break;
      default:
        // A number or a bool that is set says something, whatever it is.
        absl::StrAppend(&out, "  any |= ",
                        has.empty() ? absl::StrCat("m.", name, "() != 0") : has,
                        ";\n");
        return;
    }
    if (has.empty()) {
      absl::StrAppend(&out, "  any |= ", says, ";\n");
      return;
    }
    absl::StrAppend(&out, "  if (", has, ") {\n    if (", says,
                    ") any = true;\n    else m.clear_", name, "();\n  }\n");
  }

  static void AppendMap(const FieldDescriptor& field, std::string& out) {
    const std::string& name = field.lowercase_name();
    const FieldDescriptor& value = *field.message_type()->map_value();
    absl::StrAppend(&out, "  if (!m.", name, "().empty()) {\n");
    std::string keep;
    if (IsMessage(value)) {
      keep = "KeepEntry(it->second, c)";
    } else if (value.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      keep = "!it->second.empty()";
    }
    if (!keep.empty()) {
      absl::StrAppend(&out, "    auto& map = *m.mutable_", name,
                      "();\n"
                      "    for (auto it = map.begin(); it != map.end();) {\n"
                      "      if (",
                      keep,
                      ") ++it;\n"
                      "      else it = map.erase(it);\n"
                      "    }\n");
    }
    absl::StrAppend(&out, "    any |= !m.", name, "().empty();\n  }\n");
  }
};

// Readers of single fields.
class ReaderGenerator {
 public:
  static std::string Generate(const PlanMessages& messages) {
    std::string out =
        absl::StrCat(kHeading, "void AddReaders(Readers& readers) {\n");
    for (const Descriptor* message : messages.all()) {
      for (int i = 0; i < message->field_count(); ++i) {
        if (!message->field(i)->is_map()) AppendReader(*message->field(i), out);
      }
    }
    absl::StrAppend(&out, "}\n");
    return out;
  }

 private:
  static void AppendReader(const FieldDescriptor& field, std::string& out) {
    const std::string type = TypeName(*field.containing_type());
    const std::string read =
        absl::StrCat("As<", type, ">(m).", field.lowercase_name());
    const std::string has =
        absl::StrCat("As<", type, ">(m).has_", field.lowercase_name(), "()");
    std::string says = "true";
    std::string scalar = "nullptr";
    std::string submessage = "nullptr";
    const auto function = [](const char* result, const std::string& body) {
      return absl::StrCat("[](const Message& m) -> ", result, " { return ",
                          body, "; }");
    };
    if (field.is_repeated()) {
      says = absl::StrCat(read, "_size() > 0");
    } else {
      switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
          says = has;
          submessage = function("const Message&", read + "()");
          break;
        case FieldDescriptor::CPPTYPE_STRING:
          says = absl::StrCat("!", read, "().empty()");
          scalar = function(
              "Value", absl::StrCat("Value::",
                                    field.type() == FieldDescriptor::TYPE_BYTES
                                        ? "Bytes("
                                        : "String(",
                                    read, "())"));
          break;
        case FieldDescriptor::CPPTYPE_ENUM:
          says = absl::StrCat(read, "() != 0");
          scalar = function("Value", absl::StrCat("Value::Int(", read, "())"));
          break;
        default:
          says = field.has_presence() ? has : "true";
          scalar = function(
              "Value", absl::StrCat("Value::", Maker(field), "(", read, "())"));
      }
    }
    // Reading a message is unused for what is always there.
    const std::string test = says == "true"
                                 ? "[](const Message&) { return true; }"
                                 : function("bool", says);
    absl::StrAppend(&out, "  Add(*", type, "::descriptor(), ", field.number(),
                    ",\n      ", test, ",\n      ", scalar, ",\n      ",
                    submessage, ", readers);\n");
  }

  // How a number or a bool becomes a value.
  static absl::string_view Maker(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return "Bool";
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        return "Uint";
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return "Double";
      default:
        return "Int";
    }
  }
};

// Functions that tell whether all is well with the values of a message. What is
// checked, and why, says service/intake/plan_file/plan_check.cc, which does the
// same by reflection, with a message for what is wrong.
class ScanGenerator {
 public:
  static std::string Generate(const PlanMessages& messages) {
    std::string declarations;
    std::string definitions;
    for (const Descriptor* message : messages.all()) {
      // Looked at as a whole, by hand.
      static const auto* const by_hand = new std::set<std::string>{
          "Money", "Date", "TimeOfDay", "Span", "Text"};
      if (by_hand->count(message->name()) > 0) continue;
      const std::string head = absl::StrCat(
          "bool IsFine(const ", TypeName(*message), "& m, const LotIds& lots)");
      absl::StrAppend(&declarations, head, ";\n");
      absl::StrAppend(&definitions, "[[maybe_unused]] ", head, " {\n");
      for (int i = 0; i < message->field_count(); ++i)
        AppendField(*message->field(i), definitions);
      absl::StrAppend(&definitions, "  return true;\n}\n\n");
    }
    return absl::StrCat(kHeading, declarations, "\n", definitions);
  }

 private:
  static void AppendField(const FieldDescriptor& field, std::string& out) {
    const std::string& name = field.lowercase_name();
    if (field.is_map()) {
      absl::StrAppend(&out, "  if (!m.", name, "().empty() && !MapIsFine(m.",
                      name, "(), *", TypeName(*field.containing_type()),
                      "::descriptor()->FindFieldByNumber(", field.number(),
                      "), lots)) return false;\n");
      return;
    }
    const std::string value =
        field.is_repeated() ? "e" : absl::StrCat("m.", name, "()");
    const std::string fault = Fault(field, value);
    if (fault.empty()) return;
    if (field.is_repeated()) {
      absl::StrAppend(&out, "  for (const auto& e : m.", name, "())\n    if (",
                      fault, ") return false;\n");
    } else if (field.has_presence() &&
               field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      absl::StrAppend(&out, "  if (m.has_", name, "() && ", fault,
                      ") return false;\n");
    } else {
      absl::StrAppend(&out, "  if (", fault, ") return false;\n");
    }
  }

  // The condition under which a value is at fault; empty where none is.
  static std::string Fault(const FieldDescriptor& field,
                           const std::string& value) {
    const std::string& name = field.name();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return absl::StrCat("!IsFine(", value, ", lots)");
      case FieldDescriptor::CPPTYPE_ENUM:
        return absl::StrCat(
            "!::klausul::v1::",
            absl::StrReplaceAll(
                absl::StripPrefix(field.enum_type()->full_name(),
                                  "klausul.v1."),
                {{".", "_"}}),
            "_IsValid(", value, ")",
            field.is_repeated() ? absl::StrCat(" || ", value, " == 0") : "");
      case FieldDescriptor::CPPTYPE_INT32:
        if (name == "utc_offset_minutes") return "";
        return absl::StrCat(
            absl::EndsWith(name, "_year") ? "!IsYear(" : "!IsCount(", value,
            ")");
      case FieldDescriptor::CPPTYPE_DOUBLE:
        if ((absl::EndsWith(name, "_percent") ||
             absl::StartsWith(name, "weight")) &&
            name != "duration_change_percent") {
          return absl::StrCat("!IsShare(", value, ")");
        }
        return absl::StrCat(name == "points" || name == "minimum_score"
                                ? "!IsScore("
                                : "!std::isfinite(",
                            value, ")");
      case FieldDescriptor::CPPTYPE_STRING:
        if (absl::StartsWith(name, "cpv_")) {
          return absl::StrCat("!IsCpvCode(", value, ")");
        }
        if (name == "country" || name == "origin_countries") {
          return absl::StrCat("!IsCountryCode(", value, ")");
        }
        return name == "lot_ids" ? absl::StrCat("!lots.Has(", value, ")") : "";
      default:
        return "";
    }
  }
};

bool Write(const char* path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "plan_code: cannot write %s\n", path);
  return static_cast<bool>(out);
}

int Main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: plan_code NORMALISE READERS SCAN\n", stderr);
    return 2;
  }
  const PlanMessages messages;
  return Write(argv[1], NormaliseGenerator::Generate(messages)) &&
                 Write(argv[2], ReaderGenerator::Generate(messages)) &&
                 Write(argv[3], ScanGenerator::Generate(messages))
             ? 0
             : 2;
}

}  // namespace
}  // namespace klausul::engine

int main(int argc, char** argv) {
  return klausul::engine::Main(argc, argv);
}
