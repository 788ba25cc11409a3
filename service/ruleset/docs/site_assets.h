#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SITE_ASSETS_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SITE_ASSETS_H_

#include "absl/strings/string_view.h"

namespace klausul::ruleset::docs {

// The files `site.css` and `site.js` beside this one, built into the program.
absl::string_view SiteStyle();
absl::string_view SiteScript();

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SITE_ASSETS_H_
