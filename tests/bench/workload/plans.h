#ifndef KLAUSUL_TESTS_BENCH_WORKLOAD_PLANS_H_
#define KLAUSUL_TESTS_BENCH_WORKLOAD_PLANS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "plan.pb.h"

namespace klausul::bench {

// The plans that the rules were made with, from plans.jsonl; empty where they
// cannot be read.
std::vector<procbench::v1::Plan> KnownPlans();

// Makes plans of the same kind, the same ones for the same seed.
class PlanMaker {
 public:
  explicit PlanMaker(std::uint32_t seed) : state_(seed) {}

  void Make(int number, procbench::v1::Plan& plan);

 private:
  // From 0 up to 1.
  double Random();
  int Int(int from, int to);
  bool Chance(double probability);
  // Thousands between the two, small ones as likely as large ones.
  std::int64_t Amount(double from, double to);
  template <typename T>
  const T& Pick(const std::vector<T>& from);
  void MakeContract(std::int64_t value, int months, const std::string& cpv,
                    int type, procbench::v1::Contract& contract);
  void MakeLists(std::int64_t value, int months, const std::string& cpv,
                 int type, procbench::v1::Plan& plan);

  std::uint32_t state_;
};

// Takes a share of the scalars away.
void LeaveOut(double share, std::uint32_t seed,
              google::protobuf::Message& message);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_WORKLOAD_PLANS_H_
