#ifndef KLAUSUL_TESTS_BENCH_RUN_PROGRAM_H_
#define KLAUSUL_TESTS_BENCH_RUN_PROGRAM_H_

#include <sys/resource.h>

#include <string>
#include <vector>

namespace klausul::bench {

// Runs a program, its output thrown away, in an environment without variables:
// without KLAUSUL_RULES_DIR, that is, so with the rule sets inside the binary.
// The exit code, or -1 where it did not run; what it used goes to `usage`.
int RunProgram(const std::string& program, std::vector<std::string> arguments,
               struct rusage* usage = nullptr);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_RUN_PROGRAM_H_
