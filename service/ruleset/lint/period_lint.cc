#include "service/ruleset/lint/period_lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/base/civil_day.h"
#include "service/ruleset/lint/days.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset {
namespace {

// An expression of a fact and when it holds.
struct VersionWords {
  Words words;
  Days days;
};

// The days on which one rule asks for parameters and facts, in parts.
struct Asked {
  std::map<std::string, std::vector<Days>> parameters;
  std::map<const v1::Fact*, std::vector<Days>> facts;
};

// Who asks for a figure before it has a value.
struct Early {
  absl::CivilDay first = absl::CivilDay::max();
  std::vector<std::string> rules;
};

// False where they lie within days that are there already.
bool AddDays(const Days& days, std::vector<Days>& known) {
  for (const Days& other : known) {
    if (other.first <= days.first && days.last <= other.last) return false;
  }
  known.push_back(days);
  return true;
}

// Steps from facts to facts in one run. Sets in earnest take some thousands;
// one that was made to take more, by a stranger, is looked at no further.
constexpr int kMaxVisits = 500'000;

// From the first day to the last that has a value.
Days Hull(const std::vector<Days>& parts) {
  Days hull = parts.front();
  for (const Days& part : parts) {
    hull.first = std::min(hull.first, part.first);
    hull.last = std::max(hull.last, part.last);
  }
  return hull;
}

std::string Describe(const Days& days) {
  if (days.first == absl::CivilDay::min()) {
    return absl::StrCat("until ", FormatCivilDay(days.last));
  }
  if (days.last == absl::CivilDay::max()) {
    return absl::StrCat("from ", FormatCivilDay(days.first));
  }
  return absl::StrCat("from ", FormatCivilDay(days.first), " to ",
                      FormatCivilDay(days.last));
}

// Whether notes, a text or one in several languages, name one of the days.
bool NotesName(const NodeRef& notes, const std::vector<std::string>& days) {
  if (!notes) return false;
  if (notes.IsScalar()) {
    return std::any_of(days.begin(), days.end(), [&](const std::string& day) {
      return absl::StrContains(notes.text(), day);
    });
  }
  for (const auto& [language, text] : notes.Entries()) {
    if (NotesName(text, days)) return true;
  }
  return false;
}

// The same of the notes of an element and of the values in its list.
bool NotesName(const ElementSource& element,
               const std::vector<std::string>& days) {
  const auto notes = element.fields.find("notes");
  if (notes != element.fields.end() && NotesName(notes->second, days)) {
    return true;
  }
  const auto values = element.fields.find("values");
  if (values == element.fields.end() || !values->second) return false;
  for (const NodeRef& value : values->second.Items()) {
    for (const auto& [key, text] : value.Entries()) {
      if (key.text() == "notes" && NotesName(text, days)) return true;
    }
  }
  return false;
}

class PeriodLinter {
 public:
  PeriodLinter(const RuleSetRepository& repository, DiagnosticSink& sink)
      : repository_(repository), sink_(sink) {
    for (const RuleSetRepository::Entry* entry : repository.entries()) {
      for (const v1::Parameter& parameter : entry->rule_set->parameters()) {
        for (const v1::Parameter::Value& value : parameter.values()) {
          values_[parameter.id()].push_back(DaysOf(value.period()));
        }
      }
      for (const v1::Fact& fact : entry->rule_set->facts()) {
        for (const v1::Fact::Version& version : fact.versions()) {
          versions_[&fact].push_back(
              {WordsOf(version.expression().text()), DaysOf(version.period())});
        }
      }
    }
  }

  void Run() {
    for (const RuleSetRepository::Entry* entry : repository_.entries()) {
      if (entry->source == nullptr) continue;
      EnterSet(entry->rule_set->id());
      for (const v1::Parameter& parameter : entry->rule_set->parameters()) {
        LintGaps(absl::StrCat("`", parameter.id(), "` has no value"),
                 values_[parameter.id()],
                 entry->source->parameters.at(parameter.id()));
      }
      for (const v1::Fact& fact : entry->rule_set->facts()) {
        LintGaps(absl::StrCat("fact `", fact.name(), "` has no version"),
                 VersionDays(fact), entry->source->facts.at(fact.name()));
      }
      for (const v1::Rule& rule : entry->rule_set->rules()) {
        const ElementSource& element = entry->source->rules.at(rule.id());
        LintAsked(rule, element);
        LintDuplicates(rule, *entry, element);
      }
    }
    for (const RuleSetRepository::Entry* entry : repository_.entries()) {
      if (entry->source == nullptr) continue;
      for (const auto& [id, element] : entry->source->parameters) {
        LintStart(id, values_[id], early_parameters_[id], "parameter-gap",
                  element);
      }
      for (const v1::Fact& fact : entry->rule_set->facts()) {
        LintStart(fact.name(), VersionDays(fact), early_facts_[&fact],
                  "fact-gap", entry->source->facts.at(fact.name()));
      }
    }
  }

 private:
  // Two overlays may each have a fact of one name.
  void EnterSet(const std::string& id) {
    facts_.clear();
    const auto closure = repository_.Closure({id});
    if (!closure.ok()) return;
    for (const SharedRuleSet& set : *closure) {
      for (const v1::Fact& fact : set->facts())
        facts_.emplace(fact.name(), &fact);
    }
  }

  std::vector<Days> VersionDays(const v1::Fact& fact) const {
    std::vector<Days> days;
    for (const VersionWords& version : versions_.at(&fact))
      days.push_back(version.days);
    return days;
  }

  void LintGaps(const std::string& what, const std::vector<Days>& parts,
                const ElementSource& element) {
    if (parts.empty()) return;
    for (const Days& gap : Uncovered(Hull(parts), parts)) {
      const std::string day = FormatCivilDay(gap.first);
      if (NotesName(element, {day, FormatCivilDay(gap.last),
                              FormatCivilDay(gap.last + 1)})) {
        continue;
      }
      element.place.Warning("period-gap",
                            absl::StrCat(what, " ", Describe(gap)),
                            absl::StrCat("add one, or `notes:` that name ", day,
                                         " and say why there is none"),
                            sink_);
    }
  }

  void Collect(const Words& words, const Days& days, Asked& asked) {
    if (days.empty() || ++visits_ > kMaxVisits) return;
    for (const std::string& id : words.parameters) {
      AddDays(days, asked.parameters[id]);
    }
    for (const std::string& name : words.identifiers) {
      const auto it = facts_.find(name);
      if (it == facts_.end() || !AddDays(days, asked.facts[it->second])) {
        continue;
      }
      for (const VersionWords& version : versions_.at(it->second)) {
        Collect(version.words, Common(days, version.days), asked);
      }
    }
  }

  // Asked after the last value: nobody decided what holds then, and it is the
  // rule that should have ended.
  void LintEnd(const v1::Rule& rule, const ElementSource& element,
               const std::string& what, absl::string_view code,
               const std::vector<Days>& asked, const Days& there) {
    for (const Days& days : asked) {
      if (days.last <= there.last) continue;
      const auto it = element.fields.find("in_force");
      const NodeRef& place =
          it != element.fields.end() && it->second ? it->second : element.place;
      place.Warning(code,
                    absl::StrCat("rule `", rule.id(), "` asks for `", what,
                                 "` after its last value ends on ",
                                 FormatCivilDay(there.last)),
                    "end the rule or the fact that asks, or add a value",
                    sink_);
      return;
    }
  }

  // Asked before the first value: told once, at the figure, after all rules.
  static void NoteStart(const v1::Rule& rule, const std::vector<Days>& asked,
                        const Days& there, Early& early) {
    for (const Days& days : asked) {
      if (days.first >= there.first) continue;
      early.first = std::min(early.first, days.first);
      if (early.rules.empty() || early.rules.back() != rule.id()) {
        early.rules.push_back(rule.id());
      }
    }
  }

  void LintAsked(const v1::Rule& rule, const ElementSource& element) {
    Asked asked;
    Collect(WordsOf(rule), DaysOf(rule.in_force()), asked);
    for (const auto& [id, days] : asked.parameters) {
      const auto it = values_.find(id);
      // Where no value is known at all, the parameter says so itself.
      if (it == values_.end() || it->second.empty()) continue;
      const Days there = Hull(it->second);
      LintEnd(rule, element, id, "parameter-gap", days, there);
      NoteStart(rule, days, there, early_parameters_[id]);
    }
    for (const auto& [fact, days] : asked.facts) {
      const Days there = Hull(VersionDays(*fact));
      LintEnd(rule, element, fact->name(), "fact-gap", days, there);
      NoteStart(rule, days, there, early_facts_[fact]);
    }
  }

  void LintStart(const std::string& name, const std::vector<Days>& there,
                 const Early& early, absl::string_view code,
                 const ElementSource& element) {
    if (early.rules.empty()) return;
    const absl::CivilDay first = Hull(there).first;
    const std::string day = FormatCivilDay(first);
    if (NotesName(element, {day, FormatCivilDay(first - 1)})) return;
    element.place.Warning(
        code,
        absl::StrCat(early.rules.size(),
                     early.rules.size() == 1 ? " rule asks" : " rules ask",
                     " for `", name, "` ", Describe({early.first, first - 1}),
                     ", before its first value: `", early.rules.front(), "`",
                     early.rules.size() == 1 ? "" : " and others"),
        absl::StrCat("add a value, let the rules begin later, or add `notes:` "
                     "that name ",
                     day, " and say why there is none before"),
        sink_);
  }

  void LintDuplicates(const v1::Rule& rule,
                      const RuleSetRepository::Entry& entry,
                      const ElementSource& element) {
    auto& same = rules_[absl::StrCat(
        entry.rule_set->id(), "\n", OnOneLine(rule.applies().text()), "\n",
        OnOneLine(rule.requirement().text()), "\n", rule.for_each_lot())];
    for (const v1::Rule* other : same) {
      const Days both =
          Common(DaysOf(rule.in_force()), DaysOf(other->in_force()));
      if (both.empty()) continue;
      element.place.Warning(
          "duplicate-condition",
          absl::StrCat("rule `", rule.id(), "` asks the same as `", other->id(),
                       "` ", Describe(both)),
          "make one of them, or say what is particular to each", sink_);
      break;
    }
    same.push_back(&rule);
  }

  const RuleSetRepository& repository_;
  DiagnosticSink& sink_;
  std::map<std::string, std::vector<Days>> values_;
  std::map<const v1::Fact*, std::vector<VersionWords>> versions_;
  // What the set at hand sees, by name.
  std::map<std::string, const v1::Fact*> facts_;
  std::map<std::string, Early> early_parameters_;
  std::map<const v1::Fact*, Early> early_facts_;
  // Of each set, by what they ask.
  std::map<std::string, std::vector<const v1::Rule*>> rules_;
  int visits_ = 0;
};

}  // namespace

void LintPeriods(const RuleSetRepository& repository, DiagnosticSink& sink) {
  PeriodLinter(repository, sink).Run();
}

}  // namespace klausul::ruleset
