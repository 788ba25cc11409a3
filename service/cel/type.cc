#include "service/cel/type.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace klausul::cel {

struct Type::Node {
  TypeKind kind = TypeKind::kDyn;
  std::vector<Type> params;
  const google::protobuf::Descriptor* message = nullptr;
  std::shared_ptr<const EnumType> enum_type;
  std::string name;
  std::int64_t param_number = 0;
  // Nodes in all, this one included.
  std::int32_t size = 1;
};

const EnumType::Value* EnumType::FindValue(absl::string_view value_name) const {
  for (const Value& value : values) {
    if (value.name == value_name) return &value;
  }
  return nullptr;
}

const EnumType::Value* EnumType::FindNumber(std::int32_t number) const {
  for (const Value& value : values) {
    if (value.number == number) return &value;
  }
  return nullptr;
}

Type::Type() = default;

Type::Type(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

Type Type::Make(Node node) {
  for (const Type& param : node.params) {
    node.size += param.node_ == nullptr ? 1 : param.node_->size;
    if (node.size > kMaxNodes) return Dyn();
  }
  return Type(std::make_shared<const Node>(std::move(node)));
}

Type Type::Simple(TypeKind kind) {
  constexpr std::size_t kKinds = static_cast<std::size_t>(TypeKind::kParam) + 1;
  // One node a kind for the life of the program; never destroyed, so that a
  // type in static storage may outlive this.
  static const std::vector<Type>& types = *[] {
    auto* made = new std::vector<Type>();
    for (std::size_t i = 0; i < kKinds; ++i) {
      Node node;
      node.kind = static_cast<TypeKind>(i);
      made->push_back(Make(std::move(node)));
    }
    return made;
  }();
  return types[static_cast<std::size_t>(kind)];
}

Type Type::Error() {
  return Simple(TypeKind::kError);
}

Type Type::Dyn() {
  return {};
}

Type Type::Null() {
  return Simple(TypeKind::kNull);
}

Type Type::Bool() {
  return Simple(TypeKind::kBool);
}

Type Type::Int() {
  return Simple(TypeKind::kInt);
}

Type Type::Uint() {
  return Simple(TypeKind::kUint);
}

Type Type::Double() {
  return Simple(TypeKind::kDouble);
}

Type Type::String() {
  return Simple(TypeKind::kString);
}

Type Type::Bytes() {
  return Simple(TypeKind::kBytes);
}

Type Type::Timestamp() {
  return Simple(TypeKind::kTimestamp);
}

Type Type::Duration() {
  return Simple(TypeKind::kDuration);
}

Type Type::Any() {
  return Simple(TypeKind::kAny);
}

Type Type::Wrapper(const Type& scalar) {
  Node node;
  node.kind = TypeKind::kWrapper;
  node.params = {scalar};
  return Make(std::move(node));
}

Type Type::List(const Type& element) {
  Node node;
  node.kind = TypeKind::kList;
  node.params = {element};
  return Make(std::move(node));
}

Type Type::Map(const Type& key, const Type& value) {
  Node node;
  node.kind = TypeKind::kMap;
  node.params = {key, value};
  return Make(std::move(node));
}

Type Type::TypeOf(const Type& type) {
  Node node;
  node.kind = TypeKind::kType;
  node.params = {type};
  return Make(std::move(node));
}

Type Type::Optional(const Type& value) {
  Node node;
  node.kind = TypeKind::kOptional;
  node.params = {value};
  return Make(std::move(node));
}

Type Type::Message(const google::protobuf::Descriptor* descriptor) {
  Node node;
  node.kind = TypeKind::kMessage;
  node.message = descriptor;
  return Make(std::move(node));
}

Type Type::Enum(std::shared_ptr<const EnumType> enum_type) {
  Node node;
  node.kind = TypeKind::kEnum;
  node.enum_type = std::move(enum_type);
  return Make(std::move(node));
}

Type Type::Opaque(absl::string_view name, std::vector<Type> params) {
  Node node;
  node.kind = TypeKind::kOpaque;
  node.name = std::string(name);
  node.params = std::move(params);
  return Make(std::move(node));
}

Type Type::Param(absl::string_view name) {
  return FreshParam(name, 0);
}

Type Type::FreshParam(absl::string_view name, std::int64_t number) {
  Node node;
  node.kind = TypeKind::kParam;
  node.name = std::string(name);
  node.param_number = number;
  return Make(std::move(node));
}

TypeKind Type::kind() const {
  return node_ == nullptr ? TypeKind::kDyn : node_->kind;
}

absl::Span<const Type> Type::params() const {
  return node_ == nullptr ? absl::Span<const Type>()
                          : absl::MakeConstSpan(node_->params);
}

const google::protobuf::Descriptor* Type::message() const {
  return node_ == nullptr ? nullptr : node_->message;
}

const EnumType* Type::enum_type() const {
  return node_ == nullptr ? nullptr : node_->enum_type.get();
}

absl::string_view Type::name() const {
  return node_ == nullptr ? absl::string_view() : node_->name;
}

std::int64_t Type::param_number() const {
  return node_ == nullptr ? 0 : node_->param_number;
}

namespace {

// The names of the kinds without parameters of their own, empty for others.
absl::string_view SimpleName(TypeKind kind) {
  switch (kind) {
    case TypeKind::kError:
      return "error";
    case TypeKind::kDyn:
      return "dyn";
    case TypeKind::kNull:
      return "null_type";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kUint:
      return "uint";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kString:
      return "string";
    case TypeKind::kBytes:
      return "bytes";
    case TypeKind::kTimestamp:
      return "google.protobuf.Timestamp";
    case TypeKind::kDuration:
      return "google.protobuf.Duration";
    case TypeKind::kAny:
      return "google.protobuf.Any";
    case TypeKind::kWrapper:
      return "wrapper";
    case TypeKind::kList:
      return "list";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kType:
      return "type";
    case TypeKind::kOptional:
      return "optional_type";
    case TypeKind::kMessage:
    case TypeKind::kEnum:
    case TypeKind::kOpaque:
    case TypeKind::kParam:
      return "";
  }
  return "";
}

std::string WithoutContainer(absl::string_view name,
                             absl::string_view container) {
  absl::string_view rest = name;
  if (!container.empty() && absl::ConsumePrefix(&rest, container) &&
      absl::ConsumePrefix(&rest, ".") && !rest.empty()) {
    return std::string(rest);
  }
  return std::string(name);
}

}  // namespace

std::string Type::ToString(absl::string_view container) const {
  switch (kind()) {
    case TypeKind::kMessage:
      return WithoutContainer(message()->full_name(), container);
    case TypeKind::kEnum:
      return enum_type()->name;
    case TypeKind::kParam:
      return std::string(name());
    default:
      break;
  }
  const absl::string_view simple =
      Is(TypeKind::kOpaque) ? name() : SimpleName(kind());
  if (params().empty()) return std::string(simple);
  return absl::StrCat(
      simple, "(",
      absl::StrJoin(params(), ", ",
                    [container](std::string* out, const Type& param) {
                      out->append(param.ToString(container));
                    }),
      ")");
}

std::string Type::RuntimeName() const {
  switch (kind()) {
    case TypeKind::kMessage:
      return message()->full_name();
    case TypeKind::kEnum:
      return "int";
    case TypeKind::kOpaque:
      return std::string(name());
    case TypeKind::kWrapper:
    case TypeKind::kAny:
    case TypeKind::kParam:
    case TypeKind::kError:
      return "dyn";
    default:
      return std::string(SimpleName(kind()));
  }
}

bool operator==(const Type& a, const Type& b) {
  if (a.node_ == b.node_) return true;
  if (a.kind() != b.kind() || a.name() != b.name() ||
      a.message() != b.message() || a.param_number() != b.param_number()) {
    return false;
  }
  if (a.Is(TypeKind::kEnum)) {
    return a.enum_type()->name == b.enum_type()->name;
  }
  const absl::Span<const Type> left = a.params();
  const absl::Span<const Type> right = b.params();
  return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

namespace {

using WellKnown = google::protobuf::Descriptor::WellKnownType;

}  // namespace

Type TypeOfMessage(const google::protobuf::Descriptor* descriptor) {
  switch (descriptor->well_known_type()) {
    case WellKnown::WELLKNOWNTYPE_DOUBLEVALUE:
    case WellKnown::WELLKNOWNTYPE_FLOATVALUE:
      return Type::Wrapper(Type::Double());
    case WellKnown::WELLKNOWNTYPE_INT64VALUE:
    case WellKnown::WELLKNOWNTYPE_INT32VALUE:
      return Type::Wrapper(Type::Int());
    case WellKnown::WELLKNOWNTYPE_UINT64VALUE:
    case WellKnown::WELLKNOWNTYPE_UINT32VALUE:
      return Type::Wrapper(Type::Uint());
    case WellKnown::WELLKNOWNTYPE_STRINGVALUE:
      return Type::Wrapper(Type::String());
    case WellKnown::WELLKNOWNTYPE_BYTESVALUE:
      return Type::Wrapper(Type::Bytes());
    case WellKnown::WELLKNOWNTYPE_BOOLVALUE:
      return Type::Wrapper(Type::Bool());
    case WellKnown::WELLKNOWNTYPE_ANY:
      return Type::Any();
    case WellKnown::WELLKNOWNTYPE_DURATION:
      return Type::Duration();
    case WellKnown::WELLKNOWNTYPE_TIMESTAMP:
      return Type::Timestamp();
    case WellKnown::WELLKNOWNTYPE_VALUE:
      return Type::Dyn();
    case WellKnown::WELLKNOWNTYPE_LISTVALUE:
      return Type::List(Type::Dyn());
    case WellKnown::WELLKNOWNTYPE_STRUCT:
      return Type::Map(Type::String(), Type::Dyn());
    default:
      return Type::Message(descriptor);
  }
}

Type BuiltinTypeByName(absl::string_view name) {
  static const auto& types = *new absl::flat_hash_map<std::string, Type>{
      {"bool", Type::Bool()},
      {"int", Type::Int()},
      {"uint", Type::Uint()},
      {"double", Type::Double()},
      {"string", Type::String()},
      {"bytes", Type::Bytes()},
      {"null_type", Type::Null()},
      {"list", Type::List(Type::Dyn())},
      {"map", Type::Map(Type::Dyn(), Type::Dyn())},
      {"type", Type::TypeOf(Type::Dyn())},
      {"google.protobuf.Timestamp", Type::Timestamp()},
      {"google.protobuf.Duration", Type::Duration()},
      {"optional_type", Type::Optional(Type::Dyn())},
  };
  const auto found = types.find(name);
  return found == types.end() ? Type::Error() : found->second;
}

}  // namespace klausul::cel
