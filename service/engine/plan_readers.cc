#include "service/engine/plan_readers.h"

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/message.h"

#include "klausul/v1/plan.pb.h"

#include "service/cel/value.h"

namespace klausul::engine {
namespace {

using cel::FieldReader;
using cel::Value;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <typename T>
const T& As(const Message& message) {
  return static_cast<const T&>(message);
}

using Readers = absl::flat_hash_map<const FieldDescriptor*, FieldReader>;

void Add(const Descriptor& message, int number,
         bool (*says_something)(const Message&),
         Value (*scalar)(const Message&),
         const Message& (*submessage)(const Message&), Readers& readers) {
  const FieldDescriptor* const field = message.FindFieldByNumber(number);
  readers[field] = {field, says_something, scalar, submessage};
}

// AddReaders(Readers&), which adds those of every field of the plan.
#include "plan_readers.inc"

}  // namespace

const FieldReader* FindPlanReader(const FieldDescriptor* field) {
  static const Readers& readers = *[] {
    auto* made = new Readers();
    AddReaders(*made);
    return made;
  }();
  const auto found = readers.find(field);
  return found == readers.end() ? nullptr : &found->second;
}

}  // namespace klausul::engine
