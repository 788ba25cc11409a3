#include "service/ruleset/docs/site.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/status_macros.h"
#include "service/engine/text_value.h"
#include "service/ruleset/docs/figure_pages.h"
#include "service/ruleset/docs/html_writer.h"
#include "service/ruleset/docs/markdown_writer.h"
#include "service/ruleset/docs/overview_pages.h"
#include "service/ruleset/docs/rule_page.h"
#include "service/ruleset/docs/search_data.h"
#include "service/ruleset/docs/site_assets.h"
#include "service/ruleset/docs/site_index.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;
using Save = absl::FunctionRef<absl::Status(SiteFile)>;

constexpr Language kLanguages[] = {Language::kBokmal, Language::kNynorsk,
                                   Language::kEnglish};

SiteFrame FrameOf(const PageContext& context) {
  const SiteIndex& index = context.index;
  SiteFrame frame;
  // What is extended comes first and names the site.
  frame.name = engine::PickText(index.sets().front()->rule_set->title(),
                                context.language);
  frame.navigation = Navigation(context.labels);
  std::vector<std::string> sets;
  for (const auto* entry : index.sets()) {
    sets.push_back(
        absl::StrCat(entry->rule_set->id(), " ", entry->rule_set->version()));
  }
  frame.colophon =
      absl::StrCat(context.labels.colophon, " ", absl::StrJoin(sets, ", "));
  return frame;
}

class SiteWriter {
 public:
  SiteWriter(const PageContext& context, SiteFormat format, Save save)
      : context_(context),
        frame_(FrameOf(context)),
        format_(format),
        save_(save),
        folder_(absl::StrCat(engine::LanguageCode(context.language), "/")) {}

  absl::Status Write() {
    RETURN_IF_ERROR(Write(OverviewPage(context_)));
    RETURN_IF_ERROR(Write(LawPage(context_)));
    RETURN_IF_ERROR(Write(SubjectsPage(context_)));
    RETURN_IF_ERROR(Write(SeverityPage(context_)));
    RETURN_IF_ERROR(Write(SetsPage(context_)));
    RETURN_IF_ERROR(Write(FactsPage(context_)));
    RETURN_IF_ERROR(Write(ParametersPage(context_)));
    RETURN_IF_ERROR(Write(FieldsPage(context_)));
    const SiteIndex& index = context_.index;
    for (const RuleEntry& entry : index.rules())
      RETURN_IF_ERROR(Write(RulePage(context_, entry)));
    for (const FactEntry& entry : index.facts())
      RETURN_IF_ERROR(Write(FactPage(context_, entry)));
    for (const ParameterEntry& entry : index.parameters())
      RETURN_IF_ERROR(Write(ParameterPage(context_, entry)));
    for (const auto* entry : index.sets()) {
      if (entry->source == nullptr) continue;
      for (const auto& [stem, plan] : entry->source->plans)
        RETURN_IF_ERROR(Write(PlanPage(context_, *entry, stem)));
    }
    if (format_ == SiteFormat::kMarkdown) return absl::OkStatus();
    RETURN_IF_ERROR(Write(SearchPage(context_)));
    return save_({folder_ + "search-data.js", SearchData(context_)});
  }

 private:
  absl::Status Write(const Page& page) {
    return format_ == SiteFormat::kHtml
               ? save_({absl::StrCat(folder_, page.path, ".html"),
                        WriteHtml(page, frame_)})
               : save_({absl::StrCat(folder_, page.path, ".md"),
                        WriteMarkdown(page, frame_)});
  }

  const PageContext& context_;
  const SiteFrame frame_;
  const SiteFormat format_;
  Save save_;
  const std::string folder_;
};

// The door of the site: where a reader chooses the language.
SiteFile DoorPage(const SiteIndex& index, SiteFormat format) {
  const v1::RuleSet& set = *index.sets().front()->rule_set;
  std::string out;
  if (format == SiteFormat::kHtml) {
    out =
        "<!DOCTYPE html>\n<html lang=\"nb\">\n<head>\n<meta "
        "charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<meta "
        "name=\"color-scheme\" content=\"light dark\">\n";
    absl::StrAppend(
        &out, "<title>",
        EscapeHtml(engine::PickText(set.title(), Language::kBokmal)),
        "</title>\n<link rel=\"stylesheet\" href=\"assets/site.css\">\n"
        "</head>\n<body class=\"door\">\n<main>\n<h1><span class=\"mark\" "
        "aria-hidden=\"true\">§</span> Klausul</h1>\n<ul class=\"plain\">\n");
  } else {
    out = "# Klausul\n\n";
  }
  for (const Language language : kLanguages) {
    const absl::string_view code = engine::LanguageCode(language);
    const std::string title = engine::PickText(set.title(), language);
    const absl::string_view name = LabelsOf(language).language_name;
    if (format == SiteFormat::kHtml) {
      absl::StrAppend(&out, "<li lang=\"", code, "\"><a href=\"", code,
                      "/index.html\">", EscapeHtml(title), "</a> ", name,
                      "</li>\n");
    } else {
      absl::StrAppend(&out, "- [", EscapeMarkdown(title), "](", code,
                      "/index.md) ", name, "\n");
    }
  }
  if (format == SiteFormat::kHtml) {
    out += "</ul>\n</main>\n</body>\n</html>\n";
    return {"index.html", out};
  }
  return {"index.md", out};
}

}  // namespace

absl::Status WriteSite(const RuleSetRepository& repository,
                       absl::Span<const std::string> ids, SiteFormat format,
                       Save save) {
  std::vector<std::string> chosen(ids.begin(), ids.end());
  if (chosen.empty()) {
    for (const auto* entry : repository.entries())
      chosen.push_back(entry->rule_set->id());
  }
  ASSIGN_OR_RETURN(const std::vector<SharedRuleSet> closure,
                   repository.Closure(chosen));
  std::vector<const RuleSetRepository::Entry*> sets;
  for (const SharedRuleSet& set : closure) {
    const RuleSetRepository::Entry* entry = repository.Find(set->id());
    if (entry != nullptr) sets.push_back(entry);
  }
  const SiteIndex index(repository, std::move(sets));
  RETURN_IF_ERROR(save(DoorPage(index, format)));
  for (const Language language : kLanguages) {
    const PageContext context(index, language);
    RETURN_IF_ERROR(SiteWriter(context, format, save).Write());
  }
  if (format == SiteFormat::kMarkdown) return absl::OkStatus();
  RETURN_IF_ERROR(save({"assets/site.css", std::string(SiteStyle())}));
  return save({"assets/site.js", std::string(SiteScript())});
}

}  // namespace klausul::ruleset::docs
