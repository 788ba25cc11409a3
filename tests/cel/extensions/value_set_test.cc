#include "service/cel/extensions/value_set.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/cel/extensions/extension_fixture.h"
#include "tests/cel/proto2_fixture.h"

namespace klausul::cel {
namespace {

class ValueSetTest : public testing::Test {
 protected:
  ValueSetTest() {
    EnvironmentBuilder builder(Mode::kConformance);
    builder.set_descriptor_pool(&old_.pool()).set_container("old");
    EXPECT_TRUE(AddStandardLibrary(builder).ok());
    AddAllExtensions(builder);
    environment_ = *std::move(builder).Build();
    options_.message_factory = &old_.factory();
  }

  Value Of(const std::string& expression) {
    DiagnosticSink sink;
    const auto checked = Compile(Source(expression), environment_, {}, sink);
    EXPECT_NE(checked, nullptr) << sink.RenderAll();
    return Evaluate(checked, VectorActivation({}), arena_, options_);
  }

  Proto2Pool old_;
  EvalOptions options_;
  EvalArena arena_;
  std::shared_ptr<const Environment> environment_;
};

TEST_F(ValueSetTest, EqualValuesHaveEqualHashes) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"1", "1u"},
      {"1", "1.0"},
      {"-0.0", "0"},
      {"9223372036854775807", "9223372036854775808.0"},
      {"[1, 'a']", "[1.0, 'a']"},
      {"{'a': 1, 'b': 2}", "{'b': 2u, 'a': 1.0}"},
      {"optional.of(1)", "optional.of(1u)"},
      {"optional.none()", "optional.none()"},
      {"int", "type(3)"},
      {"timestamp(1)", "timestamp('1970-01-01T00:00:01Z')"},
      {"Item{count: 1, title: 'x'}", "Item{title: 'x', count: 1}"},
      {"Item{any: 1}", "Item{any: 1}"},
      {"Item{`old.items`: [Item{count: 1}]}",
       "Item{`old.items`: [Item{count: 1}]}"},
  };
  EvalContext context(arena_, *environment_, options_);
  for (const auto& [left, right] : pairs) {
    const Value a = Of(left);
    const Value b = Of(right);
    ASSERT_TRUE(Equal(a, b, context)) << left << " and " << right;
    EXPECT_EQ(HashValue(a, context), HashValue(b, context))
        << left << " and " << right;
  }
}

TEST_F(ValueSetTest, OtherValuesHaveOtherHashes) {
  const std::vector<std::string> values = {
      "0",
      "1",
      "'1'",
      "b'1'",
      "true",
      "null",
      "[]",
      "{}",
      "[1]",
      "[[1]]",
      "{1: 2}",
      "{2: 1}",
      "duration('1s')",
      "timestamp(1)",
      "Item{}",
      "Item{count: 1}",
      "Item{count: 7}",
      "Item{title: '1'}",
  };
  EvalContext context(arena_, *environment_, options_);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(HashValue(Of(values[i]), context),
                HashValue(Of(values[j]), context))
          << values[i] << " and " << values[j];
    }
  }
}

TEST_F(ValueSetTest, KeepsOneOfEqualValues) {
  EvalContext context(arena_, *environment_, options_);
  ValueSet set(context);
  EXPECT_TRUE(set.Insert(Value::Int(1)));
  EXPECT_FALSE(set.Insert(Value::Uint(1)));
  EXPECT_TRUE(set.Insert(Value::String("1")));
  EXPECT_TRUE(set.Contains(Value::Double(1)));
  EXPECT_FALSE(set.Contains(Value::Double(1.5)));
}

TEST_F(ValueSetTest, StopsWhereTheStepsEnd) {
  EvalOptions options;
  options.step_limit = 10;
  EvalContext context(arena_, *environment_, options);
  HashValue(Of("lists.range(1000)"), context);
  EXPECT_TRUE(context.exhausted());
}

}  // namespace
}  // namespace klausul::cel
