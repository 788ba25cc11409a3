#ifndef KLAUSUL_SERVICE_CEL_CONFORMANCE_CONVERT_H_
#define KLAUSUL_SERVICE_CEL_CONFORMANCE_CONVERT_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/eval_context.h"
#include "service/cel/type.h"
#include "service/cel/value.h"

// Between the suite's own messages and ours.

namespace klausul::cel {

// A cel.expr.Value. What it cannot hold is an error value.
Value ValueFromProto(const google::protobuf::Message& proto,
                     EvalContext& context);

// A cel.expr.ExprValue: a value, an error or an unknown.
Value ValueFromExprValue(const google::protobuf::Message& proto,
                         const std::string& name, EvalContext& context);

// A cel.expr.Constant, such as a declared variable may have.
Value ValueFromConstant(const google::protobuf::Message& proto,
                        EvalContext& context);

// A cel.expr.Type. A function is a type of the host's with its result and its
// arguments as parameters, as are messages that the pool does not know.
absl::StatusOr<Type> TypeFromProto(
    const google::protobuf::Message& proto,
    const google::protobuf::DescriptorPool& pool);

// As the suite compares deduced types: the type of a type that is not told is
// any.
bool SameType(const Type& want, const Type& got);

// As the suite compares: kinds have to be the same (1 is not 1u), NaN equals
// NaN, the order of a map's entries does not count.
bool SameValue(const Value& want, const Value& got, EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CONFORMANCE_CONVERT_H_
