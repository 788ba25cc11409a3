#include "service/cel/conformance_convert.h"

#include <memory>
#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "service/cel/environment.h"
#include "service/cel/eval_arena.h"
#include "tests/cel/suite_fixture.h"

namespace klausul::cel {
namespace {

class ConformanceConvertTest : public SuiteFixture {
 protected:
  void SetUp() override {
    SuiteFixture::SetUp();
    schema_ = LoadSchema();
    EnvironmentBuilder builder(Mode::kConformance);
    builder.set_descriptor_pool(&schema_->pool());
    environment_ = *std::move(builder).Build();
    EvalOptions options;
    options.message_factory = &schema_->factory();
    context_ = std::make_unique<EvalContext>(arena_, *environment_, options);
  }

  std::unique_ptr<google::protobuf::Message> Proto(const std::string& type,
                                                   const std::string& text) {
    std::unique_ptr<google::protobuf::Message> message(
        schema_->factory()
            .GetPrototype(schema_->pool().FindMessageTypeByName(type))
            ->New());
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(text, message.get()))
        << text;
    return message;
  }

  Value FromText(const std::string& text) {
    protos_.push_back(Proto("cel.expr.Value", text));
    return ValueFromProto(*protos_.back(), *context_);
  }

  std::string TypeText(const std::string& text) {
    const auto type =
        TypeFromProto(*Proto("cel.expr.Type", text), schema_->pool());
    return type.ok() ? type->ToString() : type.status().ToString();
  }

  std::unique_ptr<ConformanceSchema> schema_;
  std::shared_ptr<const Environment> environment_;
  EvalArena arena_;
  std::unique_ptr<EvalContext> context_;
  // Values point into them.
  std::vector<std::unique_ptr<google::protobuf::Message>> protos_;
};

TEST_F(ConformanceConvertTest, ReadsValues) {
  const auto text = [this](const std::string& proto) {
    return DebugString(FromText(proto), *context_);
  };
  EXPECT_EQ(text("null_value: NULL_VALUE"), "null");
  EXPECT_EQ(text("list_value { values { int64_value: 1 } }"), "[1]");
  EXPECT_EQ(text("map_value { entries { key { string_value: 'a' } "
                 "value { uint64_value: 2 } } }"),
            "{\"a\": 2u}");
  EXPECT_EQ(text("type_value: 'int'"), "int");
  EXPECT_EQ(text("object_value { [type.googleapis.com/google.protobuf.Struct] "
                 "{ fields { key: 'a' value { bool_value: true } } } }"),
            "{\"a\": true}");
}

TEST_F(ConformanceConvertTest, ComparesMoreStrictlyThanTheLanguage) {
  const auto same = [this](const std::string& a, const std::string& b) {
    return SameValue(FromText(a), FromText(b), *context_);
  };
  EXPECT_TRUE(same("double_value: nan", "double_value: nan"));
  EXPECT_FALSE(same("int64_value: 1", "uint64_value: 1"));
  EXPECT_FALSE(same("list_value { values { int64_value: 1 } }",
                    "list_value { values { double_value: 1 } }"));
  EXPECT_TRUE(
      same("map_value { entries { key { int64_value: 1 } value { } } "
           "entries { key { int64_value: 2 } value { } } }",
           "map_value { entries { key { int64_value: 2 } value { } } "
           "entries { key { int64_value: 1 } value { } } }"));
}

TEST_F(ConformanceConvertTest, ReadsTypes) {
  EXPECT_EQ(TypeText(""), "dyn");
  EXPECT_EQ(TypeText("primitive: INT64"), "int");
  EXPECT_EQ(TypeText("wrapper: STRING"), "wrapper(string)");
  EXPECT_EQ(TypeText("list_type { elem_type { primitive: BOOL } }"),
            "list(bool)");
  EXPECT_EQ(TypeText("map_type { key_type { primitive: STRING } "
                     "value_type { dyn: true } }"),
            "map(string, dyn)");
  EXPECT_EQ(TypeText("type { primitive: INT64 }"), "type(int)");
  EXPECT_EQ(TypeText("message_type: 'cel.expr.Value'"), "cel.expr.Value");
  EXPECT_EQ(TypeText("message_type: 'google.protobuf.Timestamp'"),
            Type::Timestamp().ToString());
  EXPECT_EQ(TypeText("type_param: 'T'"), "T");
  EXPECT_EQ(TypeText("message_type: 'nobody.Knows'"), "nobody.Knows");
  EXPECT_EQ(TypeText("abstract_type { name: 'pair' parameter_types { "
                     "primitive: INT64 } parameter_types { dyn: true } }"),
            "pair(int, dyn)");
  EXPECT_EQ(TypeText("abstract_type { name: 'optional_type' parameter_types { "
                     "primitive: INT64 } }"),
            Type::Optional(Type::Int()).ToString());
  EXPECT_EQ(TypeText("function { result_type { primitive: BOOL } "
                     "arg_types { primitive: INT64 } }"),
            "function(bool, int)");
}

TEST(SameTypeTest, TheTypeOfATypeMayBeLeftOut) {
  const Type any_type = Type::TypeOf(Type::Dyn());
  const Type int_type = Type::TypeOf(Type::Int());
  EXPECT_TRUE(SameType(any_type, int_type));
  EXPECT_FALSE(SameType(int_type, any_type));
  EXPECT_TRUE(SameType(Type::List(any_type), Type::List(int_type)));
  EXPECT_TRUE(SameType(Type::Opaque("p", {Type::Int(), any_type}),
                       Type::Opaque("p", {Type::Int(), int_type})));
  EXPECT_FALSE(SameType(Type::Opaque("p", {Type::Int()}),
                        Type::Opaque("q", {Type::Int()})));
  EXPECT_FALSE(SameType(Type::List(Type::Dyn()), Type::List(Type::Int())));
  EXPECT_FALSE(SameType(Type::Dyn(), Type::Int()));
}

}  // namespace
}  // namespace klausul::cel
