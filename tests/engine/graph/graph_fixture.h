#ifndef KLAUSUL_TESTS_ENGINE_GRAPH_GRAPH_FIXTURE_H_
#define KLAUSUL_TESTS_ENGINE_GRAPH_GRAPH_FIXTURE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "service/cel/evaluator.h"
#include "service/cel/message_access.h"
#include "service/engine/graph/graph.h"
#include "service/engine/graph/graph_evaluator.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::engine {

// Expressions over `order` (scope 0) and `lot` (scope 1), two orders of the
// shop of tests/cel, put into one graph.
class GraphFixture : private GraphEvaluator::Host {
 public:
  explicit GraphFixture(cel::Mode mode) : mode_(mode) {
    cel::EnvironmentBuilder builder(mode);
    builder.set_descriptor_pool(&shop_.pool())
        .AddMacros(cel::TwoVariableMacros())
        .AddMacros(cel::BindMacros())
        .AddMacro(cel::StatedMacro());
    EXPECT_TRUE(cel::AddStandardLibrary(builder).ok());
    const cel::Type type =
        cel::Type::Message(shop_.pool().FindMessageTypeByName("shop.Order"));
    builder.AddVariable("order", type);
    builder.AddVariable("lot", type);
    environment_ = *std::move(builder).Build();
    order_ = shop_.Order("");
    lot_ = shop_.Order("");
  }

  void SetOrder(const std::string& text) { order_ = shop_.Order(text); }

  void SetLot(const std::string& text) { lot_ = shop_.Order(text); }

  cel::EvalOptions& options() { return options_; }

  // The number of the expression.
  std::size_t Add(const std::string& text) {
    DiagnosticSink sink;
    auto checked = cel::Compile(cel::Source(text), environment_, {}, sink);
    if (checked == nullptr) {
      ADD_FAILURE() << sink.RenderAll();
      return 0;
    }
    evaluators_.push_back(std::make_unique<cel::Evaluator>(checked));
    const Input inputs[] = {{0, 0}, {1, 1}};
    expressions_.push_back(builder_.Add(*evaluators_.back(), inputs));
    return expressions_.size() - 1;
  }

  const GraphExpression& expression(std::size_t number) const {
    return expressions_[number];
  }

  // Ends adding.
  const Graph& graph() {
    if (graph_ == nullptr) {
      graph_ = std::move(builder_).Build();
      evaluator_ = std::make_unique<GraphEvaluator>(*graph_);
    }
    return *graph_;
  }

  GraphEvaluator& evaluator() {
    graph();
    return *evaluator_;
  }

  // Begins anew for the orders at hand.
  void Begin() {
    graph();
    arena_ = std::make_unique<cel::EvalArena>();
    context_ =
        std::make_unique<cel::EvalContext>(*arena_, *environment_, options_);
    evaluator_->BeginScope(0, *context_);
    reads_ = 0;
  }

  void BeginLot() { evaluator().BeginScope(1, *context_); }

  cel::EvalContext& context() { return *context_; }

  std::string OnGraph(std::size_t number) {
    return cel::DebugString(
        evaluator().Evaluate(expressions_[number].root, *this), *context_);
  }

  std::string ByReference(std::size_t number) {
    const std::vector<cel::Value> values = {Message(*order_, &kOrder),
                                            Message(*lot_, &kLot)};
    return cel::DebugString(
        evaluators_[number]->Evaluate(cel::VectorActivation(values), *arena_,
                                      options_),
        *context_);
  }

  // How often an input was read since Begin().
  int reads() const { return reads_; }

 private:
  static constexpr cel::AttributePath kOrder{"order"};
  static constexpr cel::AttributePath kLot{"lot"};

  cel::Value Message(const google::protobuf::Message& message,
                     const cel::AttributePath* path) {
    return cel::Value::Message(
        message, mode_ == cel::Mode::kRules ? path : nullptr, *context_);
  }

  cel::Value ReadInput(std::int32_t number, cel::EvalContext&) override {
    ++reads_;
    return number == 0 ? Message(*order_, &kOrder) : Message(*lot_, &kLot);
  }

  cel::Mode mode_;
  cel::Shop shop_;
  std::shared_ptr<const cel::Environment> environment_;
  cel::EvalOptions options_;
  std::unique_ptr<google::protobuf::Message> order_;
  std::unique_ptr<google::protobuf::Message> lot_;
  std::vector<std::unique_ptr<cel::Evaluator>> evaluators_;
  std::vector<GraphExpression> expressions_;
  GraphBuilder builder_;
  std::shared_ptr<const Graph> graph_;
  std::unique_ptr<GraphEvaluator> evaluator_;
  std::unique_ptr<cel::EvalArena> arena_;
  std::unique_ptr<cel::EvalContext> context_;
  int reads_ = 0;
};

// Orders of which much, little and nothing is stated.
inline const std::vector<std::string>& Orders() {
  static const auto* const orders =
      new std::vector<std::string>{"",
                                   R"pb(count : 2
                                        title : "T"
                                        kind : KIND_FAST
                                        size : 7
                                        codes : "a"
                                        codes : "b"
                                        items {count : 1 title : "one"}
                                        items {count : 5 codes : "x"}
                                        items {
                                          count : -3
                                          part {count : 1}
                                        }
                                        clauses {
                                          key : "wages"
                                          value {included : true rate : 3}
                                        }
                                        clauses {
                                          key : "pay"
                                          value {included : false notes : "n"}
                                        })pb",
                                   R"pb(count : 0
                                        title : ""
                                        items {count : 1}
                                        items {}
                                        part {
                                          codes : "a"
                                          items {count : 2}
                                        }
                                        clauses {
                                          key : "wages"
                                          value {}
                                        })pb"};
  return *orders;
}

// Adds the expressions, and holds the graph against the reference interpreter
// on every order.
inline void ExpectSameAsReference(cel::Mode mode,
                                  const std::vector<std::string>& texts,
                                  const cel::Presence* presence = nullptr) {
  GraphFixture fixture(mode);
  fixture.options().presence = presence;
  for (const std::string& text : texts)
    fixture.Add(text);
  for (const std::string& order : Orders()) {
    for (const std::string& lot : Orders()) {
      fixture.SetOrder(order);
      fixture.SetLot(lot);
      fixture.Begin();
      for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(fixture.OnGraph(i), fixture.ByReference(i))
            << texts[i] << "\norder: " << order << "\nlot: " << lot;
      }
    }
  }
}

}  // namespace klausul::engine

#endif  // KLAUSUL_TESTS_ENGINE_GRAPH_GRAPH_FIXTURE_H_
