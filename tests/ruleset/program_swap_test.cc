// Rule sets are swapped while they are evaluated: eight threads ask, one loads
// and compiles new ones and puts them in place of the old. Every answer has to
// be that of the program it was given, told by the digest of its rule set.
//
// What `make tsan` runs under ThreadSanitizer.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/ruleset/repository.h"
#include "tests/support/tiny_rules.h"

namespace klausul::ruleset {
namespace {

using engine::Program;

constexpr int kThreads = 8;
constexpr std::chrono::milliseconds kPause(1);

// `make tsan` asks for a thousand.
int Swaps() {
  const char* const swaps = std::getenv("KLAUSUL_SWAPS");
  return swaps == nullptr ? 100 : std::atoi(swaps);
}

// So many different sets follow each other.
constexpr int kVariants = 30;

// The tiny rules, asking for `days_min` days where they ask for ten.
std::shared_ptr<const Program> CompileVariant(int days_min) {
  std::vector<RuleFile> files = testing_support::TinyRules();
  for (RuleFile& file : files) {
    file.content = absl::StrReplaceAll(
        file.content,
        {{"days_given >= 10", absl::StrCat("days_given >= ", days_min)}});
  }
  DiagnosticSink sink;
  const auto repository =
      RuleSetRepository::Load(std::move(files), LoadOptions(), sink);
  if (!repository.ok()) return nullptr;
  auto program = (*repository)->Compile({"no"});
  return program.ok() ? *std::move(program) : nullptr;
}

const std::string& DigestOf(const Program& program) {
  return program.rule_sets().front()->digest();
}

// The program in service: one pointer, swapped whole.
class Service {
 public:
  explicit Service(std::shared_ptr<const Program> program)
      : program_(std::move(program)) {}

  std::shared_ptr<const Program> Get() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return program_;
  }

  void Swap(std::shared_ptr<const Program> program) {
    const std::lock_guard<std::mutex> lock(mutex_);
    program_.swap(program);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Program> program_;
};

// A plan that gives `days` for tenders and has `lots` lots without a title.
v1::ProcurementPlan MakePlan(int days, int lots) {
  v1::ProcurementPlan plan;
  plan.set_id("p-1");
  plan.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SERVICES);
  v1::Date& sent = *plan.mutable_dates()->mutable_notice_sent();
  sent.set_year(2026);
  sent.set_month(3);
  sent.set_day(1);
  *plan.mutable_dates()->mutable_tender_deadline() = sent;
  plan.mutable_dates()->mutable_tender_deadline()->set_day(1 + days);
  for (int i = 0; i < lots; ++i)
    plan.add_lots()->set_id(absl::StrCat("L", i));
  return plan;
}

// What is wrong with the answer of a program that asks for `days_min` days;
// empty where nothing is.
std::string Fault(const engine::EvaluationResult& result,
                  const Program& program, int days_min, int days, int lots) {
  bool deadline_is_seen = false;
  int lots_seen = 0;
  for (const engine::RuleResult& rule : result.rules) {
    if (rule.rule->id() == "no.tiny.lots") {
      lots_seen += rule.outcome == v1::Finding::UNDETERMINED ||
                           rule.outcome == v1::Finding::VIOLATED
                       ? 1
                       : 0;
      continue;
    }
    if (rule.rule->id() != "no.tiny.deadline") continue;
    deadline_is_seen = true;
    const auto want =
        days >= days_min ? v1::Finding::SATISFIED : v1::Finding::VIOLATED;
    if (rule.outcome != want) {
      return absl::StrCat("outcome ", rule.outcome, ", want ", want);
    }
    const v1::Finding finding =
        program.MakeFinding(rule, {engine::Language::kEnglish, false});
    const std::string message = absl::StrCat(days, " days are too short.");
    if (want == v1::Finding::VIOLATED && finding.message() != message) {
      return absl::StrCat("message `", finding.message(), "`");
    }
  }
  if (!deadline_is_seen) return "no answer to no.tiny.deadline";
  if (lots_seen != lots) return absl::StrCat("lots seen: ", lots_seen);
  return "";
}

TEST(ProgramSwapTest, EveryAnswerIsThatOfTheProgramItWasGiven) {
  std::map<std::string, int> days_min_of;
  for (int i = 0; i < kVariants; ++i) {
    const auto program = CompileVariant(1 + i);
    ASSERT_NE(program, nullptr);
    days_min_of[DigestOf(*program)] = 1 + i;
  }
  ASSERT_EQ(days_min_of.size(), static_cast<std::size_t>(kVariants));

  Service service(CompileVariant(1));
  std::atomic<bool> swapping{true};
  std::mutex mutex;
  std::vector<std::string> faults;
  std::size_t answers = 0;
  std::size_t variants_met = 0;

  const auto ask = [&](int thread) {
    std::map<std::string, std::size_t> met;
    std::string fault;
    for (int i = 0; swapping && fault.empty(); ++i) {
      // So that on a few processors the one that swaps gets its turn.
      if (i % 8 == 7) std::this_thread::sleep_for(kPause);
      const std::shared_ptr<const Program> program = service.Get();
      const std::string& digest = DigestOf(*program);
      ++met[digest];
      const int days = 1 + (i * 7 + thread) % kVariants;
      const int lots = i % 4;
      engine::EvaluationOptions options;
      // From day to day, so that what is kept for a date is made anew, too.
      options.as_of = absl::CivilDay(2026, 1, 1) + i % 200;
      auto result = program->Evaluate(MakePlan(days, lots), options);
      const auto known = days_min_of.find(digest);
      if (!result.ok()) {
        fault = result.status().ToString();
      } else if (known == days_min_of.end()) {
        fault = absl::StrCat("unknown digest ", digest);
      } else {
        fault = Fault(*result, *program, known->second, days, lots);
      }
    }
    const std::lock_guard<std::mutex> lock(mutex);
    if (!fault.empty()) faults.push_back(fault);
    for (const auto& [digest, count] : met)
      answers += count;
    variants_met = std::max(variants_met, met.size());
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back(ask, i);
  const int wanted = Swaps();
  int swaps = 0;
  for (; swaps < wanted; ++swaps) {
    auto program = CompileVariant(1 + swaps % kVariants);
    if (program == nullptr) break;
    service.Swap(std::move(program));
  }
  swapping = false;
  for (std::thread& thread : threads)
    thread.join();

  EXPECT_EQ(swaps, wanted);
  EXPECT_THAT(faults, testing::IsEmpty());
  EXPECT_GE(answers, static_cast<std::size_t>(kThreads));
  EXPECT_GT(variants_met, 1U);
  std::printf("%zu answers over %d swaps\n", answers, swaps);
}

}  // namespace
}  // namespace klausul::ruleset
