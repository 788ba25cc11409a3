#include "service/cel/eval_context.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace klausul::cel {

Value EvalContext::LimitError() {
  return Error(ErrorCode::kLimit,
               absl::StrCat("the evaluation needs more than ",
                            options_.step_limit, " steps"));
}

const google::protobuf::Message* EvalContext::Prototype(
    const google::protobuf::Descriptor* descriptor) {
  if (descriptor == nullptr) return nullptr;
  if (descriptor->file()->pool() ==
      google::protobuf::DescriptorPool::generated_pool()) {
    return google::protobuf::MessageFactory::generated_factory()->GetPrototype(
        descriptor);
  }
  return options_.message_factory == nullptr
             ? nullptr
             : options_.message_factory->GetPrototype(descriptor);
}

}  // namespace klausul::cel
