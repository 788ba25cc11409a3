#include "service/cel/type.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"
#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

std::shared_ptr<const EnumType> Kind() {
  return std::make_shared<const EnumType>(
      EnumType{"Kind", {{"OPEN", 1}, {"OTHER", 7}}, nullptr});
}

struct NameCase {
  std::string name;
  Type type;
  std::string text;
  std::string runtime_name;
};

std::ostream& operator<<(std::ostream& out, const NameCase& test) {
  return out << test.name;
}

class TypeNameTest : public testing::TestWithParam<NameCase> {};

TEST_P(TypeNameTest, IsPrinted) {
  EXPECT_EQ(GetParam().type.ToString(), GetParam().text);
  EXPECT_EQ(GetParam().type.RuntimeName(), GetParam().runtime_name);
}

INSTANTIATE_TEST_SUITE_P(
    Types, TypeNameTest,
    testing::ValuesIn(std::vector<NameCase>{
        {"Default", Type(), "dyn", "dyn"},
        {"Null", Type::Null(), "null_type", "null_type"},
        {"Bool", Type::Bool(), "bool", "bool"},
        {"Int", Type::Int(), "int", "int"},
        {"Uint", Type::Uint(), "uint", "uint"},
        {"Double", Type::Double(), "double", "double"},
        {"String", Type::String(), "string", "string"},
        {"Bytes", Type::Bytes(), "bytes", "bytes"},
        {"Timestamp", Type::Timestamp(), "google.protobuf.Timestamp",
         "google.protobuf.Timestamp"},
        {"Duration", Type::Duration(), "google.protobuf.Duration",
         "google.protobuf.Duration"},
        {"List", Type::List(Type::Int()), "list(int)", "list"},
        {"Map", Type::Map(Type::String(), Type::List(Type::Dyn())),
         "map(string, list(dyn))", "map"},
        {"Wrapper", Type::Wrapper(Type::Bool()), "wrapper(bool)", "dyn"},
        {"TypeOf", Type::TypeOf(Type::Int()), "type(int)", "type"},
        {"Optional", Type::Optional(Type::Int()), "optional_type(int)",
         "optional_type"},
        {"Message", Type::Message(google::protobuf::FieldMask::descriptor()),
         "google.protobuf.FieldMask", "google.protobuf.FieldMask"},
        {"Enum", Type::Enum(Kind()), "Kind", "int"},
        {"Opaque", Type::Opaque("net.IP"), "net.IP", "net.IP"},
        {"OpaqueWithParameters", Type::Opaque("pair", {Type::Int(), Type()}),
         "pair(int, dyn)", "pair"},
        {"Param", Type::Param("T"), "T", "dyn"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(TypeTest, LeavesOutTheContainer) {
  const Type type =
      Type::List(Type::Message(google::protobuf::FieldMask::descriptor()));
  EXPECT_EQ(type.ToString("google.protobuf"), "list(FieldMask)");
  EXPECT_EQ(type.ToString("google.proto"), "list(google.protobuf.FieldMask)");
}

TEST(TypeTest, IsEqualByStructure) {
  EXPECT_EQ(Type::List(Type::Int()), Type::List(Type::Int()));
  EXPECT_NE(Type::List(Type::Int()), Type::List(Type::Uint()));
  EXPECT_NE(Type::List(Type::Int()), Type::Optional(Type::Int()));
  EXPECT_EQ(Type(), Type::Dyn());
  EXPECT_NE(Type::Param("T"), Type::FreshParam("T", 1));
  EXPECT_NE(Type::Opaque("a"), Type::Opaque("b"));
  EXPECT_EQ(Type::Enum(Kind()), Type::Enum(Kind()));
}

TEST(TypeTest, ATypeThatIsTooLargeIsDyn) {
  Type type = Type::Int();
  for (int i = 0; i < 64; ++i)
    type = Type::Map(type, type);
  EXPECT_TRUE(Type::List(type).Is(TypeKind::kList));
  EXPECT_LE(type.ToString().size(), std::size_t{16} * Type::kMaxNodes);
}

TEST(TypeTest, WellKnownMessagesAreNoMessages) {
  using google::protobuf::Descriptor;
  const std::vector<std::pair<const Descriptor*, std::string>> cases = {
      {google::protobuf::Int32Value::descriptor(), "wrapper(int)"},
      {google::protobuf::UInt64Value::descriptor(), "wrapper(uint)"},
      {google::protobuf::FloatValue::descriptor(), "wrapper(double)"},
      {google::protobuf::StringValue::descriptor(), "wrapper(string)"},
      {google::protobuf::BytesValue::descriptor(), "wrapper(bytes)"},
      {google::protobuf::BoolValue::descriptor(), "wrapper(bool)"},
      {google::protobuf::Any::descriptor(), "google.protobuf.Any"},
      {google::protobuf::Duration::descriptor(), "google.protobuf.Duration"},
      {google::protobuf::Timestamp::descriptor(), "google.protobuf.Timestamp"},
      {google::protobuf::Value::descriptor(), "dyn"},
      {google::protobuf::ListValue::descriptor(), "list(dyn)"},
      {google::protobuf::Struct::descriptor(), "map(string, dyn)"},
      {google::protobuf::FieldMask::descriptor(), "google.protobuf.FieldMask"},
  };
  for (const auto& [descriptor, want] : cases) {
    EXPECT_EQ(TypeOfMessage(descriptor).ToString(), want);
  }
}

TEST(TypeTest, FindsBuiltinNames) {
  EXPECT_EQ(BuiltinTypeByName("int"), Type::Int());
  EXPECT_EQ(BuiltinTypeByName("list"), Type::List(Type::Dyn()));
  EXPECT_EQ(BuiltinTypeByName("dyn"), Type::Error());
  EXPECT_EQ(BuiltinTypeByName("nothing"), Type::Error());
}

TEST(EnumTypeTest, FindsValues) {
  const auto kind = Kind();
  EXPECT_EQ(kind->FindValue("OTHER")->number, 7);
  EXPECT_EQ(kind->FindValue("NONE"), nullptr);
  EXPECT_EQ(kind->FindNumber(1)->name, "OPEN");
  EXPECT_EQ(kind->FindNumber(2), nullptr);
}

}  // namespace
}  // namespace klausul::cel
