#ifndef KLAUSUL_TESTS_BENCH_WORKLOAD_HANDWRITTEN_H_
#define KLAUSUL_TESTS_BENCH_WORKLOAD_HANDWRITTEN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "plan.pb.h"

// What the engine is measured against: the rules as a C++ programmer would
// write them, over plain structs and over messages. `size` is 10, 100 or 1000.

namespace klausul::bench {

// Holds the texts that structs point at, each once.
class Texts {
 public:
  std::string_view Keep(const std::string& text) {
    return *texts_.insert(text).first;
  }

 private:
  std::unordered_set<std::string> texts_;
};

namespace handwritten {

struct TextList {
  std::string_view at[8];
  int size = 0;

  void Add(std::string_view text) { at[size++] = text; }

  bool Has(std::string_view text) const {
    for (int i = 0; i < size; ++i) {
      if (at[i] == text) return true;
    }
    return false;
  }
};

#include "structs.inc"

// Numbers of the rules that fire go to `out`; returns how many.
using OnStruct = int (*)(const Plan& plan, std::uint32_t* out);
OnStruct RulesOnStruct(int size);

using OnMessage = int (*)(const procbench::v1::Plan& plan, std::uint32_t* out);
OnMessage RulesOnMessage(int size);

}  // namespace handwritten
}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_WORKLOAD_HANDWRITTEN_H_
