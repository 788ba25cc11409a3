#ifndef KLAUSUL_TESTS_INTAKE_PLAN_TEXT_H_
#define KLAUSUL_TESTS_INTAKE_PLAN_TEXT_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/intake/document.h"
#include "service/intake/plan_file/plan_reader.h"
#include "service/syntax/json.h"
#include "service/syntax/tree.h"
#include "service/syntax/yaml.h"

namespace klausul::intake {

// A plan read from text: JSON where it starts with a bracket, else YAML.
struct ReadText {
  bool ok = false;
  v1::ProcurementPlan plan;
  SourceMap source_map;
  // Every diagnostic as `3:7 code: message (help)`, one a line, by place.
  std::string diagnostics;
};

inline std::string Summarise(const DiagnosticSink& sink) {
  std::string text;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    const LineColumn at = diagnostic.file->Locate(diagnostic.span.begin);
    absl::StrAppend(&text, at.line, ":", at.column, " ", diagnostic.code, ": ",
                    diagnostic.message, diagnostic.help.empty() ? "" : " (",
                    diagnostic.help, diagnostic.help.empty() ? "" : ")", "\n");
  }
  return text;
}

inline std::shared_ptr<const syntax::Tree> ReadTree(std::string text,
                                                    DiagnosticSink& sink) {
  const bool json = !text.empty() && (text[0] == '{' || text[0] == '[');
  const auto file =
      syntax::MakeSourceFile(json ? "plan.json" : "plan.yaml", std::move(text));
  return json ? syntax::ReadJson(file, {}, sink)
              : syntax::ReadYaml(file, {}, sink);
}

inline ReadText ReadPlanText(std::string text) {
  ReadText result;
  DiagnosticSink sink;
  if (const auto tree = ReadTree(std::move(text), sink); tree != nullptr) {
    result.ok = ReadPlan(tree, {}, result.plan, result.source_map, sink);
  }
  result.diagnostics = Summarise(sink);
  return result;
}

}  // namespace klausul::intake

#endif  // KLAUSUL_TESTS_INTAKE_PLAN_TEXT_H_
