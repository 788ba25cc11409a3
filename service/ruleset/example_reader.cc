#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/ruleset/fields.h"
#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {
namespace {

// In the order of v1::Finding::Outcome, from SATISFIED.
constexpr absl::string_view kOutcomeWords[] = {
    "satisfied", "violated", "not_applicable", "undetermined", "failed"};

void ReadSet(const NodeRef& node, ExampleSource& example,
             DiagnosticSink& sink) {
  if (!node) return;
  if (!node.IsMapping()) {
    node.Error("wrong-type", "`set` has to be a mapping of paths to values",
               "such as {\"dates.tender_deadline\": 2026-03-30}", sink);
    return;
  }
  example.set = node.Entries();
}

void ReadMessage(const NodeRef& node, ExampleSource& example,
                 DiagnosticSink& sink) {
  if (!node) return;
  ElementSource places;
  const v1::Text text = ReadText(node, "message", {}, places, sink);
  example.message = {text.by_language().begin(), text.by_language().end()};
}

}  // namespace

void ReadExample(const NodeRef& node, ElementSource& rule,
                 DiagnosticSink& sink) {
  Fields fields(node, "an example", sink);
  if (!fields.is_mapping()) return;
  const std::size_t errors_before = sink.error_count();
  ExampleSource example;
  const NodeRef name = fields.Require("name");
  example.place = name ? name : fields.place();
  if (auto text = ReadString(name, "name", sink)) {
    for (const ExampleSource& other : rule.examples) {
      if (other.name != *text) continue;
      Diagnostic twice = name.MakeError(
          "duplicate-id",
          absl::StrCat("an example `", *text, "` is there already"), {});
      twice.notes.push_back(
          {other.place.file(), other.place.span(), "the first is here"});
      sink.Add(std::move(twice));
    }
    example.name = *std::move(text);
  }
  example.base_place = fields.Require("base", "the stem of a file in `plans/`");
  if (auto text = ReadString(example.base_place, "base", sink)) {
    example.base = *std::move(text);
  }
  example.as_of = ReadDate(fields.Find("as_of"), "as_of", sink);
  ReadSet(fields.Find("set"), example, sink);
  for (const NodeRef& item : ReadList(fields.Find("unset"), "unset", sink)) {
    if (ReadString(item, "unset", sink).has_value()) {
      example.unset.push_back(item);
    }
  }
  example.outcome_place = fields.Require("outcome");
  if (auto word =
          ReadWord(example.outcome_place, "outcome", kOutcomeWords, sink)) {
    example.outcome =
        static_cast<v1::Finding::Outcome>(*word + v1::Finding::SATISFIED);
  }
  if (auto text = ReadString(fields.Find("subject"), "subject", sink)) {
    example.subject = *std::move(text);
  }
  if (const NodeRef missing = fields.Find("missing")) {
    example.missing = ReadStringList(missing, "missing", sink);
    std::sort(example.missing->begin(), example.missing->end());
  }
  ReadMessage(fields.Find("message"), example, sink);
  fields.Finish();
  if (sink.error_count() == errors_before) {
    rule.examples.push_back(std::move(example));
  }
}

}  // namespace klausul::ruleset
