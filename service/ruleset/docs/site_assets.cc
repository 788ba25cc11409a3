#include "service/ruleset/docs/site_assets.h"

namespace klausul::ruleset::docs {
namespace {

constexpr char kStyle[] =
#include "docs/site_css.inc"
    ;
constexpr char kScript[] =
#include "docs/site_js.inc"
    ;

}  // namespace

absl::string_view SiteStyle() {
  return kStyle;
}

absl::string_view SiteScript() {
  return kScript;
}

}  // namespace klausul::ruleset::docs
