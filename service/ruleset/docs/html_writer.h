#ifndef KLAUSUL_SERVICE_RULESET_DOCS_HTML_WRITER_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_HTML_WRITER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/ruleset/docs/page.h"

namespace klausul::ruleset::docs {

// What every page of a site has around its own words.
struct SiteFrame {
  // Of the whole, such as the title of the country's rule set.
  std::string name;
  // Pages of the navigation: title and path.
  std::vector<std::pair<std::string, std::string>> navigation;
  // At the foot: which sets and versions.
  std::string colophon;
};

// Text as HTML, in an element or in a quoted attribute.
std::string EscapeHtml(absl::string_view text);

// From a page to another of the same language: `../facts/no.part.html#x` for
// `facts/no.part#x`. An address with a scheme stays; one that is neither `http`
// nor `https` nor `mailto` leads nowhere and gives an empty text, for what
// rule files say is not trusted to run.
std::string RelativeLink(const Page& from, absl::string_view target,
                         absl::string_view extension);

// The whole document. Scripts and styles are in `assets/` beside the folders of
// the languages; nothing is fetched from elsewhere, so it opens from a disk.
std::string WriteHtml(const Page& page, const SiteFrame& frame);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_HTML_WRITER_H_
