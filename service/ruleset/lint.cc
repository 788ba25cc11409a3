#include "service/ruleset/lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "re2/re2.h"

#include "service/base/civil_day.h"
#include "service/base/edit_distance.h"
#include "service/engine/calendar.h"
#include "service/ruleset/fields.h"
#include "service/ruleset/lint/condition_lint.h"
#include "service/ruleset/lint/days.h"
#include "service/ruleset/lint/period_lint.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset {
namespace {

// A paragraph or article sign, a space, and a space before each parenthesis.
constexpr char kProvisionPattern[] =
    "(§§? \\S|[Aa]rt\\. \\S|[Ss]\\. \\S|[^§]).*";
constexpr char kTightParenthesis[] = "[^ ]\\(";

class Linter {
 public:
  Linter(const RuleSetRepository& repository, const LintOptions& options,
         DiagnosticSink& sink);

  void Run();

 private:
  void LintRule(const v1::Rule& rule, const ElementSource& element,
                const std::set<std::string>& instruments);
  void LintLegalBasis(const v1::Rule& rule, const ElementSource& element,
                      const std::set<std::string>& instruments);
  void LintExamples(const v1::Rule& rule, const ElementSource& element);
  void LintArguments(const v1::Rule& rule, const ElementSource& element);
  void LintSources(const v1::Rule& rule, const ElementSource& element);
  void LintParameter(const v1::Parameter& parameter,
                     const ElementSource& element);
  void LintLanguages(const v1::Text& text, absl::string_view what,
                     const ElementSource& element);
  void LintPlans(const SetSource& source);
  void CollectUsage(const v1::RuleSet& set);
  void Warn(const ElementSource& element, absl::string_view field,
            absl::string_view code, absl::string_view message,
            absl::string_view help);

  const RuleSetRepository& repository_;
  const LintOptions& options_;
  DiagnosticSink& sink_;
  std::set<std::string> used_names_;
  std::set<std::string> used_parameters_;
};

Linter::Linter(const RuleSetRepository& repository, const LintOptions& options,
               DiagnosticSink& sink)
    : repository_(repository), options_(options), sink_(sink) {
  for (const RuleSetRepository::Entry* entry : repository.entries()) {
    CollectUsage(*entry->rule_set);
  }
}

void Linter::CollectUsage(const v1::RuleSet& set) {
  const auto use = [&](const Words& words) {
    used_names_.insert(words.identifiers.begin(), words.identifiers.end());
    used_parameters_.insert(words.parameters.begin(), words.parameters.end());
  };
  for (const v1::Fact& fact : set.facts()) {
    for (const v1::Fact::Version& version : fact.versions()) {
      use(WordsOf(version.expression().text()));
    }
  }
  for (const v1::AdviceCatalogue::Regime& regime : set.advice().regimes())
    use(WordsOf(regime.condition().text()));
  for (const v1::AdviceCatalogue::Opportunity& opportunity :
       set.advice().opportunities()) {
    use(WordsOf(opportunity.condition().text()));
  }
  for (const v1::Rule& rule : set.rules()) {
    use(WordsOf(rule));
    for (const std::string& name : PlaceholdersOf(rule)) {
      used_names_.insert(name);
      used_parameters_.insert(name);
    }
  }
}

void Linter::Warn(const ElementSource& element, absl::string_view field,
                  absl::string_view code, absl::string_view message,
                  absl::string_view help) {
  const auto it = element.fields.find(std::string(field));
  const NodeRef& place =
      it != element.fields.end() && it->second ? it->second : element.place;
  place.Warning(code, message, help, sink_);
}

void Linter::LintLegalBasis(const v1::Rule& rule, const ElementSource& element,
                            const std::set<std::string>& instruments) {
  if (rule.legal_basis().empty()) {
    Warn(element, "legal_basis", "missing-legal-basis",
         absl::StrCat("rule `", rule.id(), "` names no provision"),
         "a reader has to find what it rests on");
  }
  const std::vector<std::string> known(instruments.begin(), instruments.end());
  for (const v1::LegalBasis& basis : rule.legal_basis()) {
    if (instruments.count(basis.instrument()) == 0) {
      const std::string near = ClosestMatch(basis.instrument(), known);
      Warn(element, "legal_basis", "unknown-instrument",
           absl::StrCat("`", basis.instrument(),
                        "` is not among the set's instruments"),
           near.empty() ? "add it to `instruments` in rule_set.yaml"
                        : absl::StrCat("did you mean `", near, "`?"));
    }
    if (!RE2::FullMatch(basis.provision(), kProvisionPattern) ||
        RE2::PartialMatch(basis.provision(), kTightParenthesis)) {
      Warn(element, "legal_basis", "provision-shape",
           absl::StrCat("`", basis.provision(),
                        "` is not in the form of a provision"),
           "write it as `§ 7-9 (2)`, `§ 5-3 (1) a`, `art. 27 (1)` or `s. 33`");
    }
  }
}

void Linter::LintExamples(const v1::Rule& rule, const ElementSource& element) {
  std::vector<absl::string_view> missing;
  for (const auto& [outcome, word] :
       {std::make_pair(v1::Finding::VIOLATED, "violated"),
        std::make_pair(v1::Finding::SATISFIED, "satisfied"),
        std::make_pair(v1::Finding::NOT_APPLICABLE, "not_applicable"),
        std::make_pair(v1::Finding::UNDETERMINED, "undetermined")}) {
    const v1::Finding::Outcome wanted = outcome;
    if (std::none_of(element.examples.begin(), element.examples.end(),
                     [&](const ExampleSource& example) {
                       return example.outcome == wanted;
                     })) {
      missing.push_back(word);
    }
  }
  if (missing.empty()) return;
  Warn(element, "", "few-examples",
       absl::StrCat("rule `", rule.id(), "` has no example that is ",
                    absl::StrJoin(missing, ", ")),
       "an example changes one field of a base plan, the deciding one");
}

void Linter::LintArguments(const v1::Rule& rule, const ElementSource& element) {
  const std::set<std::string> placeholders = PlaceholdersOf(rule);
  for (const v1::Rule::Argument& argument : rule.args()) {
    if (placeholders.count(argument.name()) > 0) continue;
    Warn(element, absl::StrCat("args.", argument.name()), "unused-argument",
         absl::StrCat("no text of the rule shows `{", argument.name(), "}`"),
         "use it or remove it");
  }
}

// Law that nobody has looked at for long may have changed meanwhile.
void Linter::LintSources(const v1::Rule& rule, const ElementSource& element) {
  if (rule.sources().empty()) {
    Warn(element, "sources", "missing-source",
         absl::StrCat("rule `", rule.id(), "` names no source"),
         "add `sources: [{url: ..., read: 2026-11-22}]`");
  }
  if (!options_.today.has_value()) return;
  const absl::CivilMonth month(*options_.today);
  for (const v1::Source& source : rule.sources()) {
    const auto read = engine::ToCivilDay(source.read_date());
    if (!source.has_read_date() || !read.has_value()) continue;
    // Complete months: read on the 15th, a month is over on the 15th.
    const auto months = (month - absl::CivilMonth(*read)) -
                        (options_.today->day() < read->day() ? 1 : 0);
    if (months < options_.max_source_age_months) continue;
    Warn(element, "sources", "old-source",
         absl::StrCat("`", source.url(), "` was read on ",
                      FormatCivilDay(*read), ", ", months, " months ago"),
         "read it again, mend what has changed, and put the day under `read`");
  }
}

void Linter::LintLanguages(const v1::Text& text, absl::string_view what,
                           const ElementSource& element) {
  std::vector<absl::string_view> missing;
  for (const absl::string_view language : RuleLanguages()) {
    if (text.by_language().count(std::string(language)) == 0) {
      missing.push_back(language);
    }
  }
  if (missing.empty()) return;
  Warn(element, "", "missing-language",
       absl::StrCat(what, " is not there in ", absl::StrJoin(missing, ", ")),
       "reports show it in the reader's language");
}

void Linter::LintParameter(const v1::Parameter& parameter,
                           const ElementSource& element) {
  LintLanguages(parameter.title(),
                absl::StrCat("the title of `", parameter.id(), "`"), element);
  if (parameter.values().empty()) {
    LintLanguages(parameter.notes(),
                  absl::StrCat("the reason why no value of `", parameter.id(),
                               "` is known"),
                  element);
  }
  if (used_parameters_.count(parameter.id()) == 0) {
    Warn(element, "", "unused-parameter",
         absl::StrCat("nothing uses parameter `", parameter.id(), "`"),
         "use it or remove it");
  }
  for (const v1::Parameter::Value& value : parameter.values()) {
    const std::string from = FormatCivilDay(DaysOf(value.period()).first);
    if (value.register_().empty()) {
      Warn(element, "", "missing-register",
           absl::StrCat("the value of `", parameter.id(), "` from ", from,
                        " names no register row"),
           "add `register: [...]` to the value");
    }
    if (value.source().empty()) {
      Warn(element, "", "missing-source",
           absl::StrCat("the value of `", parameter.id(), "` from ", from,
                        " names no source"),
           "add `source:` to the value");
    }
  }
}

void Linter::LintRule(const v1::Rule& rule, const ElementSource& element,
                      const std::set<std::string>& instruments) {
  LintLegalBasis(rule, element, instruments);
  if (rule.register_().empty()) {
    Warn(element, "register", "missing-register",
         absl::StrCat("rule `", rule.id(), "` names no register row"),
         "add `register: [...]`: the rows that it encodes");
  }
  LintSources(rule, element);
  LintExamples(rule, element);
  LintArguments(rule, element);
}

void Linter::LintPlans(const SetSource& source) {
  std::set<std::string> used;
  for (const auto& [id, element] : source.rules) {
    for (const ExampleSource& example : element.examples) {
      used.insert(example.base);
    }
  }
  for (const auto& [stem, plan] : source.plans) {
    if (used.count(stem) > 0 || !plan.root) continue;
    sink_.Warning(plan.root.file(), {0, 0}, "unused-plan",
                  absl::StrCat("no example uses the plan `", stem, "`"),
                  "use it or remove it");
  }
}

void Linter::Run() {
  for (const RuleSetRepository::Entry* entry : repository_.entries()) {
    if (entry->source == nullptr) continue;
    const v1::RuleSet& set = *entry->rule_set;
    const SetSource& source = *entry->source;

    std::set<std::string> instruments;
    const auto closure = repository_.Closure({set.id()});
    if (closure.ok()) {
      for (const SharedRuleSet& part : *closure) {
        for (const v1::Instrument& instrument : part->instruments()) {
          instruments.insert(instrument.short_name());
        }
      }
    }
    for (const v1::Rule& rule : set.rules()) {
      const ElementSource& element = source.rules.at(rule.id());
      LintRule(rule, element, instruments);
      const std::size_t prefix = set.id().size() + 1;
      if (rule.id().size() <= prefix ||
          rule.id().find('.', prefix) == std::string::npos) {
        Warn(element, "", "id-shape",
             absl::StrCat("id `", rule.id(), "` does not name an act"),
             absl::StrCat("write it as `", set.id(), ".<act>.<provision>`"));
      }
    }
    for (const v1::Parameter& parameter : set.parameters()) {
      LintParameter(parameter, source.parameters.at(parameter.id()));
    }
    for (const v1::Fact& fact : set.facts()) {
      const ElementSource& element = source.facts.at(fact.name());
      LintLanguages(fact.title(),
                    absl::StrCat("the title of fact `", fact.name(), "`"),
                    element);
      if (used_names_.count(fact.name()) > 0) continue;
      Warn(element, "", "unused-fact",
           absl::StrCat("nothing uses fact `", fact.name(), "`"),
           "use it or remove it");
    }
    LintPlans(source);
  }
}

}  // namespace

void Lint(const RuleSetRepository& repository, DiagnosticSink& sink,
          const LintOptions& options) {
  Linter(repository, options, sink).Run();
  LintPeriods(repository, sink);
  for (const RuleSetRepository::Entry* entry : repository.entries()) {
    LintConditions(*entry, sink);
  }
}

}  // namespace klausul::ruleset
