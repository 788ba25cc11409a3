#include "service/ruleset/program_diagnostics.h"

#include <map>
#include <string>

namespace klausul::ruleset {
namespace {

const ElementSource& FindElement(const engine::ProgramDiagnostic& from,
                                 const SetSource& source) {
  using Subject = engine::ProgramDiagnostic::Subject;
  const std::map<std::string, ElementSource>* table = nullptr;
  switch (from.subject) {
    case Subject::kParameter:
      table = &source.parameters;
      break;
    case Subject::kFact:
      table = &source.facts;
      break;
    case Subject::kRule:
      table = &source.rules;
      break;
    case Subject::kRuleSet:
      return source.header;
  }
  const auto it = table->find(from.name);
  return it == table->end() ? source.header : it->second;
}

}  // namespace

Diagnostic ToDiagnostic(const engine::ProgramDiagnostic& from,
                        const SetSource& source) {
  Diagnostic to;
  to.level = from.level;
  to.code = from.code;
  to.message = from.message;
  to.help = from.help;

  if (from.expression != nullptr) {
    if (const NodeRef* node = source.FindExpression(*from.expression)) {
      to.file = node->file();
      to.span = node->SpanOf(from.span);
      return to;
    }
  }
  const ElementSource& element = FindElement(from, source);
  const auto field = element.fields.find(from.field);
  if (field != element.fields.end() && field->second) {
    to.file = field->second.file();
    to.span = from.has_text_span ? field->second.SpanOf(from.span)
                                 : field->second.span();
  } else if (element.place) {
    to.file = element.place.file();
    to.span = element.place.span();
  }
  return to;
}

}  // namespace klausul::ruleset
