// Rules over one plan at a time.

#include <cstdint>
#include <string>

#include "absl/time/clock.h"
#include <benchmark/benchmark.h>

#include "service/engine/program.h"
#include "service/review/reviewer.h"
#include "service/ruleset/builtin.h"
#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

// From the bytes inside the binary to a program that can run.
void BM_Load(benchmark::State& state) {
  for (auto _ : state) {
    auto sets = ruleset::BuiltinRuleSets();
    if (!sets.ok()) {
      state.SkipWithError("the built-in rule sets do not load");
      break;
    }
    auto program =
        engine::Program::Compile(*std::move(sets), [](const auto&) {});
    if (program == nullptr) {
      state.SkipWithError("the built-in rule sets do not compile");
      break;
    }
    benchmark::DoNotOptimize(program);
  }
}

BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

constexpr std::uint32_t kAllOutcomes = ~std::uint32_t{0};
// What the basic view of the service asks for.
constexpr std::uint32_t kBreaches = std::uint32_t{1} << v1::Finding::VIOLATED |
                                    std::uint32_t{1} << v1::Finding::FAILED;

// The engine alone: outcomes and what is missing, no texts.
void EvaluateSample(benchmark::State& state, const char* name,
                    std::uint32_t outcomes) {
  const v1::ProcurementPlan plan = SamplePlan(name);
  const auto program = Catalogue()->ProgramFor({"no"});
  if (plan.ByteSizeLong() == 0 || !program.ok()) {
    state.SkipWithError("no sample, or no rule set `no`");
    return;
  }
  engine::EvaluationOptions options;
  options.as_of = absl::CivilDay(2026, 7, 1);
  options.outcomes = outcomes;
  options.deciding_paths = true;
  std::size_t rules = 0;
  for (auto _ : state) {
    auto result = (*program)->Evaluate(plan, options);
    rules = result->rules.size();
    benchmark::DoNotOptimize(result);
  }
  state.counters["outcomes"] = static_cast<double>(rules);
}

void BM_EvaluatePlan(benchmark::State& state) {
  EvaluateSample(state, "plan.yaml", kAllOutcomes);
}

BENCHMARK(BM_EvaluatePlan)->Unit(benchmark::kMicrosecond);

void BM_EvaluateNotice(benchmark::State& state) {
  EvaluateSample(state, "notice.xml", kAllOutcomes);
}

BENCHMARK(BM_EvaluateNotice)->Unit(benchmark::kMicrosecond);

void BM_BreachesOfPlan(benchmark::State& state) {
  EvaluateSample(state, "plan.yaml", kBreaches);
}

BENCHMARK(BM_BreachesOfPlan)->Unit(benchmark::kMicrosecond);

void BM_BreachesOfNotice(benchmark::State& state) {
  EvaluateSample(state, "notice.xml", kBreaches);
}

BENCHMARK(BM_BreachesOfNotice)->Unit(benchmark::kMicrosecond);

// What a unary call with a plan does between reading the request and writing
// the answer.
void BM_ReviewMessage(benchmark::State& state) {
  const v1::ProcurementPlan plan = SamplePlan("plan.yaml");
  const review::Reviewer reviewer(Catalogue());
  const review::ReviewContext context{absl::Now(), nullptr};
  for (auto _ : state) {
    benchmark::DoNotOptimize(review::Reviewer::CheckPlan(plan));
    benchmark::DoNotOptimize(reviewer.ReviewPlan(plan, {}, context));
  }
}

BENCHMARK(BM_ReviewMessage)->Unit(benchmark::kMicrosecond);

// What a call of the service does: intake, evaluation, findings, texts.
void ReviewSample(benchmark::State& state, const char* name) {
  v1::Document document;
  document.set_uri(name);
  document.set_content(Sample(name));
  v1::EvaluateOptions options;
  options.set_view(v1::EvaluateOptions::FULL);
  const review::Reviewer reviewer(Catalogue());
  const review::ReviewContext context{absl::Now(), nullptr};
  bool evaluated = true;
  for (auto _ : state) {
    reviewer.ReviewDocument(
        document, options, context, [&](review::Reviewed reviewed) {
          evaluated = evaluated &&
                      reviewed.status == review::Reviewed::Status::kEvaluated;
          benchmark::DoNotOptimize(reviewed);
        });
  }
  if (!evaluated) state.SkipWithError("the sample cannot be read");
}

void BM_ReviewPlan(benchmark::State& state) {
  ReviewSample(state, "plan.yaml");
}

BENCHMARK(BM_ReviewPlan)->Unit(benchmark::kMicrosecond);

void BM_ReviewNotice(benchmark::State& state) {
  ReviewSample(state, "notice.xml");
}

BENCHMARK(BM_ReviewNotice)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace klausul::bench
