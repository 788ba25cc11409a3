// Any expression over any plan: it compiles or is refused with a reason, its
// evaluation ends, and gives the same answer twice. The input is an expression,
// a zero byte, and a plan in protobuf's binary form.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/stubs/logging.h"

#include "klausul/v1/plan.pb.h"

#include "service/engine/program.h"

namespace klausul::engine {
namespace {

// A parameter, a fact of the plan and one of lots, for expressions to read.
std::shared_ptr<const Program> MakeProgram() {
  auto set = std::make_shared<v1::RuleSet>();
  set->set_id("fuzz");
  v1::Parameter& limit = *set->add_parameters();
  limit.set_id("limit");
  limit.set_type(v1::Parameter::MONEY);
  v1::Money& amount = *limit.add_values()->mutable_money_value();
  amount.set_currency_code("NOK");
  amount.set_units(1300000);
  v1::Fact& large = *set->add_facts();
  large.set_name("large");
  large.set_type("bool");
  large.add_versions()->mutable_expression()->set_text(
      "contract.estimated_value >= threshold(\"limit\")");
  v1::Fact& weight = *set->add_facts();
  weight.set_name("weight");
  weight.set_type("double");
  weight.set_for_each_lot(true);
  weight.add_versions()->mutable_expression()->set_text(
      "sum(award.criteria.map(c, c.weight))");
  v1::Rule& rule = *set->add_rules();
  rule.set_id("rule");
  rule.set_for_each_lot(true);
  rule.mutable_applies()->set_text("large || claimed(procedure.urgent)");
  rule.mutable_requirement()->set_text(
      "weight == 100.0 && term.duration <= months(48)");
  return Program::Compile({std::move(set)},
                          [](const ProgramDiagnostic&) { std::abort(); });
}

std::string Show(const ExpressionResult& result) {
  std::string text = result.value.Plain() + result.error;
  for (const std::string& path : result.missing)
    text += "," + path;
  return text;
}

void Run(absl::string_view expression, const v1::ProcurementPlan& plan) {
  static const auto& program = *new auto(MakeProgram());
  EvaluationOptions options;
  options.as_of = absl::CivilDay(2026, 7, 1);
  options.max_expression_steps = 100'000;
  options.max_total_steps = 500'000;
  options.all_facts = true;
  options.trace = true;
  DiagnosticSink sink;
  const auto first =
      program->EvaluateExpression(expression, plan, options, sink);
  if (first.ok()) {
    const auto second =
        program->EvaluateExpression(expression, plan, options, sink);
    if (!second.ok() || Show(*first) != Show(*second)) std::abort();
  } else if (first.status().code() == absl::StatusCode::kInvalidArgument &&
             !sink.has_errors()) {
    std::abort();
  }
  const auto result = program->Evaluate(plan, options);
  if (!result.ok()) return;
  for (const RuleResult& rule : result->rules) {
    static_cast<void>(program->MakeFinding(rule, {Language::kNynorsk, true}));
  }
}

}  // namespace
}  // namespace klausul::engine

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t zero = input.find('\0');
  // Protobuf complains of every text that is not UTF-8.
  static const bool quiet = (google::protobuf::SetLogHandler(nullptr), true);
  static_cast<void>(quiet);
  klausul::v1::ProcurementPlan plan;
  if (zero != absl::string_view::npos) {
    const absl::string_view bytes = input.substr(zero + 1);
    // What does not parse to its end is a plan all the same.
    static_cast<void>(plan.ParsePartialFromArray(
        bytes.data(), static_cast<int>(bytes.size())));
  }
  klausul::engine::Run(input.substr(0, zero), plan);
  return 0;
}
