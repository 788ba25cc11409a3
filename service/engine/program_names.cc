#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/base/civil_day.h"
#include "service/base/edit_distance.h"
#include "service/engine/host_values.h"
#include "service/engine/program_compiler.h"

// The first part of compiling a program: which names there are, and who sees
// them.

namespace klausul::engine {
namespace {

using cel::EnumType;
using cel::Type;

bool IsIdentifier(absl::string_view name) {
  if (name.empty() ||
      absl::ascii_isdigit(static_cast<unsigned char>(name[0]))) {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
  });
}

// Words that CEL keeps for itself.
bool IsReserved(absl::string_view name) {
  static constexpr absl::string_view kWords[] = {
      "true",     "false",   "null",      "in",       "as",  "break",  "const",
      "continue", "else",    "for",       "function", "if",  "import", "let",
      "loop",     "package", "namespace", "return",   "var", "void",   "while"};
  return std::find(std::begin(kWords), std::end(kWords), name) !=
         std::end(kWords);
}

Type ParameterType(v1::Parameter::Type type) {
  switch (type) {
    case v1::Parameter::INT:
      return Type::Int();
    case v1::Parameter::DOUBLE:
      return Type::Double();
    case v1::Parameter::MONEY:
      return MoneyType();
    case v1::Parameter::MONTHS:
      return SpanType();
    case v1::Parameter::STRING:
      return Type::String();
    default:
      return Type::Error();
  }
}

using ValueCase = v1::Parameter::Value::ValueCase;

ValueCase CaseOf(v1::Parameter::Type type) {
  switch (type) {
    case v1::Parameter::INT:
    case v1::Parameter::MONTHS:
      return ValueCase::kIntValue;
    case v1::Parameter::DOUBLE:
      return ValueCase::kDoubleValue;
    case v1::Parameter::MONEY:
      return ValueCase::kMoneyValue;
    case v1::Parameter::STRING:
      return ValueCase::kStringValue;
    default:
      return ValueCase::VALUE_NOT_SET;
  }
}

bool IsValid(const v1::Period& period) {
  const auto from = ToCivilDay(period.from());
  const auto to = ToCivilDay(period.to());
  if ((period.has_from() && !from.has_value()) ||
      (period.has_to() && !to.has_value())) {
    return false;
  }
  return !from.has_value() || !to.has_value() || *from <= *to;
}

bool Overlap(const v1::Period& a, const v1::Period& b) {
  const auto starts_after = [](const v1::Period& x, const v1::Period& y) {
    return x.has_from() && y.has_to() &&
           *ToCivilDay(x.from()) > *ToCivilDay(y.to());
  };
  return !starts_after(a, b) && !starts_after(b, a);
}

// Bounds on what a stranger may send along: facts of a selection, which are
// walked recursively, and periods of one value, which are compared pairwise.
// The Norwegian rules have some hundred facts, and values of some ten periods.
constexpr std::size_t kMaxFacts = 5000;
constexpr int kMaxPeriods = 500;

// "" where all is well, else what is wrong.
template <typename List>
std::string PeriodsTrouble(const List& list) {
  if (list.size() > kMaxPeriods) {
    return absl::StrCat("more than ", kMaxPeriods, " periods");
  }
  for (const auto& entry : list) {
    if (!IsValid(entry.period())) return "a period ends before it begins";
  }
  for (int i = 0; i < list.size(); ++i) {
    for (int j = i + 1; j < list.size(); ++j) {
      if (Overlap(list[i].period(), list[j].period())) {
        return "two periods overlap";
      }
    }
  }
  return "";
}

absl::optional<Type> SimpleType(absl::string_view name) {
  if (name == "bool") return Type::Bool();
  if (name == "int") return Type::Int();
  if (name == "double") return Type::Double();
  if (name == "string") return Type::String();
  if (name == "Money") return MoneyType();
  if (name == "Date") return DateType();
  if (name == "Span") return SpanType();
  return {};
}

}  // namespace

void ProgramCompiler::FindExtended() {
  absl::flat_hash_map<std::string, int> by_id;
  const auto& sets = parts_->rule_sets;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const Place place{static_cast<int>(i), Subject::kRuleSet, "", "id"};
    if (!by_id.emplace(sets[i]->id(), static_cast<int>(i)).second) {
      Error(place, "duplicate-id",
            absl::StrCat("there are two rule sets `", sets[i]->id(), "`"));
    }
  }
  for (std::size_t i = 0; i < sets.size(); ++i) {
    auto scope = std::make_unique<Scope>();
    const Place place{static_cast<int>(i), Subject::kRuleSet, "", "extends"};
    std::vector<int> trail;
    // Depth first, so that a set comes after those that it extends.
    const std::function<void(int)> visit = [&](int set) {
      if (std::find(scope->rule_sets.begin(), scope->rule_sets.end(), set) !=
          scope->rule_sets.end()) {
        return;
      }
      if (std::find(trail.begin(), trail.end(), set) != trail.end()) {
        Error(place, "cycle",
              absl::StrCat("`", sets[static_cast<std::size_t>(set)]->id(),
                           "` extends itself"));
        return;
      }
      trail.push_back(set);
      for (const std::string& id :
           sets[static_cast<std::size_t>(set)]->extends()) {
        const auto found = by_id.find(id);
        if (found != by_id.end()) {
          visit(found->second);
        } else if (set == static_cast<int>(i)) {
          Error(place, "unknown-rule-set",
                absl::StrCat("there is no rule set `", id, "` to extend"));
        }
      }
      trail.pop_back();
      scope->rule_sets.push_back(set);
    };
    visit(static_cast<int>(i));
    parts_->scopes.push_back(std::move(scope));
  }
}

bool ProgramCompiler::Sees(int rule_set_index, int other) const {
  const std::vector<int>& seen =
      parts_->scopes[static_cast<std::size_t>(rule_set_index)]->rule_sets;
  return std::find(seen.begin(), seen.end(), other) != seen.end();
}

void ProgramCompiler::AddCalendars() {
  auto calendars = std::make_shared<CalendarTable>();
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Calendar& calendar : parts_->rule_sets[i]->calendars()) {
      if (!calendars->emplace(calendar.jurisdiction(), Calendar(calendar))
               .second) {
        Error({static_cast<int>(i), Subject::kRuleSet, "", "calendar"},
              "duplicate-id",
              absl::StrCat("there are two calendars for `",
                           calendar.jurisdiction(), "`"));
      }
    }
  }
  parts_->calendars = std::move(calendars);
}

void ProgramCompiler::CheckParameter(const v1::Parameter& parameter,
                                     const Place& place) {
  Place at = place;
  at.field = "values";
  const std::string trouble = PeriodsTrouble(parameter.values());
  if (!trouble.empty()) Error(at, "bad-period", trouble);
  for (const v1::Parameter::Value& value : parameter.values()) {
    if (value.value_case() != CaseOf(parameter.type())) {
      Error(at, "parameter-type",
            absl::StrCat("a value of `", parameter.id(), "` is no ",
                         v1::Parameter::Type_Name(parameter.type())));
    } else if (value.has_money_value() &&
               value.money_value().currency_code().empty()) {
      Error(at, "parameter-type", "an amount has no currency",
            "write it as `NOK 1300000`");
    } else if (parameter.type() == v1::Parameter::MONTHS &&
               (value.int_value() < 0 ||
                value.int_value() > std::numeric_limits<std::int32_t>::max())) {
      Error(at, "parameter-type", "a length cannot be negative or so long");
    }
  }
}

void ProgramCompiler::AddParameters() {
  absl::flat_hash_map<std::string, int> seen;
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Parameter& parameter : parts_->rule_sets[i]->parameters()) {
      Place place{static_cast<int>(i), Subject::kParameter, parameter.id(),
                  "id"};
      const Type type = ParameterType(parameter.type());
      if (!seen.emplace(parameter.id(), static_cast<int>(i)).second) {
        Error(place, "duplicate-id",
              absl::StrCat("there are two parameters `", parameter.id(), "`"));
        continue;
      }
      if (type.Is(cel::TypeKind::kError)) {
        place.field = "type";
        Error(place, "parameter-type",
              absl::StrCat("`", parameter.id(), "` has no type"));
        continue;
      }
      CheckParameter(parameter, place);
      parts_->parameters.push_back({&parameter, static_cast<int>(i), type});
    }
  }
}

void ProgramCompiler::CheckFactName(const v1::Fact& fact, const Place& place) {
  std::string what;
  if (!IsIdentifier(fact.name()) || IsReserved(fact.name())) {
    Error(place, "fact-name",
          absl::StrCat("`", fact.name(), "` cannot be the name of a fact"),
          "use letters, digits and underscores");
  } else if (IsPlanName(fact.name(), &what)) {
    Error(place, "fact-name",
          absl::StrCat("a fact cannot be called `", fact.name(), "`: that is ",
                       what),
          "choose another name");
  } else {
    for (const FactEnum& candidate : parts_->fact_enums) {
      const EnumType& enum_type = candidate.type;
      if (enum_type.FindValue(fact.name()) == nullptr ||
          !Sees(place.rule_set_index, candidate.rule_set_index)) {
        continue;
      }
      Error(place, "fact-name",
            absl::StrCat("a fact cannot be called `", fact.name(),
                         "`: that is a value of ", enum_type.name),
            "choose another name");
    }
  }
}

void ProgramCompiler::AddFactEnum(const v1::Fact& fact, const Place& place) {
  if (fact.enum_values().empty()) return;
  const std::string& name =
      fact.enum_name().empty() ? fact.name() : fact.enum_name();
  EnumType enum_type;
  enum_type.name = name;
  for (const std::string& value : fact.enum_values()) {
    if (!IsIdentifier(value) || IsReserved(value)) {
      Error(place, "bad-type",
            absl::StrCat("`", value, "` cannot be the name of a value"));
      continue;
    }
    if (enum_type.FindValue(value) != nullptr) {
      Error(place, "bad-type",
            absl::StrCat("the value `", value, "` is there twice"));
      continue;
    }
    enum_type.values.push_back(
        {value, static_cast<std::int32_t>(enum_type.values.size()) + 1});
  }
  // Two sets that do not know each other may use one name.
  const auto same = [&](const FactEnum& other) {
    return other.type.name == name &&
           (Sees(place.rule_set_index, other.rule_set_index) ||
            Sees(other.rule_set_index, place.rule_set_index));
  };
  if (FindPlanEnum(name) != nullptr ||
      std::any_of(parts_->fact_enums.begin(), parts_->fact_enums.end(), same)) {
    Error(place, "bad-type",
          absl::StrCat("the enum `", name, "` is declared twice"),
          "declare its values on one fact only");
    return;
  }
  parts_->fact_enums.push_back({std::move(enum_type), place.rule_set_index});
}

Type ProgramCompiler::FactType(const v1::Fact& fact, const Place& place) {
  absl::string_view name = fact.type();
  bool is_list = false;
  if (absl::ConsumePrefix(&name, "list(") && absl::ConsumeSuffix(&name, ")")) {
    is_list = true;
  } else {
    name = fact.type();
  }
  absl::optional<Type> type = SimpleType(name);
  if (!type.has_value()) {
    const std::string enum_name = name != "enum"             ? std::string(name)
                                  : fact.enum_name().empty() ? fact.name()
                                                             : fact.enum_name();
    const EnumType* found = FindPlanEnum(enum_name);
    for (const FactEnum& candidate : parts_->fact_enums) {
      if (candidate.type.name == enum_name &&
          Sees(place.rule_set_index, candidate.rule_set_index)) {
        found = &candidate.type;
      }
    }
    if (found != nullptr) {
      type = Type::Enum(std::make_shared<const EnumType>(*found));
    }
  }
  if (!type.has_value()) {
    Error(place, "bad-type",
          absl::StrCat("`", fact.type(), "` is no type of a fact"),
          "write bool, int, double, string, Money, Date, Span, enum, an enum "
          "of the plan, or list(...) of one of them");
    return Type::Error();
  }
  return is_list ? Type::List(*type) : *type;
}

void ProgramCompiler::AddFacts() {
  std::size_t count = 0;
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    count += static_cast<std::size_t>(parts_->rule_sets[i]->facts_size());
    if (count <= kMaxFacts) continue;
    Error({static_cast<int>(i), Subject::kRuleSet, "", "facts"}, "limit",
          absl::StrCat("more than ", kMaxFacts, " facts"));
    return;
  }
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Fact& fact : parts_->rule_sets[i]->facts()) {
      AddFactEnum(fact,
                  {static_cast<int>(i), Subject::kFact, fact.name(), "values"});
    }
  }
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Fact& fact : parts_->rule_sets[i]->facts()) {
      Place place{static_cast<int>(i), Subject::kFact, fact.name(), "name"};
      CheckFactName(fact, place);
      place.field = "type";
      CompiledFact compiled;
      compiled.proto = &fact;
      compiled.rule_set_index = static_cast<int>(i);
      compiled.type = FactType(fact, place);
      place.field = "versions";
      const std::string trouble = PeriodsTrouble(fact.versions());
      if (!trouble.empty()) Error(place, "bad-period", trouble);
      parts_->facts.push_back(std::move(compiled));
    }
  }
}

void ProgramCompiler::MakeScope(int rule_set_index) {
  Scope& scope = *parts_->scopes[static_cast<std::size_t>(rule_set_index)];
  PlanEnvironmentOptions options;
  options.calendars = parts_->calendars;
  for (const FactEnum& candidate : parts_->fact_enums) {
    if (Sees(rule_set_index, candidate.rule_set_index)) {
      options.fact_enums.push_back(candidate.type);
    }
  }
  for (std::size_t i = 0; i < parts_->parameters.size(); ++i) {
    const CompiledParameter& parameter = parts_->parameters[i];
    if (!Sees(rule_set_index, parameter.rule_set_index)) continue;
    const int index = static_cast<int>(i);
    scope.parameters.emplace(parameter.proto->id(), index);
    options.parameters.push_back(
        {parameter.proto->id(), parameter.type, index});
  }
  std::vector<DeclaredName> lot_facts;
  for (std::size_t i = 0; i < parts_->facts.size(); ++i) {
    const CompiledFact& fact = parts_->facts[i];
    if (!Sees(rule_set_index, fact.rule_set_index)) continue;
    const std::string& name = fact.proto->name();
    if (!scope.facts.emplace(name, static_cast<int>(i)).second) {
      // Told once, at the set that has the later one; a set in between sees
      // both, too.
      if (fact.rule_set_index == rule_set_index) {
        Error({fact.rule_set_index, Subject::kFact, name, "name"},
              "duplicate-id", absl::StrCat("there are two facts `", name, "`"),
              "a set sees the facts of the sets that it extends");
      } else {
        failed_ = true;
      }
      continue;
    }
    if (fact.proto->for_each_lot()) {
      lot_facts.push_back({name, fact.type, static_cast<int>(i)});
      lot_facts_[static_cast<std::size_t>(rule_set_index)].insert(name);
    } else {
      options.facts.push_back({name, fact.type, static_cast<int>(i)});
    }
  }
  // Whatever could clash has been told above.
  auto plan = BuildPlanEnvironment(options);
  options.for_lots = true;
  options.facts.insert(options.facts.end(), lot_facts.begin(), lot_facts.end());
  auto lots = BuildPlanEnvironment(options);
  if (!plan.ok() || !lots.ok()) {
    if (!failed_) {
      Error({rule_set_index, Subject::kRuleSet, "", ""}, "ambiguous-name",
            std::string((!plan.ok() ? plan : lots).status().message()));
    }
    failed_ = true;
    return;
  }
  scope.plan_environment = *std::move(plan);
  scope.lot_environment = *std::move(lots);
}

void ProgramCompiler::MakeScopes() {
  lot_facts_.resize(parts_->scopes.size());
  for (std::size_t i = 0; i < parts_->scopes.size(); ++i) {
    MakeScope(static_cast<int>(i));
  }
}

}  // namespace klausul::engine
