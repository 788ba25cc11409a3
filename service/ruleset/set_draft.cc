#include "service/ruleset/set_draft.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace klausul::ruleset {

bool Declare(absl::string_view what, const std::string& name,
             const NodeRef& place, std::map<std::string, ElementSource>& table,
             DiagnosticSink& sink) {
  ElementSource element;
  element.place = place;
  const auto [it, added] = table.emplace(name, std::move(element));
  if (added) return true;
  const NodeRef& first = it->second.place;
  Diagnostic twice = place.MakeError(
      "duplicate-id", absl::StrCat(what, " `", name, "` is there already"),
      "ids and names are used once; an old version gets an end date");
  twice.notes.push_back({first.file(), first.span(), "the first is here"});
  sink.Add(std::move(twice));
  return false;
}

absl::Span<const absl::string_view> SeverityWords() {
  static constexpr absl::string_view kWords[] = {"advice", "warning", "error"};
  return kWords;
}

absl::Span<const absl::string_view> ConfidenceWords() {
  static constexpr absl::string_view kWords[] = {
      "recalled-unverified", "own-reading", "several-sources",
      "seen-in-source"};
  return kWords;
}

}  // namespace klausul::ruleset
