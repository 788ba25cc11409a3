#include "service/report/json_message.h"

#include <cstdint>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/report.pb.h"
#include "klausul/v1/rule_set.pb.h"

namespace klausul::report {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string Json(const Message& message) {
  std::string json;
  AppendJson(message, json);
  return json;
}

std::string Text(absl::string_view text) {
  std::string json;
  AppendJsonText(text, json);
  return json;
}

// Fills a message at random, a quarter of its fields left out.
class Filler {
 public:
  explicit Filler(std::uint32_t seed) : random_(seed) {}

  void Fill(Message& message, int depth = 0) {
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (Number(4) == 0) continue;
      if (!field.is_repeated()) {
        Set(message, reflection, field, depth);
      } else if (!field.is_map()) {
        for (int left = Number(3); left > 0; --left)
          Add(message, reflection, field, depth);
      } else if (field.message_type()->map_value()->cpp_type() ==
                 FieldDescriptor::CPPTYPE_STRING) {
        Message& entry = *reflection.AddMessage(&message, &field);
        const Reflection& inner = *entry.GetReflection();
        inner.SetString(&entry, field.message_type()->map_key(), Word());
        inner.SetString(&entry, field.message_type()->map_value(), Word());
      }
    }
  }

 private:
  static constexpr int kMaxDepth = 6;

  int Number(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }

  std::string Word() {
    static constexpr const char* kPieces[] = {
        "",  "a",    "\"",     "\\",     "\n", "\x01", "</script>", "æøå",
        "€", "\x7F", "\u2028", "\u2029", "\t", "😀",    "\r",        "\u2027"};
    std::string word;
    for (int left = Number(6); left > 0; --left)
      word += kPieces[Number(std::size(kPieces))];
    return word;
  }

  int EnumNumber(const FieldDescriptor& field) {
    return field.enum_type()
        ->value(Number(field.enum_type()->value_count()))
        ->number();
  }

  void Set(Message& message, const Reflection& reflection,
           const FieldDescriptor& field, int depth) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, &field, Word());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth < kMaxDepth)
          Fill(*reflection.MutableMessage(&message, &field), depth + 1);
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(&message, &field, EnumNumber(field));
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, &field, Number(2) == 0);
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, &field, Number(1000) - 500);
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, &field,
                                   std::int64_t{1} << Number(63));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(&message, &field, Number(1000) / 7.0);
      default:
        FAIL() << field.full_name() << " is of a type that no test fills";
    }
  }

  void Add(Message& message, const Reflection& reflection,
           const FieldDescriptor& field, int depth) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.AddString(&message, &field, Word());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth < kMaxDepth)
          Fill(*reflection.AddMessage(&message, &field), depth + 1);
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.AddEnumValue(&message, &field, EnumNumber(field));
      default:
        FAIL() << field.full_name() << " is of a type that no test fills";
    }
  }

  std::mt19937 random_;
};

template <typename T>
void ExpectTheSameAsProtobuf(std::uint32_t seed) {
  SCOPED_TRACE(testing::Message()
               << T::descriptor()->full_name() << ", seed " << seed);
  T message;
  Filler(seed).Fill(message);
  T back;
  const auto status =
      google::protobuf::util::JsonStringToMessage(Json(message), &back);
  ASSERT_TRUE(status.ok()) << status.ToString() << "\n" << Json(message);
  // Into words and back, as protobuf's own form comes back.
  std::string own;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(message, &own).ok());
  T own_back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(own, &own_back).ok());
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(back, own_back))
      << Json(message) << "\n"
      << own;
}

TEST(AppendJsonTest, SaysTheSameAsProtobufsOwnForm) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    ExpectTheSameAsProtobuf<v1::CheckReport>(seed);
    ExpectTheSameAsProtobuf<v1::ProcurementPlan>(seed);
    ExpectTheSameAsProtobuf<v1::Rule>(seed);
  }
}

TEST(AppendJsonTest, HasTheBytesOfProtobufsOwnForm) {
  v1::DocumentReport report;
  report.set_uri("a \"b\" <c>\n");
  report.set_kind(v1::DocumentReport::PLAN);
  report.mutable_counts()->set_failed(0);
  report.add_findings()->add_locations()->set_line(3);
  report.add_findings();
  std::string own;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(report, &own).ok());
  EXPECT_EQ(Json(report), own);
}

TEST(AppendJsonTest, AnEnumNumberWithoutANameStaysANumber) {
  v1::Finding finding;
  finding.set_outcome(static_cast<v1::Finding::Outcome>(77));
  EXPECT_EQ(Json(finding), "{\"outcome\":77}");
}

TEST(AppendJsonTest, NumbersThatAreNotFiniteAreWords) {
  v1::Parameter::Value value;
  value.set_double_value(-std::numeric_limits<double>::infinity());
  EXPECT_EQ(Json(value), "{\"doubleValue\":\"-Infinity\"}");
}

TEST(AppendJsonTextTest, EscapesWhatAPageOrAScriptWouldTrip) {
  EXPECT_EQ(Text("a\"\\\n\x02</b>"), R"("a\"\\\n\u0002\u003c/b\u003e")");
  EXPECT_EQ(Text("x\u2028y\u2029z\u2027€"), "\"x\\u2028y\\u2029z\u2027€\"");
  EXPECT_EQ(Text("\xE2"), "\"\xE2\"");
}

}  // namespace
}  // namespace klausul::report
