#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SITE_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SITE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"

#include "service/ruleset/repository.h"

// Documentation made from rule sets: an overview, a page for each rule, fact,
// parameter and base plan, and lists by law, subject and severity, in three
// languages. The door of this folder:
//
//   RETURN_IF_ERROR(WriteSite(*repository, {}, SiteFormat::kHtml,
//                             [&](SiteFile file) { return Save(file); }));
//
// An HTML site needs no server: it is made to be opened from a disk, with a
// search that runs in the page. Markdown has the same pages without a search.
// The same sets give the same bytes.

namespace klausul::ruleset::docs {

enum class SiteFormat { kHtml, kMarkdown };

struct SiteFile {
  // Below the site's folder, with `/`: `nb/rules/no.foa.7-9.weight.html`.
  std::string path;
  std::string content;
};

// Makes the files one at a time and hands each to `save`; stops at the first
// status that is not OK and returns it. `ids` are the sets, with what they
// extend; none: all. NOT_FOUND, with a suggestion, for an unknown set.
absl::Status WriteSite(const RuleSetRepository& repository,
                       absl::Span<const std::string> ids, SiteFormat format,
                       absl::FunctionRef<absl::Status(SiteFile)> save);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SITE_H_
