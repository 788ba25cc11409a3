#include "service/review/finding_place.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "service/base/excerpt.h"
#include "service/base/sha256.h"

namespace klausul::review {
namespace {

struct Place {
  Span span;
  absl::string_view path;
};

// The path that stands for a finding without fields: what it misses, or the
// whole document.
std::vector<absl::string_view> PathsOf(const v1::Finding& finding,
                                       const intake::SourceMap& source_map) {
  std::vector<absl::string_view> stated;
  std::vector<absl::string_view> others;
  for (const v1::FieldEvidence& field : finding.fields()) {
    (source_map.Contains(field.path()) ? stated : others)
        .push_back(field.path());
  }
  if (!stated.empty()) return stated;
  for (const std::string& path : finding.missing())
    others.push_back(path);
  if (others.empty()) others.push_back("");
  return others;
}

}  // namespace

void SetLocations(const intake::SourceMap& source_map, std::int32_t first_line,
                  v1::Finding& finding, Excerpts excerpts) {
  std::vector<Place> places;
  for (const absl::string_view path : PathsOf(finding, source_map)) {
    places.push_back({source_map.Find(path), path});
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) {
                     return std::tie(a.span.begin, a.span.end) <
                            std::tie(b.span.begin, b.span.end);
                   });
  places.erase(std::unique(places.begin(), places.end(),
                           [](const Place& a, const Place& b) {
                             return a.span == b.span;
                           }),
               places.end());
  if (places.size() > kMaxLocations) places.resize(kMaxLocations);
  for (const Place& place : places) {
    const intake::Location where = source_map.Locate(place.path);
    v1::Location& location = *finding.add_locations();
    location.set_line(where.line + std::max(first_line, 1) - 1);
    location.set_column(where.column);
    location.set_xpath(where.xpath);
    location.set_pointer(where.pointer);
    if (excerpts == Excerpts::kLeaveOut || source_map.file() == nullptr)
      continue;
    const Excerpt excerpt = MakeExcerpt(*source_map.file(), place.span);
    v1::Excerpt& shown = *location.mutable_excerpt();
    shown.set_text(excerpt.text);
    shown.set_column(static_cast<std::int32_t>(excerpt.caret) + 1);
    shown.set_length(static_cast<std::int32_t>(excerpt.width));
  }
}

std::string Fingerprint(const v1::Finding& finding, absl::string_view plan_id,
                        absl::string_view uri) {
  constexpr std::size_t kDigits = 32;
  Sha256 digest;
  digest.UpdateField(finding.rule_id());
  digest.UpdateField(plan_id.empty() ? uri : plan_id);
  digest.UpdateField(finding.subject());
  for (const v1::FieldEvidence& field : finding.fields()) {
    digest.UpdateField(field.path());
  }
  return digest.HexDigest().substr(0, kDigits);
}

}  // namespace klausul::review
