#ifndef KLAUSUL_SERVICE_CEL_MESSAGE_ACCESS_H_
#define KLAUSUL_SERVICE_CEL_MESSAGE_ACCESS_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/eval_context.h"
#include "service/cel/field_reader.h"
#include "service/cel/value.h"

// Reading messages.
//
// A message value without a path is read as the language definition says: an
// unset field is its default, an unset wrapper null.
//
// One with a path is read as in rules mode:
//   * A field that is not set (a string that is empty, an enum that is 0) is
//     unknown, with its path; a message field gives an unknown from which one
//     can go on selecting.
//   * An empty list is unknown unless its path is in Presence::stated_empty. A
//     list in Presence::still_open is open; see ListValue::open().
//   * A key that a map lacks is unknown, likewise; where the map's path is in
//     Presence::complete the entry is stated to be absent: see
//     MessageValue::stated_absent.
//   * has() and stated() are always true or false.
//
// Selecting from an unknown message field reads its default instance by the
// same rules, so that `award.criteria` may be stated as empty where nothing
// else of `award` is stated.

namespace klausul::cel {

// `message.field`. `message` is a message value.
Value ReadField(const MessageValue& message,
                const google::protobuf::FieldDescriptor* field,
                EvalContext& context);

// has(message.field).
bool HasField(const MessageValue& message,
              const google::protobuf::FieldDescriptor* field);

// stated(message.field): has, or stated as empty.
bool IsStated(const MessageValue& message,
              const google::protobuf::FieldDescriptor* field,
              EvalContext& context);

// The same in rules mode, by the reader of the field. The message has to be of
// the compiled type, and the value to have a path.
Value ReadField(const MessageValue& message, const FieldReader& reader,
                EvalContext& context);
bool HasField(const MessageValue& message, const FieldReader& reader);
bool IsStated(const MessageValue& message, const FieldReader& reader,
              EvalContext& context);

// The message that a value is or, for an unknown message field that one can
// select from, would be. nullopt for all other values.
absl::optional<MessageValue> MessageBehind(const Value& value);

// `operand.name` for any value: message, map, optional or unknown. Errors where
// the operand has no fields, or not this one.
Value SelectField(const Value& operand, absl::string_view name,
                  EvalContext& context);

// `operand.?name`, and `operand.name` where the operand is optional: none()
// where the operand is that, or lacks the field or key.
Value SelectOptional(const Value& operand, absl::string_view name,
                     EvalContext& context);

// has(operand.name), or stated(operand.name) where `stated`.
Value TestField(const Value& operand, absl::string_view name, bool stated,
                EvalContext& context);

// `map[key]`, an error or (rules mode) an unknown or absent entry where the map
// lacks it.
Value ReadKey(const MapValue& map, const Value& key, EvalContext& context);

// The value that an unset message field is in rules mode: an unknown from
// which fields can be selected.
Value UnknownMessage(const AttributePath* path,
                     const google::protobuf::Message& default_instance,
                     EvalArena& arena);

// A message as a value; see Value::Message(). Unpacks `Any`; an `Any` whose
// type the pool does not know is an error.
Value MessageToValue(const google::protobuf::Message& message,
                     const AttributePath* path, EvalContext& context);

// `==` of two messages: same type, same fields set, each equal; NaN differs
// from itself, `Any` is unpacked where the type is known.
bool MessagesEqual(const google::protobuf::Message& a,
                   const google::protobuf::Message& b, EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_MESSAGE_ACCESS_H_
