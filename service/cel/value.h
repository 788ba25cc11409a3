#ifndef KLAUSUL_SERVICE_CEL_VALUE_H_
#define KLAUSUL_SERVICE_CEL_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

#include "service/base/source.h"
#include "service/cel/ast.h"
#include "service/cel/attribute.h"
#include "service/cel/eval_arena.h"

// What an expression can be worth.
//
// A `Value` is sixteen bytes and copies like a number. Texts, lists, messages
// and the like are borrowed: from the EvalArena of the call, from the input, or
// from the compiled expression, all of which must outlive it.

namespace klausul::cel {

class EvalContext;
class ListValue;
class MapValue;
class OpaqueValue;
struct ErrorInfo;
struct MessageValue;

enum class ValueKind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDuration,
  kType,
  kList,
  kMap,
  kMessage,
  kOptional,
  kOpaque,
  kError,
  kUnknown,
};

// Why an evaluation has no value. The names that README.md documents.
enum class ErrorCode : std::uint8_t {
  kNoMatchingOverload,
  kNoSuchField,
  kNoSuchKey,
  kIndexOutOfRange,
  kUnknownIdentifier,
  kUnknownFunction,
  kDivideByZero,
  kModulusByZero,
  kOverflow,
  kRange,
  kInvalidArgument,
  kDuplicateKey,
  kInvalidUtf8,
  kLimit,
  kCancelled,
};

// `no-matching-overload`, `limit`, ...
absl::string_view ErrorCodeName(ErrorCode code);

// An instant, or a length of time: seconds and nanoseconds of the same sign
// for a duration, nanoseconds from 0 for an instant (since 1970-01-01 in UTC).
struct TimeValue {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;

  friend bool operator==(TimeValue a, TimeValue b) {
    return a.seconds == b.seconds && a.nanos == b.nanos;
  }

  friend bool operator<(TimeValue a, TimeValue b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.nanos < b.nanos;
  }
};

class Value {
 public:
  // The longest text or byte string. Longer ones are a limit error where they
  // would come about.
  static constexpr std::size_t kMaxTextBytes = std::size_t{64} << 20;

  // Null.
  constexpr Value() = default;

  static Value Null() { return Value(); }

  // A literal; borrows its text.
  static Value Of(const Constant& constant);

  static Value Bool(bool value);
  static Value Int(std::int64_t value);
  static Value Uint(std::uint64_t value);
  static Value Double(double value);
  // Borrows. UTF-8.
  static Value String(absl::string_view value);
  // Copies into the arena.
  static Value String(absl::string_view value, EvalArena& arena);
  // Borrows.
  static Value Bytes(absl::string_view value);
  static Value Bytes(absl::string_view value, EvalArena& arena);
  static Value Timestamp(TimeValue value);
  static Value Duration(TimeValue value);
  // Borrows the name: `int`, `google.protobuf.Timestamp`.
  static Value Type(absl::string_view name);
  static Value List(const ListValue* list);
  // A list of these, which are copied into the arena.
  static Value List(absl::Span<const Value> elements, EvalArena& arena);
  static Value Map(const MapValue* map);
  static Value Message(const MessageValue* message);
  // A message as an expression sees it: well-known types become the values
  // they stand for. With a path it is read as in rules mode, without as the
  // language definition says. Borrows the message.
  static Value Message(const google::protobuf::Message& message,
                       const AttributePath* path, EvalContext& context);
  static Value None();
  static Value Optional(Value value, EvalArena& arena);
  static Value Opaque(const OpaqueValue* opaque);
  static Value Error(const ErrorInfo* error);
  // Copies the message into the arena.
  static Value Error(ErrorCode code, absl::string_view message,
                     EvalArena& arena);
  static Value Unknown(const UnknownSet* unknown);
  static Value Unknown(const AttributePath* path, EvalArena& arena);
  // Not known for a reason that no path tells.
  static Value UnknownBecause(absl::string_view reason, EvalArena& arena);

  ValueKind kind() const { return kind_; }

  bool is_null() const { return kind_ == ValueKind::kNull; }

  bool is_bool() const { return kind_ == ValueKind::kBool; }

  bool is_int() const { return kind_ == ValueKind::kInt; }

  bool is_uint() const { return kind_ == ValueKind::kUint; }

  bool is_double() const { return kind_ == ValueKind::kDouble; }

  bool is_string() const { return kind_ == ValueKind::kString; }

  bool is_bytes() const { return kind_ == ValueKind::kBytes; }

  bool is_timestamp() const { return kind_ == ValueKind::kTimestamp; }

  bool is_duration() const { return kind_ == ValueKind::kDuration; }

  bool is_type() const { return kind_ == ValueKind::kType; }

  bool is_list() const { return kind_ == ValueKind::kList; }

  bool is_map() const { return kind_ == ValueKind::kMap; }

  bool is_message() const { return kind_ == ValueKind::kMessage; }

  bool is_optional() const { return kind_ == ValueKind::kOptional; }

  bool is_opaque() const { return kind_ == ValueKind::kOpaque; }

  bool is_error() const { return kind_ == ValueKind::kError; }

  bool is_unknown() const { return kind_ == ValueKind::kUnknown; }

  bool is_number() const { return is_int() || is_uint() || is_double(); }

  bool IsTrue() const { return is_bool() && data_.bool_value; }

  bool IsFalse() const { return is_bool() && !data_.bool_value; }

  // Each only where the value is of that kind.
  bool bool_value() const { return data_.bool_value; }

  std::int64_t int_value() const { return data_.int_value; }

  std::uint64_t uint_value() const { return data_.uint_value; }

  double double_value() const { return data_.double_value; }

  // Of a string, bytes, or the name of a type.
  absl::string_view text() const {
    return {data_.text, static_cast<std::size_t>(extra_)};
  }

  // Of a timestamp or duration.
  TimeValue time() const { return {data_.int_value, extra_}; }

  const ListValue& list() const { return *data_.list; }

  const MapValue& map() const { return *data_.map; }

  const MessageValue& message() const { return *data_.message; }

  // Null for optional.none().
  const Value* optional() const { return data_.optional; }

  const OpaqueValue& opaque() const { return *data_.opaque; }

  const ErrorInfo& error() const { return *data_.error; }

  const UnknownSet& unknown() const { return *data_.unknown; }

  // The name that `type(x)` gives: `int`, `list`, a message's full name.
  // Empty for errors and unknowns.
  absl::string_view TypeName() const;

 private:
  explicit constexpr Value(ValueKind kind) : kind_(kind) {}

  static Value Text(ValueKind kind, absl::string_view text);

  ValueKind kind_ = ValueKind::kNull;
  // Length of a text, nanoseconds of a time.
  std::int32_t extra_ = 0;

  union Data {
    constexpr Data() : uint_value(0) {}

    bool bool_value;
    std::int64_t int_value;
    std::uint64_t uint_value;
    double double_value;
    const char* text;
    const ListValue* list;
    const MapValue* map;
    const MessageValue* message;
    const Value* optional;
    const OpaqueValue* opaque;
    const ErrorInfo* error;
    const UnknownSet* unknown;
  } data_;
};

static_assert(sizeof(Value) == 16);

// What went wrong, and at which node of the expression.
struct ErrorInfo {
  ErrorCode code = ErrorCode::kInvalidArgument;
  absl::string_view message;
  // 0 and empty until the evaluator knows the node.
  mutable ExprId id = 0;
  mutable Span span;
};

// A list, read in place. Implementations are trivially destructible and live in
// the EvalArena.
class ListValue {
 public:
  virtual std::size_t size() const = 0;
  // `index` is below size(). May be an error (an `Any` of unknown type), never
  // an unknown.
  virtual Value Get(std::size_t index, EvalContext& context) const = 0;

  // Rules mode: where it was read from; null for one that was made.
  const AttributePath* path() const { return path_; }

  // Rules mode: elements may yet be added. That one element fits stands, that
  // none fits is unknown, and so is everything else about it.
  bool open() const { return open_; }

 protected:
  ListValue() = default;

  ListValue(const AttributePath* path, bool open) : path_(path), open_(open) {}

  ~ListValue() = default;

 private:
  const AttributePath* path_ = nullptr;
  bool open_ = false;
};

// A map, read in place. Keys are bool, int, uint or string, none twice. Lives
// like a ListValue.
class MapValue {
 public:
  virtual std::size_t size() const = 0;
  // The entries in a fixed order: as written in a literal, by key in a message.
  virtual Value KeyAt(std::size_t index, EvalContext& context) const = 0;
  virtual Value ValueAt(std::size_t index, EvalContext& context) const = 0;
  // nullopt where there is no such key. Numbers find each other across their
  // types; a key of another kind finds nothing.
  virtual absl::optional<Value> Find(const Value& key,
                                     EvalContext& context) const = 0;

  // Rules mode: where it was read from; null for one that was made.
  const AttributePath* path() const { return path_; }

  // Rules mode: where the values are messages, the default instance.
  const google::protobuf::Message* default_message() const {
    return default_message_;
  }

 protected:
  MapValue() = default;

  MapValue(const AttributePath* path,
           const google::protobuf::Message* default_message)
      : path_(path), default_message_(default_message) {}

  ~MapValue() = default;

 private:
  const AttributePath* path_ = nullptr;
  const google::protobuf::Message* default_message_ = nullptr;
};

// A message that is no well-known type.
struct MessageValue {
  const google::protobuf::Message* message = nullptr;
  // Null: read as the language definition says. Else: unset fields are
  // unknown, and this is where it comes from.
  const AttributePath* path = nullptr;
  // Rules mode: a key that a complete map lacks. It has nothing, its bools are
  // false and its lists empty; all else about it is unknown.
  bool stated_absent = false;
};

// A value of a type of the host's.
class OpaqueValue {
 public:
  virtual absl::string_view type_name() const = 0;
  virtual bool Equals(const OpaqueValue& other) const = 0;
  virtual std::string DebugString() const = 0;

 protected:
  ~OpaqueValue() = default;
};

// One key and value of a map literal.
struct MapEntry {
  Value key;
  Value value;
};

// A map of these entries, which are copied. An error where a key is of a kind
// that no key may be, or is there twice (numbers compare across their types).
Value MakeMap(absl::Span<const MapEntry> entries, EvalContext& context);

// A list whose elements are in the arena already.
Value MakeList(absl::Span<const Value> elements, EvalArena& arena);

// The union of two unknowns, or either one where the other is none.
Value UnionOfUnknowns(const Value& a, const Value& b, EvalArena& arena);

// `==`: false for different kinds, except that numbers compare across theirs.
// Neither may be an error or an unknown. Charges the context's steps for what
// it visits; once they are used up the answer means nothing.
bool Equal(const Value& a, const Value& b, EvalContext& context);

// The order of two values: negative, 0, positive. nullopt where they have none:
// different kinds (but for numbers), kinds without order, a NaN.
absl::optional<int> Compare(const Value& a, const Value& b);

// For numbers of any two kinds: nullopt only with a NaN.
absl::optional<int> CompareNumbers(const Value& a, const Value& b);

// True where the two kinds have an order between them (NaN included).
bool IsOrdered(const Value& a, const Value& b);

// As an author would write it, as far as that goes: `[1, 2u, "a"]`,
// `duration("60s")`, `error(divide-by-zero: ...)`, `unknown(a.b, c)`.
std::string DebugString(const Value& value, EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_VALUE_H_
