#ifndef KLAUSUL_SERVICE_CEL_CEL_H_
#define KLAUSUL_SERVICE_CEL_CEL_H_

#include <memory>

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/checker.h"
#include "service/cel/environment.h"

// The Common Expression Language over protobuf, without knowledge of what the
// messages mean. The door of this folder; the way through it:
//
//   text --Parse--> Ast --Check--> CheckedExpr --Evaluate--> Value
//
//   auto source = std::make_shared<SourceFile>("rule.yaml", "x.f > 1");
//   DiagnosticSink sink;
//   auto checked = Compile(source, environment, {}, sink);
//   if (checked == nullptr) return sink.RenderAll();
//   Evaluator evaluator(checked);
//   EvalArena arena;
//   Value value = evaluator.Evaluate(activation, arena, {});
//
// Everything that Compile() returns is immutable and may be shared between
// threads. The README beside this file says what of the language there is and
// how the two modes differ.

namespace klausul::cel {

// Parses and checks `source` with the macros and syntax of the environment.
// Every mistake goes to `sink`, with its place and help where there is any;
// null where there is one.
std::shared_ptr<const CheckedExpr> Compile(
    std::shared_ptr<const SourceFile> source,
    std::shared_ptr<const Environment> environment, const CheckOptions& options,
    DiagnosticSink& sink);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CEL_H_
