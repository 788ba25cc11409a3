#include "service/engine/program_graph.h"

#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "service/engine/plan_readers.h"

namespace klausul::engine {
namespace {

class ProgramGraphBuilder {
 public:
  explicit ProgramGraphBuilder(ProgramParts& parts) : parts_(parts) {}

  void Build() {
    for (CompiledFact& fact : parts_.facts) {
      for (CompiledFact::Version& version : fact.versions)
        Add(version.expression);
    }
    for (CompiledRule& rule : parts_.rules) {
      Add(rule.applies);
      Add(rule.requirement);
      for (CompiledExpression& argument : rule.arguments)
        Add(argument);
    }
    parts_.graph = std::move(builder_).Build();
  }

 private:
  void Add(CompiledExpression& expression) {
    if (expression.evaluator == nullptr) return;
    std::shared_ptr<const GraphExpression>& added =
        added_[expression.evaluator.get()];
    if (added == nullptr) {
      added = std::make_shared<const GraphExpression>(builder_.Add(
          *expression.evaluator, InputsOf(*expression.environment)));
    }
    expression.graph = added;
  }

  const std::vector<Input>& InputsOf(const PlanEnvironment& environment) {
    std::vector<Input>& inputs = inputs_[&environment];
    if (inputs.empty()) {
      for (const Binding& binding : environment.bindings)
        inputs.push_back(InputOf(binding));
    }
    return inputs;
  }

  // Environments of several rule sets share their inputs.
  Input InputOf(const Binding& binding) {
    const auto key =
        std::make_tuple(static_cast<int>(binding.role), binding.plan_field,
                        binding.lot_field, binding.index);
    const auto [number, is_new] = numbers_.emplace(
        key, static_cast<std::int32_t>(parts_.graph_inputs.size()));
    if (is_new) parts_.graph_inputs.push_back(binding);
    return {number->second, ScopeOf(binding)};
  }

  std::uint8_t ScopeOf(const Binding& binding) const {
    switch (binding.role) {
      case Binding::Role::kPlanField:
        return binding.lot_field == nullptr ? kPlanScope : kLotScope;
      case Binding::Role::kLot:
        return kLotScope;
      case Binding::Role::kFact:
        return parts_.facts[static_cast<std::size_t>(binding.index)]
                       .proto->for_each_lot()
                   ? kLotScope
                   : kPlanScope;
      default:
        return kPlanScope;
    }
  }

  ProgramParts& parts_;
  GraphBuilder builder_{FindPlanReader};
  absl::flat_hash_map<const cel::Evaluator*,
                      std::shared_ptr<const GraphExpression>>
      added_;
  absl::flat_hash_map<const PlanEnvironment*, std::vector<Input>> inputs_;
  absl::flat_hash_map<std::tuple<int, const google::protobuf::FieldDescriptor*,
                                 const google::protobuf::FieldDescriptor*, int>,
                      std::int32_t>
      numbers_;
};

}  // namespace

void BuildProgramGraph(ProgramParts& parts) {
  ProgramGraphBuilder(parts).Build();
}

}  // namespace klausul::engine
