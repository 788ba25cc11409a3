#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_

#include <string>

#include "absl/strings/string_view.h"

#include "service/ruleset/docs/page_parts.h"

namespace klausul::ruleset::docs {

// What the search of one language looks through: a script that sets
// `klausulSearch` to a list of `[kind, title, address, name, words]`, since a
// page on a disk may load a script but no data. `assets/site.js` reads it.
std::string SearchData(const PageContext& context);

// A string of a script: quotes, line ends and `<` escaped, so that it can stand
// in a page as well.
std::string ScriptString(absl::string_view text);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_
