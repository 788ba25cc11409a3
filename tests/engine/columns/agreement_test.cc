// The reference interpreter, the graph, and the two evaluators over columns
// say the same of random conditions and random messages: the same outcome, and
// the same missing fields. KLAUSUL_AGREEMENT_PAIRS asks for more pairs than a
// unit test has time for, KLAUSUL_AGREEMENT_SEED for others.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

#include "service/cel/cel.h"
#include "service/cel/evaluator.h"
#include "service/cel/standard_library.h"
#include "service/engine/columns/batch_evaluator.h"
#include "service/engine/columns/column_program.h"
#include "service/engine/columns/record_filler.h"
#include "service/engine/columns/scalar_evaluator.h"
#include "service/engine/graph/graph_evaluator.h"
#include "tests/engine/columns/random_records.h"

namespace klausul::engine {
namespace {

using cel::EvalArena;
using cel::EvalContext;
using cel::Value;

constexpr cel::AttributePath kRoot("m");

std::int64_t FromEnvironment(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  std::int64_t value = 0;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : otherwise;
}

std::string Show(const Value& value) {
  if (value.is_bool()) return value.bool_value() ? "true" : "false";
  if (value.is_unknown()) {
    return absl::StrCat("unknown ",
                        absl::StrJoin(value.unknown().Paths(), " "));
  }
  return value.is_error()
             ? absl::StrCat("error ", cel::ErrorCodeName(value.error().code))
             : "no bool";
}

// What a result says of each condition.
std::vector<std::string> ShowAll(const RecordBlock& block,
                                 const RecordResult& result,
                                 std::size_t conditions) {
  std::vector<std::string> all(conditions, "false");
  for (const std::uint32_t condition : result.fired)
    all[condition] = "true";
  for (const Undetermined& one : result.undetermined) {
    all[one.condition] = absl::StrCat(
        "unknown ", absl::StrJoin(MissingPaths(block, result, one), " "));
  }
  for (const Interpreted& one : result.interpreted)
    all[one.condition] = Show(one.value);
  return all;
}

// The sum of ints, an error where it overflows.
Value SumInts(absl::Span<const Value> args, EvalContext& context) {
  std::int64_t sum = 0;
  const cel::ListValue& list = args[0].list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (__builtin_add_overflow(sum, list.Get(i, context).int_value(), &sum)) {
      return context.Error(cel::ErrorCode::kOverflow, "the sum overflows");
    }
  }
  return Value::Int(sum);
}

class MessageHost : public GraphEvaluator::Host, public cel::Activation {
 public:
  MessageHost(const google::protobuf::Message& message, bool rules)
      : message_(message), rules_(rules) {}

  Value ReadInput(std::int32_t, EvalContext& context) override {
    return Value::Message(message_, rules_ ? &kRoot : nullptr, context);
  }

  Value Variable(int, EvalContext& context) const override {
    return Value::Message(message_, rules_ ? &kRoot : nullptr, context);
  }

 private:
  const google::protobuf::Message& message_;
  const bool rules_;
};

// One set of conditions and of messages, and what everybody says of them.
class Round {
 public:
  static constexpr std::size_t kConditions = 40;
  static constexpr std::size_t kMessages = 100;

  Round(std::uint64_t seed, bool rules) : records_(seed), rules_(rules) {
    cel::EnvironmentBuilder builder(rules ? cel::Mode::kRules
                                          : cel::Mode::kConformance);
    EXPECT_TRUE(cel::AddStandardLibrary(builder).ok());
    builder.set_descriptor_pool(&records_.pool());
    builder.AddVariable("m", cel::Type::Message(records_.descriptor()));
    cel::Overload sum;
    sum.id = "sum_int";
    sum.args = {cel::Type::List(cel::Type::Int())};
    sum.result = cel::Type::Int();
    sum.impl = SumInts;
    builder.AddFunction({"sum", {std::move(sum)}});
    if (rules) {
      builder.AddEnum({"Kind",
                       {{"ONE", 1}, {"TWO", 2}, {"THREE", 3}},
                       records_.descriptor()->file()->enum_type(0)});
    }
    environment_ = *std::move(builder).Build();
    AddConditions();
    AddMessages();
  }

  // Returns how many answers differ; the first ones are reported.
  void Run() {
    BatchEvaluator batch(*program_);
    ScalarEvaluator scalar(*program_);
    GraphEvaluator graph(*graph_);
    batch.Evaluate(*block_);
    for (std::size_t m = 0; m < messages_.size(); ++m) {
      const std::vector<std::string> by_batch =
          ShowAll(*block_, batch.result(m), texts_.size());
      const std::vector<std::string> by_scalar =
          ShowAll(*block_, scalar.Evaluate(*block_, m), texts_.size());
      MessageHost host(*messages_[m], rules_);
      EvalArena arena;
      cel::EvalOptions options;
      options.presence = rules_ ? &presences_[m] : nullptr;
      EvalContext context(arena, *environment_, options);
      graph.BeginScope(0, context);
      for (std::size_t i = 0; i < texts_.size(); ++i) {
        context.ResetSteps();
        const std::string want =
            Show(evaluators_[i]->Evaluate(host, arena, options));
        const std::string by_graph = Show(graph.Evaluate(roots_[i], host));
        // Bounds are spent differently: what is shared is worked out once.
        if (want == "error limit") continue;
        const bool same =
            by_graph == want && by_scalar[i] == want && by_batch[i] == want;
        EXPECT_TRUE(same) << texts_[i] << "\n"
                          << messages_[m]->ShortDebugString() << "\nwant   "
                          << want << "\ngraph  " << by_graph << "\nscalar "
                          << by_scalar[i] << "\nbatch  " << by_batch[i];
        if (!same) return;
      }
    }
  }

  std::size_t pairs() const { return texts_.size() * messages_.size(); }

  std::size_t covered() const { return program_->covered_count(); }

 private:
  void AddConditions() {
    GraphBuilder builder;
    while (texts_.size() < kConditions) {
      const std::string text = records_.NewCondition(rules_);
      DiagnosticSink sink;
      const auto checked =
          cel::Compile(std::make_shared<SourceFile>("condition", text),
                       environment_, {}, sink);
      EXPECT_NE(checked, nullptr) << text << "\n" << sink.RenderAll();
      if (checked == nullptr) return;
      texts_.push_back(text);
      evaluators_.push_back(std::make_unique<cel::Evaluator>(checked));
      roots_.push_back(builder.Add(*evaluators_.back(), {{0, 0}}).root);
    }
    graph_ = std::move(builder).Build();
    ColumnOptions options;
    options.inputs = {{0, "m"}};
    options.unset_is_unknown = rules_;
    options.int_sums = {"sum_int"};
    program_ = ColumnProgram::Build(graph_, roots_, options);
  }

  void AddMessages() {
    block_ = std::make_unique<RecordBlock>(program_->layout());
    RecordFiller filler(program_->layout());
    const std::size_t count =
        1 + static_cast<std::size_t>(records_.Below(kMessages));
    sets_.resize(2 * count);
    presences_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      messages_.push_back(records_.NewMessage());
      for (cel::PathSet* set : {&sets_[2 * i], &sets_[2 * i + 1]}) {
        for (const char* path :
             {"m.items", "m.others", "m.words", "m.nums", "m.part.items",
              "m.items[0].others", "m.items[1].words"}) {
          if (records_.OneIn(6)) set->insert(path);
        }
      }
      presences_[i] = {&sets_[2 * i], &sets_[2 * i + 1], nullptr};
      filler.Add({messages_.back().get()}, rules_ ? &presences_[i] : nullptr,
                 *block_);
    }
  }

  RandomRecords records_;
  const bool rules_;
  std::shared_ptr<const cel::Environment> environment_;
  std::vector<std::string> texts_;
  std::vector<std::unique_ptr<cel::Evaluator>> evaluators_;
  std::vector<NodeId> roots_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const ColumnProgram> program_;
  std::vector<std::unique_ptr<google::protobuf::Message>> messages_;
  std::vector<cel::PathSet> sets_;
  std::vector<cel::Presence> presences_;
  std::unique_ptr<RecordBlock> block_;
};

TEST(AgreementTest, AllSayTheSame) {
  const std::int64_t wanted = FromEnvironment("KLAUSUL_AGREEMENT_PAIRS", 10000);
  auto seed = static_cast<std::uint64_t>(
      FromEnvironment("KLAUSUL_AGREEMENT_SEED", 20260701));
  std::int64_t pairs = 0;
  std::size_t covered = 0;
  std::size_t conditions = 0;
  for (int i = 0; pairs < wanted && !HasFailure(); ++i) {
    Round round(++seed, /*rules=*/i % 3 != 0);
    round.Run();
    pairs += static_cast<std::int64_t>(round.pairs());
    covered += round.covered();
    conditions += Round::kConditions;
    EXPECT_FALSE(HasFailure()) << "seed " << seed << ", round " << i;
  }
  std::printf("%lld pairs; %zu of %zu conditions without the interpreter\n",
              static_cast<long long>(pairs), covered, conditions);
  // Otherwise nothing much has been compared.
  EXPECT_GT(covered * 2, conditions);
}

}  // namespace
}  // namespace klausul::engine
