#include "service/cel/conformance_schema.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/wrappers.pb.h"

#include "service/base/status_macros.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Names them, so that a static link keeps them.
void LinkWellKnownTypes() {
  google::protobuf::Any::descriptor();
  google::protobuf::Duration::descriptor();
  google::protobuf::Empty::descriptor();
  google::protobuf::FieldMask::descriptor();
  google::protobuf::Struct::descriptor();
  google::protobuf::Timestamp::descriptor();
  google::protobuf::Int64Value::descriptor();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot open ", path));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Looks types of expanded `Any`s up in the schema: `Any` itself is compiled
// in, and its own pool does not know them.
class SchemaFinder : public google::protobuf::TextFormat::Finder {
 public:
  explicit SchemaFinder(const google::protobuf::DescriptorPool& pool)
      : pool_(pool) {}

  const Descriptor* FindAnyType(const Message&, const std::string&,
                                const std::string& name) const override {
    return pool_.FindMessageTypeByName(name);
  }

 private:
  const google::protobuf::DescriptorPool& pool_;
};

class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (text_.empty()) {
      text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
    }
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

const FieldDescriptor* Field(const Message& message, const std::string& name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

}  // namespace

ConformanceSchema::ConformanceSchema()
    : pool_(google::protobuf::DescriptorPool::generated_pool()),
      factory_(&pool_) {
  LinkWellKnownTypes();
  factory_.SetDelegateToGeneratedFactory(true);
}

absl::StatusOr<std::unique_ptr<ConformanceSchema>> ConformanceSchema::Load(
    const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  google::protobuf::FileDescriptorSet files;
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, &files);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": ", parsed.ToString()));
  }
  std::unique_ptr<ConformanceSchema> schema(new ConformanceSchema());
  for (const google::protobuf::FileDescriptorProto& file : files.file()) {
    if (schema->pool_.FindFileByName(file.name()) != nullptr) continue;
    if (schema->pool_.BuildFile(file) == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": ", file.name(), " does not build"));
    }
  }
  return schema;
}

absl::StatusOr<std::unique_ptr<Message>> ConformanceSchema::ReadTestFile(
    const std::string& path) {
  constexpr char kTestFile[] = "cel.expr.conformance.test.SimpleTestFile";
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const Descriptor* descriptor = pool_.FindMessageTypeByName(kTestFile);
  if (descriptor == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("the schema has no ", kTestFile));
  }
  std::unique_ptr<Message> file(factory_.GetPrototype(descriptor)->New());
  const SchemaFinder finder(pool_);
  FirstError error;
  google::protobuf::TextFormat::Parser parser;
  parser.SetFinder(&finder);
  parser.RecordErrorsTo(&error);
  if (!parser.ParseFromString(text, file.get())) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":", error.text()));
  }
  return file;
}

std::string FindConformanceSchema(const std::string& first_file) {
  // Read once, before any thread is started.
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  if (const char* path = std::getenv("KLAUSUL_CEL_SCHEMA")) return path;
  std::error_code ignored;
  std::filesystem::path folder =
      std::filesystem::absolute(first_file, ignored).parent_path();
  while (!folder.empty()) {
    const std::filesystem::path candidate = folder / "schema.json";
    if (std::filesystem::exists(candidate, ignored)) return candidate.string();
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

std::string StringField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = Field(message, name);
  return field == nullptr ? std::string()
                          : message.GetReflection()->GetString(message, field);
}

bool BoolField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = Field(message, name);
  return field != nullptr && message.GetReflection()->GetBool(message, field);
}

bool HasMessageField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = Field(message, name);
  return field != nullptr && message.GetReflection()->HasField(message, field);
}

const Message& MessageField(const Message& message, const std::string& name) {
  return message.GetReflection()->GetMessage(message, Field(message, name));
}

std::vector<const Message*> RepeatedField(const Message& message,
                                          const std::string& name) {
  std::vector<const Message*> elements;
  const FieldDescriptor* field = Field(message, name);
  if (field == nullptr) return elements;
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) {
    elements.push_back(
        &message.GetReflection()->GetRepeatedMessage(message, field, i));
  }
  return elements;
}

std::string OneofCase(const Message& message, const std::string& oneof) {
  const google::protobuf::OneofDescriptor* descriptor =
      message.GetDescriptor()->FindOneofByName(oneof);
  if (descriptor == nullptr) return {};
  const FieldDescriptor* field =
      message.GetReflection()->GetOneofFieldDescriptor(message, descriptor);
  return field == nullptr ? std::string() : field->name();
}

}  // namespace klausul::cel
