#include "service/cel/conformance_convert.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "service/base/status_macros.h"
#include "service/cel/conformance_schema.h"
#include "service/cel/field_access.h"
#include "service/cel/message_access.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Value ListFromProto(const Message& proto, EvalContext& context) {
  std::vector<Value> elements;
  for (const Message* element : RepeatedField(proto, "values")) {
    elements.push_back(ValueFromProto(*element, context));
  }
  return Value::List(elements, context.arena());
}

Value MapFromProto(const Message& proto, EvalContext& context) {
  std::vector<MapEntry> entries;
  for (const Message* entry : RepeatedField(proto, "entries")) {
    entries.push_back({ValueFromProto(MessageField(*entry, "key"), context),
                       ValueFromProto(MessageField(*entry, "value"), context)});
  }
  return MakeMap(entries, context);
}

std::string EnumName(const Message& proto, const std::string& field) {
  return proto.GetReflection()
      ->GetEnum(proto, proto.GetDescriptor()->FindFieldByName(field))
      ->name();
}

absl::StatusOr<Type> PrimitiveFromName(const std::string& name) {
  if (name == "BOOL") return Type::Bool();
  if (name == "INT64") return Type::Int();
  if (name == "UINT64") return Type::Uint();
  if (name == "DOUBLE") return Type::Double();
  if (name == "STRING") return Type::String();
  if (name == "BYTES") return Type::Bytes();
  return absl::InvalidArgumentError(absl::StrCat("no primitive type ", name));
}

Type WellKnownFromName(const std::string& name) {
  if (name == "TIMESTAMP") return Type::Timestamp();
  if (name == "DURATION") return Type::Duration();
  return Type::Any();
}

absl::StatusOr<Type> AbstractFromProto(const Message& proto,
                                       const DescriptorPool& pool) {
  std::vector<Type> params;
  for (const Message* param : RepeatedField(proto, "parameter_types")) {
    ASSIGN_OR_RETURN(Type type, TypeFromProto(*param, pool));
    params.push_back(type);
  }
  const std::string name = StringField(proto, "name");
  if ((name == "optional_type" || name == "optional") && params.size() == 1) {
    return Type::Optional(params[0]);
  }
  return Type::Opaque(name, params);
}

absl::StatusOr<Type> FunctionFromProto(const Message& proto,
                                       const DescriptorPool& pool) {
  ASSIGN_OR_RETURN(Type result,
                   TypeFromProto(MessageField(proto, "result_type"), pool));
  std::vector<Type> params = {result};
  for (const Message* arg : RepeatedField(proto, "arg_types")) {
    ASSIGN_OR_RETURN(Type type, TypeFromProto(*arg, pool));
    params.push_back(type);
  }
  return Type::Opaque("function", params);
}

bool SameList(const ListValue& want, const ListValue& got,
              EvalContext& context) {
  if (want.size() != got.size()) return false;
  for (std::size_t i = 0; i < want.size(); ++i) {
    if (!SameValue(want.Get(i, context), got.Get(i, context), context)) {
      return false;
    }
  }
  return true;
}

bool SameMap(const MapValue& want, const MapValue& got, EvalContext& context) {
  if (want.size() != got.size()) return false;
  for (std::size_t i = 0; i < want.size(); ++i) {
    bool found = false;
    for (std::size_t j = 0; j < got.size() && !found; ++j) {
      found =
          SameValue(want.KeyAt(i, context), got.KeyAt(j, context), context) &&
          SameValue(want.ValueAt(i, context), got.ValueAt(j, context), context);
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace

Value ValueFromProto(const Message& proto, EvalContext& context) {
  const std::string kind = OneofCase(proto, "kind");
  if (kind.empty()) return Value::Null();
  const FieldDescriptor* field = proto.GetDescriptor()->FindFieldByName(kind);
  if (kind == "list_value") {
    return ListFromProto(MessageField(proto, kind), context);
  }
  if (kind == "map_value") {
    return MapFromProto(MessageField(proto, kind), context);
  }
  if (kind == "enum_value") {
    const Message& number = MessageField(proto, kind);
    return SingularField(number,
                         number.GetDescriptor()->FindFieldByName("value"),
                         nullptr, context);
  }
  if (kind == "type_value") {
    return Value::Type(context.arena().CopyText(StringField(proto, kind)));
  }
  return SingularField(proto, field, nullptr, context);
}

Value ValueFromExprValue(const Message& proto, const std::string& name,
                         EvalContext& context) {
  const std::string kind = OneofCase(proto, "kind");
  if (kind == "error") {
    return context.Error(ErrorCode::kInvalidArgument, "bound to an error");
  }
  if (kind == "unknown") {
    return Value::Unknown(
        context.arena().New<AttributePath>(context.arena().CopyText(name)),
        context.arena());
  }
  return ValueFromProto(MessageField(proto, "value"), context);
}

Value ValueFromConstant(const Message& proto, EvalContext& context) {
  const std::string kind = OneofCase(proto, "constant_kind");
  if (kind.empty()) return Value::Null();
  return SingularField(proto, proto.GetDescriptor()->FindFieldByName(kind),
                       nullptr, context);
}

absl::StatusOr<Type> TypeFromProto(const Message& proto,
                                   const DescriptorPool& pool) {
  const std::string kind = OneofCase(proto, "type_kind");
  if (kind.empty() || kind == "dyn") return Type::Dyn();
  if (kind == "null") return Type::Null();
  if (kind == "error") return Type::Error();
  if (kind == "primitive") return PrimitiveFromName(EnumName(proto, kind));
  if (kind == "well_known") return WellKnownFromName(EnumName(proto, kind));
  if (kind == "type_param") return Type::Param(StringField(proto, kind));
  if (kind == "wrapper") {
    ASSIGN_OR_RETURN(Type scalar, PrimitiveFromName(EnumName(proto, kind)));
    return Type::Wrapper(scalar);
  }
  if (kind == "list_type") {
    ASSIGN_OR_RETURN(
        Type element,
        TypeFromProto(MessageField(MessageField(proto, kind), "elem_type"),
                      pool));
    return Type::List(element);
  }
  if (kind == "map_type") {
    const Message& map = MessageField(proto, kind);
    ASSIGN_OR_RETURN(Type key,
                     TypeFromProto(MessageField(map, "key_type"), pool));
    ASSIGN_OR_RETURN(Type value,
                     TypeFromProto(MessageField(map, "value_type"), pool));
    return Type::Map(key, value);
  }
  if (kind == "type") {
    ASSIGN_OR_RETURN(Type type, TypeFromProto(MessageField(proto, kind), pool));
    return Type::TypeOf(type);
  }
  if (kind == "function") {
    return FunctionFromProto(MessageField(proto, kind), pool);
  }
  if (kind == "abstract_type") {
    return AbstractFromProto(MessageField(proto, kind), pool);
  }
  if (kind == "message_type") {
    const std::string name = StringField(proto, kind);
    const Descriptor* descriptor = pool.FindMessageTypeByName(name);
    // Names of no message stand for the host's own types.
    return descriptor == nullptr ? Type::Opaque(name)
                                 : TypeOfMessage(descriptor);
  }
  return absl::UnimplementedError(absl::StrCat("a type of kind ", kind));
}

bool SameType(const Type& want, const Type& got) {
  if (want.Is(TypeKind::kType) && got.Is(TypeKind::kType) &&
      want.params()[0].IsDyn()) {
    return true;
  }
  if (want.params().empty() || want.kind() != got.kind() ||
      want.name() != got.name() ||
      want.params().size() != got.params().size()) {
    return want == got;
  }
  for (std::size_t i = 0; i < want.params().size(); ++i) {
    if (!SameType(want.params()[i], got.params()[i])) return false;
  }
  return true;
}

bool SameValue(const Value& want, const Value& got, EvalContext& context) {
  if (want.kind() != got.kind()) return false;
  if (want.is_list()) return SameList(want.list(), got.list(), context);
  if (want.is_map()) return SameMap(want.map(), got.map(), context);
  if (want.is_double() && std::isnan(want.double_value())) {
    return std::isnan(got.double_value());
  }
  return Equal(want, got, context);
}

}  // namespace klausul::cel
