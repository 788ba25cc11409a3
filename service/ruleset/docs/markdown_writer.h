#ifndef KLAUSUL_SERVICE_RULESET_DOCS_MARKDOWN_WRITER_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_MARKDOWN_WRITER_H_

#include <string>

#include "absl/strings/string_view.h"

#include "service/ruleset/docs/html_writer.h"
#include "service/ruleset/docs/page.h"

namespace klausul::ruleset::docs {

// Text so that Markdown (CommonMark with tables) shows it as it is.
std::string EscapeMarkdown(absl::string_view text);

// The page as Markdown, for a wiki or a repository's own viewer. Links lead to
// `.md` files; there is no search.
std::string WriteMarkdown(const Page& page, const SiteFrame& frame);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_MARKDOWN_WRITER_H_
