#ifndef KLAUSUL_SERVICE_ENGINE_EXPRESSION_CACHE_H_
#define KLAUSUL_SERVICE_ENGINE_EXPRESSION_CACHE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "service/engine/expression_compiler.h"

// The expressions of a program while it is compiled. Many rules ask the same;
// each text is compiled once for each environment that it stands in. Internal
// to this folder.

namespace klausul::engine {

class ExpressionCache {
 public:
  struct Result {
    // Shares its evaluator with every other expression of that text.
    CompiledExpression expression;
    std::vector<ExpressionDiagnostic> diagnostics;
  };

  // The text and what the scope points at must outlive the cache, and must not
  // change once they have been given to it.

  // Says that Get() will be called with this.
  void Expect(const ExpressionRequest& request, const ExpressionScope& scope);

  // Compiles what is expected, on several threads where it is much.
  void CompileExpected();

  // Compiled now where it was not expected.
  const Result& Get(const ExpressionRequest& request,
                    const ExpressionScope& scope);

 private:
  struct Key {
    const PlanEnvironment* environment;
    absl::string_view text;
    // Empty where any type will do.
    std::string expected_type;
    bool is_applies;

    friend bool operator==(const Key& a, const Key& b) {
      return a.environment == b.environment && a.text == b.text &&
             a.expected_type == b.expected_type && a.is_applies == b.is_applies;
    }

    template <typename H>
    friend H AbslHashValue(H h, const Key& key) {
      return H::combine(std::move(h), key.environment, key.text,
                        key.expected_type, key.is_applies);
    }
  };

  struct Job {
    ExpressionRequest request;
    ExpressionScope scope;
    std::unique_ptr<Result> result;
  };

  static Key KeyOf(const ExpressionRequest& request,
                   const ExpressionScope& scope);
  static void Compile(Job& job);

  std::vector<Job> jobs_;
  // Into `jobs_`.
  absl::flat_hash_map<Key, std::size_t> known_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_EXPRESSION_CACHE_H_
