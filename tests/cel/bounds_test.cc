// Every bound of service/cel/README.md, "Bounds", just inside and just outside;
// and what a stranger may send, which has to end soon and in little memory.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "service/cel/regex.h"
#include "tests/cel/everything.h"

namespace klausul::cel {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr char kStepsUsedUp[] = "error(limit: ";

std::string Repeat(std::size_t count, absl::string_view text) {
  std::string out;
  out.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i)
    absl::StrAppend(&out, text);
  return out;
}

class BoundsTest : public testing::Test {
 protected:
  // What the expression comes to, or the diagnostics where it does not compile.
  std::string Evaluate(const std::string& text,
                       std::int64_t steps = EvalOptions::kDefaultStepLimit) {
    DiagnosticSink sink;
    const auto checked = Compile(Source(text), host_.environment(), {}, sink);
    if (checked == nullptr) {
      const auto lines = Describe(sink);
      return lines.empty() ? "no diagnostic" : lines.front();
    }
    EvalOptions options = host_.options();
    options.step_limit = steps;
    EvalArena arena;
    EvalContext context(arena, *host_.environment(), options);
    const std::vector<Value> values = host_.Values(context);
    const Evaluator evaluator(checked);
    const Value value = evaluator.Evaluate(VectorActivation(values), context);
    steps_ = context.steps();
    context.ResetSteps();
    return DebugString(value, context);
  }

  Everything host_{Mode::kConformance};
  std::int64_t steps_ = 0;
};

TEST_F(BoundsTest, SourceBytes) {
  const std::string most(ParseLimits::kMaxSourceBytes - 1, ' ');
  EXPECT_EQ(Evaluate(most + "1"), "1");
  EXPECT_THAT(Evaluate(most + " 1"),
              StartsWith("size-limit: the expression has 1048577 bytes; at "
                         "most 1048576 are read"));
}

TEST_F(BoundsTest, Nesting) {
  const std::size_t most = ParseLimits::kMaxNesting;
  EXPECT_EQ(Evaluate(Repeat(most, "(") + "1" + Repeat(most, ")")), "1");
  const std::string error =
      "nesting-limit: the expression is nested more than 250 levels deep";
  EXPECT_THAT(Evaluate(Repeat(most + 1, "(") + "1" + Repeat(most + 1, ")")),
              StartsWith(error));
  EXPECT_THAT(Evaluate(Repeat(10'000, "(") + "1" + Repeat(10'000, ")")),
              StartsWith(error));
  EXPECT_THAT(Evaluate(Repeat(10'000, "[") + Repeat(10'000, "]")),
              StartsWith(error));
}

TEST_F(BoundsTest, TreeDepth) {
  const std::size_t most = ParseLimits::kMaxTreeDepth - 1;
  EXPECT_EQ(Evaluate(Repeat(most, "1 + ") + "1"), "1000");
  EXPECT_THAT(Evaluate(Repeat(most + 1, "1 + ") + "1"),
              StartsWith("nesting-limit: more than 1000 operations follow one "
                         "another"));
  EXPECT_EQ(Evaluate(Repeat(most - 1, "!") + "b"), "true");
}

TEST_F(BoundsTest, SyntaxErrors) {
  const auto errors = [](std::size_t count) {
    DiagnosticSink sink;
    // One error for each element.
    Parse(Source("[" + Repeat(count, "a b, ") + "]"), {}, sink);
    return sink.error_count();
  };
  EXPECT_EQ(errors(ParseLimits::kMaxErrors - 1), ParseLimits::kMaxErrors - 1);
  // One more: that there are too many.
  EXPECT_EQ(errors(ParseLimits::kMaxErrors), ParseLimits::kMaxErrors + 1);
  EXPECT_EQ(errors(10 * ParseLimits::kMaxErrors), ParseLimits::kMaxErrors + 1);
}

TEST_F(BoundsTest, Steps) {
  const std::string text = "l.map(v, v * 2).size() + s.size()";
  EXPECT_EQ(Evaluate(text), "9");
  const std::int64_t needed = steps_;
  EXPECT_EQ(Evaluate(text, needed), "9");
  EXPECT_THAT(Evaluate(text, needed - 1), StartsWith(kStepsUsedUp));
  // Nothing absorbs it.
  EXPECT_THAT(Evaluate("true || " + text + " > 0", 1),
              testing::AnyOf("true", StartsWith(kStepsUsedUp)));
  EXPECT_THAT(Evaluate("(" + text + " > 0 || true) && true", needed / 2),
              StartsWith(kStepsUsedUp));
}

TEST_F(BoundsTest, TextBytes) {
  // 1 KiB, doubled until it is 64 MiB, which is the most; then once more.
  const auto doubled = [](int times) {
    std::string text = "cel.bind(v0, '" + std::string(1024, 'x') + "', ";
    for (int i = 1; i <= times; ++i) {
      const std::string before = absl::StrCat("v", i - 1);
      absl::StrAppend(&text, "cel.bind(v", i, ", ", before, " + ", before,
                      ", ");
    }
    absl::StrAppend(&text, "size(v", times, ")",
                    Repeat(static_cast<std::size_t>(times) + 1, ")"));
    return text;
  };
  constexpr std::int64_t kSteps = 100'000'000;
  EXPECT_EQ(Evaluate(doubled(16), kSteps), "67108864");
  EXPECT_THAT(Evaluate(doubled(17), kSteps), StartsWith("error(limit: "));
  // With the usual steps it ends long before.
  EXPECT_THAT(Evaluate(doubled(16)), StartsWith(kStepsUsedUp));
}

TEST_F(BoundsTest, PatternBytes) {
  const std::string most(kMaxPatternBytes, 'a');
  EXPECT_EQ(Evaluate("s.matches('" + most + "')"), "false");
  EXPECT_THAT(
      Evaluate("s.matches('" + most + "a')"),
      AllOf(StartsWith("error(invalid-argument: "), HasSubstr("10000 bytes")));
  // One that is known only when evaluated.
  EXPECT_EQ(Evaluate("s.matches('" + most + "' + '')"), "false");
  EXPECT_THAT(
      Evaluate("s.matches('" + most + "' + 'a')"),
      AllOf(StartsWith("error(invalid-argument: "), HasSubstr("10000 bytes")));
}

TEST_F(BoundsTest, PatternMemory) {
  // Short patterns; the second makes a program of more than a megabyte.
  EXPECT_EQ(Evaluate("s.matches('[a-z]{1000}')"), "false");
  const auto too_large =
      AllOf(StartsWith("error(invalid-argument: "),
            HasSubstr("pattern too large"), HasSubstr("1048576 bytes"));
  EXPECT_THAT(Evaluate("s.matches(r'\\pL{1000}')"), too_large);
  EXPECT_THAT(Evaluate("s.matches(r'\\pL{1000}' + '')"), too_large);
}

TEST_F(BoundsTest, NodesOfAType) {
  // Each level has the one before twice: 2^n - 1 nodes.
  const auto type_of = [this](int levels) {
    std::string text = "cel.bind(v1, 1, ";
    for (int i = 2; i <= levels; ++i) {
      absl::StrAppend(&text, "cel.bind(v", i, ", {v", i - 1, ": v", i - 1,
                      "}, ");
    }
    absl::StrAppend(&text, "v", levels,
                    Repeat(static_cast<std::size_t>(levels), ")"));
    DiagnosticSink sink;
    const auto checked = Compile(Source(text), host_.environment(), {}, sink);
    return checked == nullptr ? Type::Error() : checked->result_type();
  };
  EXPECT_EQ(type_of(12).kind(), TypeKind::kMap);
  EXPECT_EQ(type_of(13).kind(), TypeKind::kDyn);
  // What is dyn is small again.
  EXPECT_EQ(type_of(14).kind(), TypeKind::kMap);
}

// --- what a stranger may send ------------------------------------------------

// Each ends within this many seconds, sanitizers and slow machines included.
constexpr std::int64_t kMaxSeconds = 60;

class HostileTest : public BoundsTest {
 protected:
  ~HostileTest() override {
    const auto spent = std::chrono::steady_clock::now() - begun_;
    EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(spent).count(),
              kMaxSeconds);
  }

 private:
  const std::chrono::steady_clock::time_point begun_ =
      std::chrono::steady_clock::now();
};

TEST_F(HostileTest, AMegabyteOfOperands) {
  // As long as the source may be; one node.
  const std::size_t count = (ParseLimits::kMaxSourceBytes - 1) / 5;
  EXPECT_EQ(Evaluate("b" + Repeat(count, " && b")), "true");
  EXPECT_EQ(Evaluate("size([" + Repeat(300'000, "1, ") + "])"), "300000");
}

TEST_F(HostileTest, AMegabyteOfSums) {
  EXPECT_THAT(
      Evaluate(Repeat(ParseLimits::kMaxSourceBytes / 2 - 1, "1+") + "1"),
      StartsWith("nesting-limit: "));
}

TEST_F(HostileTest, AMegabyteOfMistakes) {
  EXPECT_THAT(Evaluate(Repeat(ParseLimits::kMaxSourceBytes / 4, "a b ")),
              StartsWith("syntax: "));
  EXPECT_THAT(Evaluate(Repeat(ParseLimits::kMaxSourceBytes / 2, "q ")),
              StartsWith("syntax: "));
  // As many names that stand for nothing as there is room for.
  EXPECT_THAT(
      Evaluate("[" + Repeat(ParseLimits::kMaxSourceBytes / 3 - 2, "q, ") + "]"),
      StartsWith("unknown-name: "));
}

TEST_F(HostileTest, AListOfAMillionElements) {
  // Doubled twenty times from one element.
  std::string list = "cel.bind(v0, [1], ";
  for (int i = 1; i <= 20; ++i) {
    absl::StrAppend(&list, "cel.bind(v", i, ", v", i - 1, " + v", i - 1, ", ");
  }
  const std::string close = Repeat(21, ")");
  constexpr std::int64_t kSteps = 10'000'000;
  EXPECT_EQ(Evaluate(list + "size(v20)" + close, kSteps), "1048576");
  EXPECT_EQ(Evaluate(list + "v20.all(e, e == 1)" + close, kSteps), "true");
  EXPECT_THAT(Evaluate(list + "v20.all(e, e == 1)" + close),
              StartsWith(kStepsUsedUp));
  EXPECT_THAT(Evaluate(list + "v20.map(e, e + 1).size()" + close),
              StartsWith(kStepsUsedUp));
  // Nested: a million times a million.
  EXPECT_THAT(Evaluate(list + "v20.all(e, v20.all(f, e == f))" + close, kSteps),
              StartsWith(kStepsUsedUp));
}

TEST_F(HostileTest, NestedFolds) {
  std::string text = "true";
  for (int i = 0; i < 20; ++i) {
    text =
        absl::StrCat("[1, 2, 3, 4, 5, 6, 7, 8, 9].all(v", i, ", ", text, ")");
  }
  EXPECT_THAT(Evaluate(text), StartsWith(kStepsUsedUp));
}

}  // namespace
}  // namespace klausul::cel
