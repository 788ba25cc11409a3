#ifndef KLAUSUL_SERVICE_CEL_TYPE_H_
#define KLAUSUL_SERVICE_CEL_TYPE_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"

// Types as the checker knows them: CEL's run-time types with parameters, and
// what exists only before evaluation (dyn, wrappers, Any, type parameters).

namespace klausul::cel {

enum class TypeKind : std::uint8_t {
  kError,  // of an expression that is wrong; goes with everything, silently
  kDyn,
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDuration,
  kAny,       // google.protobuf.Any
  kWrapper,   // nullable scalar: google.protobuf.Int64Value and its kin
  kList,      // list(element)
  kMap,       // map(key, value)
  kType,      // type(T): the type of the expression `int`
  kOptional,  // optional_type(T)
  kMessage,   // a protobuf message that is none of the above
  kEnum,      // rules mode: an enum of the host, nominal
  kOpaque,    // abstract type of the host, with parameters
  kParam,     // type parameter, in declarations and while checking
};

// An enum as expressions see it. In rules mode an enum field has a type of its
// own; at run time its value is an int.
struct EnumType {
  struct Value {
    std::string name;
    std::int32_t number = 0;
  };

  // As an author writes it before the dot: `ProcedureKind`.
  std::string name;
  std::vector<Value> values;
  // The protobuf enum whose fields have this type, or null.
  const google::protobuf::EnumDescriptor* descriptor = nullptr;

  // Null where there is none of that name.
  const Value* FindValue(absl::string_view value_name) const;
  const Value* FindNumber(std::int32_t number) const;
};

// Handle on an immutable type: cheap to copy, safe to share between threads.
// Default-constructed it is kDyn. Message descriptors and enums must outlive
// it.
class Type {
 public:
  // Nodes that a type may have in all; a larger one is dyn. Authors never come
  // near it, but `{a: a}` within `{b: b}` within ... doubles with each level.
  static constexpr std::int32_t kMaxNodes = 4096;

  Type();

  static Type Error();
  static Type Dyn();
  static Type Null();
  static Type Bool();
  static Type Int();
  static Type Uint();
  static Type Double();
  static Type String();
  static Type Bytes();
  static Type Timestamp();
  static Type Duration();
  static Type Any();
  // `scalar` is one of bool, int, uint, double, string, bytes.
  static Type Wrapper(const Type& scalar);
  static Type List(const Type& element);
  static Type Map(const Type& key, const Type& value);
  // The type of a type value; `TypeOf(Int())` is the type of `int`.
  static Type TypeOf(const Type& type);
  static Type Optional(const Type& value);
  // Exactly this message, even where it is a well-known one; see
  // TypeOfMessage().
  static Type Message(const google::protobuf::Descriptor* descriptor);
  static Type Enum(std::shared_ptr<const EnumType> enum_type);
  static Type Opaque(absl::string_view name, std::vector<Type> params = {});
  // A type parameter of a declaration, such as `T`.
  static Type Param(absl::string_view name);
  // A type parameter that the checker makes afresh for one call.
  static Type FreshParam(absl::string_view name, std::int64_t number);

  TypeKind kind() const;

  bool Is(TypeKind kind) const { return this->kind() == kind; }

  bool IsDyn() const { return Is(TypeKind::kDyn) || Is(TypeKind::kError); }

  // list: element. map: key, value. wrapper, type, optional: one. opaque: any
  // number. Else empty.
  absl::Span<const Type> params() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // list, or map with its key and value.
  const Type& element() const { return params()[0]; }

  const Type& key() const { return params()[0]; }

  const Type& value() const { return params()[1]; }

  // kMessage only; else null.
  const google::protobuf::Descriptor* message() const;
  // kEnum only; else null.
  const EnumType* enum_type() const;
  // kOpaque and kParam: the name as declared; else empty.
  absl::string_view name() const ABSL_ATTRIBUTE_LIFETIME_BOUND;
  // kParam made by FreshParam(): its number; else 0.
  std::int64_t param_number() const;

  // As diagnostics write it: `map(string, int)`, `wrapper(int)`, messages by
  // full name, or without `container.` in front where that is given.
  std::string ToString(absl::string_view container = {}) const;

  // The name of the run-time type, as `type(x)` prints it: `list`, `int`,
  // `google.protobuf.Timestamp`. `dyn` where it is known only at run time.
  std::string RuntimeName() const;

  friend bool operator==(const Type& a, const Type& b);

  friend bool operator!=(const Type& a, const Type& b) { return !(a == b); }

  friend std::ostream& operator<<(std::ostream& out, const Type& type) {
    return out << type.ToString();
  }

 private:
  struct Node;

  explicit Type(std::shared_ptr<const Node> node);
  static Type Simple(TypeKind kind);
  static Type Make(Node node);

  // Null is kDyn.
  std::shared_ptr<const Node> node_;
};

// The type of a message value as CEL reads it: wrappers, Timestamp, Duration,
// Any, Struct (a map), Value (dyn) and ListValue (a list) are no messages.
Type TypeOfMessage(const google::protobuf::Descriptor* descriptor);

// The type of a name such as `int`, `list` (of dyn) or `optional_type`; kError
// where the name is none of the language's own. `dyn` is not among them.
Type BuiltinTypeByName(absl::string_view name);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_TYPE_H_
