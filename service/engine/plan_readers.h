#ifndef KLAUSUL_SERVICE_ENGINE_PLAN_READERS_H_
#define KLAUSUL_SERVICE_ENGINE_PLAN_READERS_H_

#include "google/protobuf/descriptor.h"

#include "service/cel/field_reader.h"

namespace klausul::engine {

// The generated reader of a field of the plan's messages, but of maps and of
// messages that are not the plan's; null where there is none.
const cel::FieldReader* FindPlanReader(
    const google::protobuf::FieldDescriptor* field);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PLAN_READERS_H_
