#ifndef KLAUSUL_SERVICE_CEL_CONFORMANCE_RUNNER_H_
#define KLAUSUL_SERVICE_CEL_CONFORMANCE_RUNNER_H_

#include <functional>
#include <string>

#include "google/protobuf/message.h"

#include "service/cel/conformance_schema.h"

// Runs the conformance suite of the language's specification.

namespace klausul::cel {

// What came of one test.
struct ConformanceOutcome {
  // `section/test`.
  std::string name;
  std::string expression;
  bool passed = false;
  // For people; empty where it passed.
  std::string expected;
  std::string actual;
};

// Runs each test of a SimpleTestFile and reports it, in the file's order. An
// error is asked for by kind, never by its text, which implementations choose
// for themselves; an expression that does not parse or check is an error, too.
void RunConformanceFile(
    const google::protobuf::Message& file, ConformanceSchema& schema,
    const std::function<void(const ConformanceOutcome&)>& report);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CONFORMANCE_RUNNER_H_
