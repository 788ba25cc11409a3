#ifndef KLAUSUL_SERVICE_CEL_EVAL_CONTEXT_H_
#define KLAUSUL_SERVICE_CEL_EVAL_CONTEXT_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "service/cel/attribute.h"
#include "service/cel/environment.h"
#include "service/cel/eval_arena.h"
#include "service/cel/value.h"

namespace klausul::cel {

// Is told the value of every node that is evaluated, each time: explanations
// and evidence are made from it. Called after the node's children.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnNode(const Expr& expr, const Value& value) = 0;
};

struct EvalOptions {
  // Every node evaluated is a step, every turn of a fold is one, and so is
  // every element or every 64 bytes that a function visits or makes: time and
  // memory of an evaluation are bounded by it.
  static constexpr std::int64_t kDefaultStepLimit = 1'000'000;

  std::int64_t step_limit = kDefaultStepLimit;
  // Null: nobody listens.
  Observer* observer = nullptr;
  // Null: nothing is stated beyond the fields. Rules mode only.
  const Presence* presence = nullptr;
  // Makes messages of types that are in the environment's pool but not
  // compiled in; must outlive the values. Null: such types cannot be made.
  google::protobuf::MessageFactory* message_factory = nullptr;
  // Looked at now and then; true ends the evaluation with kCancelled.
  const std::atomic<bool>* cancelled = nullptr;
};

// What functions and values work with during one evaluation, or one series of
// them. Not thread-safe.
class EvalContext {
 public:
  EvalContext(EvalArena& arena, const Environment& environment,
              const EvalOptions& options)
      : arena_(arena),
        environment_(environment),
        options_(options),
        steps_left_(options.step_limit) {}

  EvalContext(const EvalContext&) = delete;
  EvalContext& operator=(const EvalContext&) = delete;

  EvalArena& arena() { return arena_; }

  const Environment& environment() const { return environment_; }

  const EvalOptions& options() const { return options_; }

  // Never null.
  const Presence& presence() const {
    static constexpr Presence kNothing;
    return options_.presence != nullptr ? *options_.presence : kNothing;
  }

  // For functions: an error value. The evaluator adds the place.
  Value Error(ErrorCode code, absl::string_view message) {
    return Value::Error(code, message, arena_);
  }

  // Uses up steps; false where none are left, and from then on.
  bool Charge(std::int64_t steps) {
    if (steps_left_ < steps) {
      steps_left_ = -1;
      return false;
    }
    steps_left_ -= steps;
    return steps_left_ >= 0;
  }

  // For a text or byte string that is visited or made.
  bool ChargeBytes(std::size_t bytes) {
    return Charge(static_cast<std::int64_t>(bytes / 64));
  }

  bool exhausted() const { return steps_left_ < 0; }

  // Steps used so far.
  std::int64_t steps() const { return options_.step_limit - steps_left_; }

  // The error of an evaluation that ran out of steps.
  Value LimitError();

  // Gives the steps back, for the next of a series of evaluations.
  void ResetSteps() { steps_left_ = options_.step_limit; }

  // The same with another limit from here on.
  void ResetSteps(std::int64_t limit) {
    options_.step_limit = limit;
    steps_left_ = limit;
  }

  // For what goes down into messages in messages, which an `Any` may nest
  // deeper than protobuf's own limit: true while not too deep, and then
  // Leave() has to follow. Too deep uses up all steps.
  bool Enter() {
    constexpr int kMaxDepth = 500;
    if (depth_ >= kMaxDepth) {
      steps_left_ = -1;
      return false;
    }
    ++depth_;
    return true;
  }

  void Leave() { --depth_; }

  // The default instance of a type of the environment's pool; null where it
  // cannot be made.
  const google::protobuf::Message* Prototype(
      const google::protobuf::Descriptor* descriptor);

 private:
  EvalArena& arena_;
  const Environment& environment_;
  EvalOptions options_;
  std::int64_t steps_left_;
  int depth_ = 0;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EVAL_CONTEXT_H_
