#include "tests/bench/workload/engine_figures.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/base/diagnostic.h"
#include "service/base/sha256.h"
#include "service/base/source.h"
#include "service/cel/cel.h"
#include "service/cel/evaluator.h"
#include "service/cel/standard_library.h"
#include "service/engine/columns/batch_evaluator.h"
#include "service/engine/columns/column_program.h"
#include "service/engine/columns/record_filler.h"
#include "service/engine/columns/scalar_evaluator.h"
#include "tests/bench/workload/handwritten.h"
#include "tests/bench/workload/plans.h"

namespace klausul::bench {
namespace {

using engine::BatchEvaluator;
using engine::ColumnProgram;
using engine::RecordBlock;
using engine::RecordFiller;
using engine::RecordResult;
using engine::ScalarEvaluator;
using procbench::v1::Plan;

constexpr int kSizes[] = {10, 100, 1000};
constexpr std::size_t kBlock = 64;

const char* const kRules[] = {
#include "rules.inc"
};
constexpr int kRuleCount = std::size(kRules);

cel::Value SumInts(absl::Span<const cel::Value> args,
                   cel::EvalContext& context) {
  std::int64_t sum = 0;
  const cel::ListValue& list = args[0].list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (__builtin_add_overflow(sum, list.Get(i, context).int_value(), &sum)) {
      return context.Error(cel::ErrorCode::kOverflow, "the sum overflows");
    }
  }
  return cel::Value::Int(sum);
}

// The rules, and of those beyond the last one two that are there in one.
std::string RuleText(int number) {
  if (number < kRuleCount) return kRules[number];
  const int other = (number * 7 + number / kRuleCount) % kRuleCount;
  return absl::StrCat("(", kRules[number % kRuleCount], ") && (", kRules[other],
                      ")");
}

// A program of the first rules, with what it needs to live.
struct Rules {
  std::vector<std::unique_ptr<cel::Evaluator>> evaluators;
  std::shared_ptr<const ColumnProgram> program;
};

std::unique_ptr<Rules> Compile(int size) {
  cel::EnvironmentBuilder builder(cel::Mode::kConformance);
  if (!cel::AddStandardLibrary(builder).ok()) return nullptr;
  builder.set_container("procbench.v1");
  builder.AddVariable("plan", cel::Type::Message(Plan::descriptor()));
  cel::Overload sum;
  sum.id = "sum_int";
  sum.args = {cel::Type::List(cel::Type::Int())};
  sum.result = cel::Type::Int();
  sum.impl = SumInts;
  builder.AddFunction({"sum", {std::move(sum)}});
  auto environment = std::move(builder).Build();
  if (!environment.ok()) return nullptr;

  auto rules = std::make_unique<Rules>();
  engine::GraphBuilder graph;
  std::vector<engine::NodeId> roots;
  for (int i = 0; i < size; ++i) {
    DiagnosticSink sink;
    auto checked =
        cel::Compile(std::make_shared<SourceFile>("rule", RuleText(i)),
                     *environment, {}, sink);
    if (checked == nullptr) return nullptr;
    rules->evaluators.push_back(std::make_unique<cel::Evaluator>(checked));
    roots.push_back(graph.Add(*rules->evaluators.back(), {{0, 0}}).root);
  }
  engine::ColumnOptions options;
  options.inputs = {{0, "plan"}};
  options.int_sums = {"sum_int"};
  rules->program =
      ColumnProgram::Build(std::move(graph).Build(), roots, options);
  return rules;
}

// --- Answers -----------------------------------------------------------------

// The digest of what fired, as expected.json has it.
class FiredDigest {
 public:
  template <typename Numbers>
  void Add(const Numbers& fired) {
    std::string line = absl::StrCat(plan_++);
    for (const std::uint32_t rule : fired)
      absl::StrAppend(&line, " ", rule);
    absl::StrAppend(&line, "\n");
    digest_.Update(line);
  }

  std::string Hex() { return digest_.HexDigest(); }

 private:
  int plan_ = 0;
  Sha256 digest_;
};

// What both evaluators say of the known plans, against what is known.
bool CheckAnswers(int size, const ColumnProgram& program,
                  const std::vector<Plan>& plans, const std::string& expected,
                  std::string& error) {
  RecordFiller filler(program.layout());
  RecordBlock block(program.layout());
  for (const Plan& plan : plans)
    filler.Add({&plan}, nullptr, block);
  ScalarEvaluator scalar(program);
  BatchEvaluator batch(program);
  batch.Evaluate(block);
  FiredDigest digests[3];
  std::uint32_t by_hand[kRuleCount];
  for (std::size_t i = 0; i < plans.size(); ++i) {
    digests[0].Add(scalar.Evaluate(block, i).fired);
    digests[1].Add(batch.result(i).fired);
    const int count = handwritten::RulesOnMessage(size)(plans[i], by_hand);
    digests[2].Add(
        absl::MakeConstSpan(by_hand, static_cast<std::size_t>(count)));
  }
  for (FiredDigest& digest : digests) {
    const std::string hex = digest.Hex();
    if (!plans.empty() && absl::StrContains(expected, hex)) continue;
    error = absl::StrCat("with ", size,
                         " rules other ones fire than expected.json says");
    return false;
  }
  return program.covered_count() == static_cast<std::size_t>(size);
}

// --- Measuring ---------------------------------------------------------------

double Seconds(const std::function<std::uint64_t()>& pass) {
  static volatile std::uint64_t sink = 0;
  const auto start = std::chrono::steady_clock::now();
  sink = sink + pass();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

using Pass = std::function<std::uint64_t()>;

// How many times as fast each pass is as the first one: medians over rounds in
// which all take turns.
std::vector<double> Compare(int rounds, const std::vector<Pass>& passes,
                            std::vector<double>* seconds = nullptr) {
  std::vector<std::vector<double>> ratios(passes.size());
  std::vector<std::vector<double>> times(passes.size());
  for (int round = 0; round <= rounds; ++round) {
    std::vector<double> took;
    for (const Pass& pass : passes)
      took.push_back(Seconds(pass));
    // The first round warms up.
    if (round == 0) continue;
    for (std::size_t i = 0; i < passes.size(); ++i) {
      ratios[i].push_back(took[0] / took[i]);
      times[i].push_back(took[i]);
    }
  }
  std::vector<double> medians;
  for (std::vector<double>& one : ratios)
    medians.push_back(Median(std::move(one)));
  if (seconds != nullptr) {
    seconds->clear();
    for (std::vector<double>& one : times)
      seconds->push_back(Median(std::move(one)));
  }
  return medians;
}

// One plan at a time.
std::uint64_t EvaluateAll(ScalarEvaluator& evaluator,
                          const std::vector<RecordBlock>& blocks) {
  std::uint64_t fired = 0;
  for (const RecordBlock& block : blocks) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const RecordResult& result = evaluator.Evaluate(block, i);
      fired += result.fired.size() + result.missing.size();
    }
  }
  return fired;
}

std::uint64_t EvaluateAll(BatchEvaluator& evaluator,
                          const std::vector<RecordBlock>& blocks) {
  std::uint64_t fired = 0;
  for (const RecordBlock& block : blocks) {
    evaluator.Evaluate(block);
    for (std::size_t i = 0; i < block.size(); ++i)
      fired += evaluator.result(i).fired.size();
  }
  return fired;
}

class Bench {
 public:
  Bench(bool quick, std::vector<Figure>& figures)
      : plans_(quick ? 8192 : 65536),
        rounds_(quick ? 3 : 5),
        figures_(figures) {}

  void FromSlots(int size, const ColumnProgram& program) {
    Fill(program, 0);
    PlanMaker maker(kSeed);
    Plan plan;
    std::vector<handwritten::Plan> structs(plans_);
    Texts texts;
    for (std::size_t i = 0; i < plans_; ++i) {
      maker.Make(static_cast<int>(i), plan);
      handwritten::Fill(plan, texts, structs[i]);
    }
    ScalarEvaluator scalar(program);
    BatchEvaluator batch(program);
    const handwritten::OnStruct rules = handwritten::RulesOnStruct(size);
    std::vector<double> seconds;
    const std::vector<double> ratios = Compare(
        rounds_,
        {[&] {
           std::uint64_t fired = 0;
           std::uint32_t out[kRuleCount];
           for (const handwritten::Plan& one : structs)
             fired += static_cast<std::uint64_t>(rules(one, out)) + out[0] % 2;
           return fired;
         },
         [&] { return EvaluateAll(scalar, blocks_); },
         [&] { return EvaluateAll(batch, blocks_); }},
        &seconds);
    constexpr const char* kUnit = "x of hand-written C++";
    Add(absl::StrCat("engine_scalar_", size), ratios[1], kUnit);
    Add(absl::StrCat("engine_batch_", size), ratios[2], kUnit);
    AddTime(absl::StrCat("engine_handwritten_us_", size), seconds[0]);
    AddTime(absl::StrCat("engine_scalar_us_", size), seconds[1]);
    AddTime(absl::StrCat("engine_batch_us_", size), seconds[2]);
  }

  void FromMessages(int size, const ColumnProgram& program) {
    std::vector<Plan> messages(plans_ / 8);
    PlanMaker maker(kSeed);
    for (std::size_t i = 0; i < messages.size(); ++i)
      maker.Make(static_cast<int>(i), messages[i]);
    RecordFiller filler(program.layout());
    RecordBlock record(program.layout());
    RecordBlock block(program.layout(), kBlock);
    ScalarEvaluator scalar(program);
    BatchEvaluator batch(program);
    const handwritten::OnMessage rules = handwritten::RulesOnMessage(size);
    const std::vector<double> ratios = Compare(
        rounds_, {[&] {
                    std::uint64_t fired = 0;
                    std::uint32_t out[kRuleCount];
                    for (const Plan& one : messages)
                      fired += static_cast<std::uint64_t>(rules(one, out)) +
                               out[0] % 2;
                    return fired;
                  },
                  [&] {
                    std::uint64_t fired = 0;
                    for (const Plan& one : messages) {
                      record.Clear();
                      filler.Add({&one}, nullptr, record);
                      fired += scalar.Evaluate(record, 0).fired.size();
                    }
                    return fired;
                  },
                  [&] {
                    std::uint64_t fired = 0;
                    for (std::size_t i = 0; i < messages.size(); i += kBlock) {
                      block.Clear();
                      for (std::size_t k = i; k < i + kBlock; ++k)
                        filler.Add({&messages[k]}, nullptr, block);
                      batch.Evaluate(block);
                      for (std::size_t k = 0; k < kBlock; ++k)
                        fired += batch.result(k).fired.size();
                    }
                    return fired;
                  }});
    constexpr const char* kUnit = "x of hand-written C++ over messages";
    Add(absl::StrCat("engine_scalar_from_message_", size), ratios[1], kUnit);
    Add(absl::StrCat("engine_batch_from_message_", size), ratios[2], kUnit);
  }

  void Sparse(int size, const ColumnProgram& program) {
    Fill(program, 0);
    const std::vector<RecordBlock> full_blocks = std::move(blocks_);
    Fill(program, 0.3);
    ScalarEvaluator scalar(program);
    BatchEvaluator batch(program);
    constexpr const char* kUnit = "x of the same engine on full plans";
    std::vector<double> seconds;
    Add(absl::StrCat("engine_scalar_sparse_", size),
        Compare(rounds_,
                {[&] { return EvaluateAll(scalar, full_blocks); },
                 [&] { return EvaluateAll(scalar, blocks_); }},
                &seconds)[1],
        kUnit);
    Add(absl::StrCat("engine_batch_sparse_", size),
        Compare(rounds_,
                {[&] { return EvaluateAll(batch, full_blocks); },
                 [&] { return EvaluateAll(batch, blocks_); }},
                &seconds)[1],
        kUnit);
    // How much there is to list.
    std::uint64_t undetermined = 0;
    for (const RecordBlock& block : blocks_) {
      for (std::size_t i = 0; i < block.size(); ++i)
        undetermined += scalar.Evaluate(block, i).undetermined.size();
    }
    Add(absl::StrCat("engine_sparse_undetermined_", size),
        static_cast<double>(undetermined) / static_cast<double>(plans_),
        "rules a plan that a missing field leaves open");
  }

  void Curve(int size, const ColumnProgram& program) {
    Fill(program, 0);
    ScalarEvaluator scalar(program);
    BatchEvaluator batch(program);
    std::vector<double> seconds;
    Compare(rounds_,
            {[&] { return EvaluateAll(scalar, blocks_); },
             [&] { return EvaluateAll(batch, blocks_); }},
            &seconds);
    AddTime(absl::StrCat("engine_curve_us_", size), seconds[0]);
    AddTime(absl::StrCat("engine_curve_batch_us_", size), seconds[1]);
  }

  void set_plans(std::size_t plans) { plans_ = plans; }

  std::size_t plans() const { return plans_; }

 private:
  // Other plans than those that the rules were made with.
  static constexpr std::uint32_t kSeed = 65536;

  // The plans as blocks of records.
  void Fill(const ColumnProgram& program, double left_out) {
    blocks_.clear();
    RecordFiller filler(program.layout());
    PlanMaker maker(kSeed);
    Plan plan;
    for (std::size_t i = 0; i < plans_; ++i) {
      maker.Make(static_cast<int>(i), plan);
      if (left_out > 0) {
        LeaveOut(left_out, static_cast<std::uint32_t>(i), plan);
      }
      if (i % kBlock == 0) blocks_.emplace_back(program.layout(), kBlock);
      filler.Add({&plan}, nullptr, blocks_.back());
    }
  }

  void Add(const std::string& name, double value, const std::string& unit) {
    figures_.push_back({name, value, unit});
  }

  void AddTime(const std::string& name, double seconds) {
    Add(name, seconds * 1e6 / static_cast<double>(plans_), "us a plan");
  }

  std::size_t plans_;
  const int rounds_;
  std::vector<Figure>& figures_;
  std::vector<RecordBlock> blocks_;
};

}  // namespace

bool MeasureEngine(bool quick, std::vector<Figure>& figures,
                   std::string& error) {
  const std::vector<Plan> known = KnownPlans();
  std::ifstream file(KLAUSUL_WORKLOAD_DIR "/expected.json");
  std::stringstream expected;
  expected << file.rdbuf();
  Bench bench(quick, figures);
  for (const int size : kSizes) {
    const std::unique_ptr<Rules> rules = Compile(size);
    if (rules == nullptr) {
      error = "the rules of the workload do not compile";
      return false;
    }
    const ColumnProgram& program = *rules->program;
    if (!CheckAnswers(size, program, known, expected.str(), error)) {
      if (error.empty()) error = "some rules need the interpreter";
      return false;
    }
    bench.FromSlots(size, program);
    if (size != kRuleCount) continue;
    bench.FromMessages(size, program);
    bench.Sparse(size, program);
  }
  // Ten thousand rules take long enough with a part of the plans.
  bench.set_plans(bench.plans() / 8);
  for (const int size : {10, 30, 100, 300, 1000, 3000, 10000}) {
    const std::unique_ptr<Rules> rules = Compile(size);
    if (rules == nullptr) {
      error = "the rules of the workload do not compile";
      return false;
    }
    bench.Curve(size, *rules->program);
  }
  return true;
}

}  // namespace klausul::bench
