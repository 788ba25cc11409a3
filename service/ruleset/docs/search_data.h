#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_

#include <string>

#include "service/ruleset/docs/page_parts.h"

namespace klausul::ruleset::docs {

// What the search of one language looks through: a script that sets
// `klausulSearch` to a list of `[kind, title, address, name, words]`, since a
// page on a disk may load a script but no data. `assets/site.js` reads it.
std::string SearchData(const PageContext& context);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SEARCH_DATA_H_
