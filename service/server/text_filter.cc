#include "service/server/text_filter.h"

#include <string>
#include <utility>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "klausul/v1/common.pb.h"

namespace klausul::server {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void KeepInText(absl::string_view language, v1::Text& text) {
  auto& texts = *text.mutable_by_language();
  const auto it = texts.find(std::string(language));
  if (it == texts.end()) {
    texts.clear();
    return;
  }
  std::string kept = std::move(it->second);
  texts.clear();
  texts[std::string(language)] = std::move(kept);
}

}  // namespace

void KeepLanguage(absl::string_view language, Message& message) {
  if (message.GetDescriptor() == v1::Text::descriptor()) {
    KeepInText(language, static_cast<v1::Text&>(message));
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      KeepLanguage(language, *reflection.MutableMessage(&message, field));
      continue;
    }
    const int size = reflection.FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      KeepLanguage(language,
                   *reflection.MutableRepeatedMessage(&message, field, i));
    }
  }
}

}  // namespace klausul::server
