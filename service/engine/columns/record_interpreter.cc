#include "service/engine/columns/record_interpreter.h"

namespace klausul::engine {

RecordInterpreter::RecordInterpreter(const ColumnProgram& program,
                                     const RecordOptions& options)
    : program_(program), options_(options) {
  for (const MessageInput& input : program.layout().inputs)
    roots_.emplace_back(input.root);
}

void RecordInterpreter::Clear() {
  context_.reset();
  arena_.reset();
}

void RecordInterpreter::Begin(const RecordBlock& block, std::size_t record) {
  block_ = &block;
  record_ = record;
  context_.reset();
}

cel::Value RecordInterpreter::Evaluate(std::uint32_t condition) {
  const NodeId root = program_.roots()[condition];
  if (!context_.has_value()) {
    if (arena_ == nullptr) arena_ = std::make_unique<cel::EvalArena>();
    if (evaluator_ == nullptr) {
      evaluator_ = std::make_unique<GraphEvaluator>(program_.graph());
    }
    cel::EvalOptions options = options_.eval;
    options.presence = block_->presence(record_);
    context_.emplace(
        *arena_, program_.graph().node(root).checked->environment(), options);
    evaluator_->BeginScope(0, *context_);
  }
  context_->ResetSteps();
  return evaluator_->Evaluate(root, *this);
}

cel::Value RecordInterpreter::ReadInput(std::int32_t number,
                                        cel::EvalContext& context) {
  const RecordLayout& layout = program_.layout();
  for (std::size_t i = 0; i < layout.inputs.size(); ++i) {
    if (layout.inputs[i].number != number) continue;
    return cel::Value::Message(*block_->messages(record_)[i],
                               layout.unset_is_unknown ? &roots_[i] : nullptr,
                               context);
  }
  if (options_.host != nullptr) {
    return options_.host->ReadInput(number, context);
  }
  return context.Error(cel::ErrorCode::kUnknownIdentifier,
                       "an input has no value");
}

}  // namespace klausul::engine
