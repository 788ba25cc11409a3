// Generated readers against reading by reflection, for every field of the plan.

#include "service/engine/plan_readers.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/cel/attribute.h"
#include "service/cel/eval_arena.h"
#include "service/cel/eval_context.h"
#include "service/cel/message_access.h"
#include "service/engine/plan_environment.h"

namespace klausul::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Collect(const Descriptor& message, std::set<const Descriptor*>& all) {
  if (!all.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const FieldDescriptor& value =
        field.is_map() ? *field.message_type()->map_value() : field;
    if (value.message_type() != nullptr) Collect(*value.message_type(), all);
  }
}

// Sets the field to something that says something, or, `empty`, to what says
// nothing although it is set.
void Set(Message& message, const FieldDescriptor* field, bool empty) {
  const auto& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, field, !empty);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, field, empty ? 0 : -7);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, field, empty ? 0 : 7);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.SetDouble(&message, field, empty ? 0 : 7.5);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, field, empty ? 0 : 1);
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, field, empty ? "" : "æ");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      reflection.MutableMessage(&message, field);
      return;
    default:
      FAIL() << field->full_name();
  }
}

void Add(Message& message, const FieldDescriptor* field) {
  const auto& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.AddEnumValue(&message, field, 1);
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.AddString(&message, field, "æ");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      reflection.AddMessage(&message, field);
      return;
    default:
      FAIL() << field->full_name();
  }
}

class PlanReadersTest : public testing::Test {
 protected:
  PlanReadersTest() : environment_(*BuildPlanEnvironment({})) {
    Collect(*v1::ProcurementPlan::descriptor(), messages_);
  }

  void ExpectSame(const Message& message, const FieldDescriptor* field) {
    const cel::FieldReader* const reader = FindPlanReader(field);
    ASSERT_NE(reader, nullptr) << field->full_name();
    for (const bool absent : {false, true}) {
      cel::EvalArena arena;
      cel::EvalContext context(arena, *environment_.cel, {});
      const cel::AttributePath path("root");
      const cel::MessageValue value{&message, &path, absent};
      EXPECT_EQ(
          cel::DebugString(cel::ReadField(value, *reader, context), context),
          cel::DebugString(cel::ReadField(value, field, context), context))
          << field->full_name() << ": " << message.DebugString();
      EXPECT_EQ(cel::HasField(value, *reader), cel::HasField(value, field));
      EXPECT_EQ(cel::IsStated(value, *reader, context),
                cel::IsStated(value, field, context));
    }
  }

  PlanEnvironment environment_;
  std::set<const Descriptor*> messages_;
};

TEST_F(PlanReadersTest, ReadWhatReflectionReads) {
  int fields = 0;
  for (const Descriptor* descriptor : messages_) {
    const Message& prototype =
        *google::protobuf::MessageFactory::generated_factory()->GetPrototype(
            descriptor);
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* const field = descriptor->field(i);
      if (field->is_map()) {
        EXPECT_EQ(FindPlanReader(field), nullptr) << field->full_name();
        continue;
      }
      ++fields;
      const std::unique_ptr<Message> message(prototype.New());
      ExpectSame(*message, field);
      if (field->is_repeated()) {
        Add(*message, field);
        ExpectSame(*message, field);
        continue;
      }
      Set(*message, field, /*empty=*/true);
      ExpectSame(*message, field);
      Set(*message, field, /*empty=*/false);
      ExpectSame(*message, field);
    }
  }
  EXPECT_GT(fields, 300);
}

TEST_F(PlanReadersTest, OtherMessagesHaveNone) {
  EXPECT_EQ(FindPlanReader(v1::Finding::descriptor()->field(0)), nullptr);
  EXPECT_EQ(FindPlanReader(nullptr), nullptr);
}

}  // namespace
}  // namespace klausul::engine
