#ifndef KLAUSUL_TESTS_BENCH_FIXTURES_H_
#define KLAUSUL_TESTS_BENCH_FIXTURES_H_

#include <memory>
#include <string>

#include "klausul/v1/plan.pb.h"

#include "service/review/rule_catalogue.h"

namespace klausul::bench {

// A file of client-examples/samples.
std::string SamplePath(const std::string& name);

// Its bytes; empty where there is none.
std::string Sample(const std::string& name);

// The plan that intake reads from a sample; empty where it cannot.
v1::ProcurementPlan SamplePlan(const std::string& name);

// The rule sets inside the binary.
const std::shared_ptr<const review::RuleCatalogue>& Catalogue();

// The program `klausul`, which is built beside this one.
std::string KlausulProgram();

// A file beside this program.
std::string BesideThisProgram(const std::string& name);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_FIXTURES_H_
