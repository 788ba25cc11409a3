#ifndef KLAUSUL_SERVICE_ENGINE_NORMALISE_H_
#define KLAUSUL_SERVICE_ENGINE_NORMALISE_H_

#include "google/protobuf/message.h"

#include "klausul/v1/plan.pb.h"

namespace klausul::engine {

// Clears what counts as not stated (empty strings, UNSPECIFIED, amounts without
// a currency, messages with nothing in them), and fills in what the plan model
// says by convention: `Reasoned.on_file` and `Money.vat`. Entries of lists keep
// their places.
void Normalise(v1::ProcurementPlan& plan);

// Copies one field, whatever its kind, in the place of what `to` has. Both are
// of one type.
void CopyField(const google::protobuf::Message& from,
               const google::protobuf::FieldDescriptor* field,
               google::protobuf::Message& to);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_NORMALISE_H_
