// plan_code FILE: writes the C++ that goes through a plan field by field,
// which by reflection would take many times as long. Run at build time; what
// it writes is part of klausul::engine.

#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
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

class Generator {
 public:
  std::string Generate() {
    Collect(*v1::ProcurementPlan::descriptor());
    std::string declarations;
    std::string definitions;
    for (const Descriptor* message : messages_) {
      absl::StrAppend(&declarations, "bool NormaliseFields(",
                      TypeName(*message), "& m, const Conventions& c);\n");
      AppendFunction(*message, definitions);
    }
    return absl::StrCat(
        "// Written by plan_code from the descriptor of the plan.\n\n",
        declarations, "\n", definitions);
  }

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

  std::set<const Descriptor*> seen_;
  // Each after those that it contains.
  std::vector<const Descriptor*> messages_;
};

}  // namespace
}  // namespace klausul::engine

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: plan_code FILE\n", stderr);
    return 2;
  }
  std::ofstream out(argv[1], std::ios::binary);
  out << klausul::engine::Generator().Generate();
  out.close();
  if (!out) {
    std::fprintf(stderr, "plan_code: cannot write %s\n", argv[1]);
    return 2;
  }
  return 0;
}
