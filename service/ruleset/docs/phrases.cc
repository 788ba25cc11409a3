#include "service/ruleset/docs/phrases.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"

#include "service/cel/unparse.h"
#include "service/engine/plan_path.h"
#include "service/engine/text_value.h"
#include "service/ruleset/docs/plan_words.h"

namespace klausul::ruleset::docs {
namespace {

using cel::Expr;
using cel::ExprKind;

bool IsEnumLike(absl::string_view name) {
  if (name.empty() || !absl::ascii_isupper(name[0])) return false;
  for (const char c : name) {
    if (!absl::ascii_isupper(c) && !absl::ascii_isdigit(c) && c != '_') {
      return false;
    }
  }
  return true;
}

Inlines Quoted(const Expr& expr) {
  return {Code(cel::Unparse(expr))};
}

std::string TextOf(const Expr& expr) {
  return std::string(expr.constant.text);
}

bool IsText(const Expr& expr) {
  return expr.kind == ExprKind::kConstant &&
         expr.constant.kind == cel::ConstantKind::kString;
}

bool IsComparison(const Expr& expr) {
  return expr.kind == ExprKind::kCall && expr.operand == nullptr &&
         (expr.name == cel::op::kIn || expr.name == cel::op::kEquals ||
          expr.name == cel::op::kNotEquals || expr.name == cel::op::kLess ||
          expr.name == cel::op::kLessEquals || expr.name == cel::op::kGreater ||
          expr.name == cel::op::kGreaterEquals);
}

// What is said as a condition even where it stands as a value.
bool IsLogic(const Expr& expr) {
  return IsComparison(expr) || expr.IsCall(cel::op::kAnd) ||
         expr.IsCall(cel::op::kOr) || expr.IsCall(cel::op::kNot) ||
         expr.IsCall("claimed") || expr.IsCall("stated") ||
         expr.IsCall("mentions");
}

// `parameter("id")` and `threshold("id")`.
bool IsParameter(const Expr& expr) {
  return (expr.IsCall("parameter") || expr.IsCall("threshold")) &&
         expr.args.size() == 1 && IsText(*expr.args[0]);
}

}  // namespace

bool AsksForEntries(const Expr& expr) {
  return expr.kind == ExprKind::kFold && expr.fold == cel::FoldKind::kExists &&
         expr.predicate->kind == ExprKind::kConstant &&
         expr.predicate->constant.bool_value;
}

Phrases::Scope::Scope(Phrases& phrases, absl::string_view variable,
                      const Expr& range)
    : phrases_(phrases) {
  // The elements of a filtered list are those of the list.
  const Expr* list = &range;
  while (list->kind == ExprKind::kFold && list->operand != nullptr)
    list = list->operand;
  const absl::optional<Path> path = phrases.AsPath(*list);
  phrases.variables_.emplace_back(std::string(variable),
                                  path.has_value() ? path->full : "");
}

Inlines Phrases::Variable(absl::string_view name) {
  return {{Inline::Kind::kVariable, std::string(name), {}, {}}};
}

absl::optional<Phrases::Path> Phrases::AsPath(const Expr& expr) const {
  if (expr.kind == ExprKind::kIdent) {
    for (auto it = variables_.rbegin(); it != variables_.rend(); ++it) {
      if (it->first == expr.name) return Path{it->first, {}, it->second};
    }
    const std::string name(expr.name);
    if (name == "plan") return Path{};
    if (name == "lot") return Path{name, {}, "lots"};
    if (names_.facts.count(name) > 0 ||
        engine::FindPlanField(name) == nullptr) {
      return absl::nullopt;
    }
    return Path{{}, {name}, name};
  }
  std::string step;
  if (expr.kind == ExprKind::kSelect && expr.mode == cel::SelectMode::kRead) {
    step = std::string(expr.name);
  } else if (expr.IsCall(cel::op::kIndex) && IsText(*expr.args[1])) {
    step = TextOf(*expr.args[1]);
  } else {
    return absl::nullopt;
  }
  absl::optional<Path> path =
      AsPath(*(expr.kind == ExprKind::kSelect ? expr.operand : expr.args[0]));
  if (!path.has_value()) return absl::nullopt;
  path->full = path->full.empty() ? step : engine::JoinKey(path->full, step);
  path->steps.push_back(std::move(step));
  return path;
}

Inlines Phrases::Field(const Path& path) const {
  std::vector<std::string> words;
  for (const std::string& step : path.steps)
    words.push_back(FieldWord(step, language_));
  Inlines field;
  if (!path.variable.empty()) {
    field = Variable(path.variable == "lot" ? sentences_.lot
                                            : absl::string_view(path.variable));
    if (!words.empty()) field.push_back(Text(" › "));
  } else if (words.empty()) {
    return {Text(std::string(sentences_.plan))};
  }
  if (words.empty()) return field;
  // The glossary has what the plan's schema has, not the keys of extras.
  const bool known = engine::FindPlanField(path.full) != nullptr;
  field.push_back({Inline::Kind::kField, absl::StrJoin(words, " › "),
                   known ? absl::StrCat("fields#", path.full) : "", path.full});
  return field;
}

bool Phrases::IsDate(const Expr& expr) const {
  if (const absl::optional<Path> path = AsPath(expr); path.has_value()) {
    const auto* field = engine::FindPlanField(path->full);
    return field != nullptr && field->message_type() != nullptr &&
           field->message_type()->name() == "Date";
  }
  if (expr.kind == ExprKind::kIdent) {
    if (expr.name == "date_of_law") return true;
    const auto fact = names_.facts.find(std::string(expr.name));
    return fact != names_.facts.end() && fact->second.is_date;
  }
  return expr.kind == ExprKind::kCall &&
         (expr.name == "date" || expr.name == "add_days" ||
          expr.name == "add_months");
}

Inlines Phrases::Constant(const cel::Constant& constant) const {
  using engine::TextValue;
  switch (constant.kind) {
    case cel::ConstantKind::kBool:
      return {Text(
          std::string(constant.bool_value ? sentences_.yes : sentences_.no))};
    case cel::ConstantKind::kInt:
      return {Text(TextValue::Int(constant.int_value).Format(language_))};
    case cel::ConstantKind::kUint:
      return {Text(absl::StrCat(constant.uint_value))};
    case cel::ConstantKind::kDouble:
      return {Text(TextValue::Double(constant.double_value).Format(language_))};
    case cel::ConstantKind::kString:
    case cel::ConstantKind::kBytes:
      return {Code(std::string(constant.text))};
    case cel::ConstantKind::kNull:
      break;
  }
  return {Code("null")};
}

Inlines Phrases::Ident(const Expr& expr) {
  const std::string name(expr.name);
  if (const auto path = AsPath(expr); path.has_value()) return Field(*path);
  if (name == "date_of_law") {
    return {Text(std::string(sentences_.date_of_law))};
  }
  const auto fact = names_.facts.find(name);
  if (fact != names_.facts.end()) {
    Inline link = Link(fact->second.title, fact->second.target);
    link.hint = name;
    return {link};
  }
  if (IsEnumLike(name)) {
    Inline value = Text(ValueWord(name, language_));
    value.hint = name;
    return {value};
  }
  return {Code(name)};
}

Inlines Phrases::ListOf(const Expr& list) {
  if (list.kind != ExprKind::kList) return Value(list);
  std::vector<Inlines> parts;
  for (const Expr* item : list.args)
    parts.push_back(Value(*item));
  return Enumerate(std::move(parts), std::string(sentences_.or_word));
}

Inlines Phrases::Operation(const Expr& expr, absl::string_view sign) {
  Inlines out;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (i > 0) out.push_back(Text(absl::StrCat(" ", sign, " ")));
    const Expr& arg = *expr.args[i];
    const bool brackets =
        arg.kind == ExprKind::kCall && arg.name != expr.name &&
        (arg.name == cel::op::kAdd || arg.name == cel::op::kSubtract ||
         arg.name == cel::op::kConditional);
    if (brackets) out.push_back(Text("("));
    Append(Value(arg), out);
    if (brackets) out.push_back(Text(")"));
  }
  return out;
}

Inlines Phrases::Fold(const Expr& expr) {
  const Inlines variable = Variable(expr.var);
  Inlines range = Value(*expr.range());
  const Scope scope(*this, expr.var, *expr.range());
  if (expr.fold == cel::FoldKind::kFilter) {
    return Say(sentences_.filter, variable, range,
               Condition(*expr.predicate, false));
  }
  if (expr.fold != cel::FoldKind::kMap) return Quoted(expr);
  if (expr.predicate != nullptr) {
    range = Say(sentences_.filter, variable, range,
                Condition(*expr.predicate, false));
  }
  return Say(sentences_.map, variable, range, Value(*expr.transform));
}

Inlines Phrases::Call(const Expr& expr) {
  static const auto* const kSigns =
      new std::map<absl::string_view, const char*>{
          {cel::op::kAdd, "+"},      {cel::op::kSubtract, "−"},
          {cel::op::kMultiply, "×"}, {cel::op::kDivide, "/"},
          {cel::op::kModulo, "mod"},
      };
  const Sentences& s = sentences_;
  const auto arg = [&](std::size_t i) { return Value(*expr.args[i]); };
  const std::size_t count = expr.args.size();
  if (IsLogic(expr)) return Condition(expr, false);
  if (const auto sign = kSigns->find(expr.name); sign != kSigns->end()) {
    return Operation(expr, sign->second);
  }
  if (IsParameter(expr)) {
    const std::string id = TextOf(*expr.args[0]);
    const auto found = names_.parameters.find(id);
    if (found == names_.parameters.end()) return {Code(id)};
    Inline link = Link(found->second.title, found->second.target);
    link.hint = id;
    return {link};
  }
  if (expr.IsCall(cel::op::kConditional)) {
    return Say(s.conditional, Condition(*expr.args[0], false), arg(1), arg(2));
  }
  if (expr.name == "size" && count + (expr.has_receiver() ? 1 : 0) == 1) {
    return Say(s.count,
               Value(expr.has_receiver() ? *expr.operand : *expr.args[0]));
  }
  if (expr.has_receiver()) {
    return SaysOfReceiver(expr).empty() ? Quoted(expr) : Condition(expr, false);
  }
  if (expr.IsCall(cel::op::kIndex) &&
      expr.args[1]->kind == ExprKind::kConstant &&
      expr.args[1]->constant.kind == cel::ConstantKind::kInt &&
      expr.args[1]->constant.int_value == 0) {
    return Say(s.first, arg(0));
  }
  if (count == 1 && expr.name == "sum") return Say(s.sum, arg(0));
  if (count == 1 && (expr.name == "double" || expr.name == "int")) {
    return arg(0);
  }
  if (count == 1 && expr.name == "months") return Say(s.months, arg(0));
  if (count == 1 && expr.name == "days") return Say(s.days, arg(0));
  if (expr.name == "date" && count == 1 && IsText(*expr.args[0])) {
    const std::vector<std::string> parts =
        absl::StrSplit(TextOf(*expr.args[0]), '-');
    v1::Date date;
    std::int32_t year = 0;
    std::int32_t month = 0;
    std::int32_t day = 0;
    if (parts.size() == 3 && absl::SimpleAtoi(parts[0], &year) &&
        absl::SimpleAtoi(parts[1], &month) &&
        absl::SimpleAtoi(parts[2], &day)) {
      date.set_year(year);
      date.set_month(month);
      date.set_day(day);
      return {Text(engine::TextValue::Date(date).Format(language_))};
    }
  }
  if (count == 2 && expr.name == "days_between") {
    return Say(s.days_between, arg(0), arg(1));
  }
  if (count >= 2 && expr.name == "working_days_between") {
    return Say(s.working_days_between, arg(0), arg(1));
  }
  if (count == 2 && expr.name == "add_days") {
    return Say(s.plus_days, arg(0), arg(1));
  }
  if (count == 2 && expr.name == "add_months") {
    return Say(s.plus_months, arg(0), arg(1));
  }
  return Quoted(expr);
}

Inlines Phrases::Value(const Expr& expr) {
  if (const auto path = AsPath(expr); path.has_value()) return Field(*path);
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Constant(expr.constant);
    case ExprKind::kIdent:
      return Ident(expr);
    case ExprKind::kSelect:
      if (expr.mode == cel::SelectMode::kRead) {
        // `ProcedureKind.OTHER`, or a part of a fact.
        if (IsEnumLike(expr.name)) {
          return {Text(ValueWord(expr.name, language_))};
        }
        Inlines whole = Value(*expr.operand);
        whole.push_back(
            Text(absl::StrCat(" › ", FieldWord(expr.name, language_))));
        return whole;
      }
      return Condition(expr, false);
    case ExprKind::kList:
      return ListOf(expr);
    case ExprKind::kFold:
      return Fold(expr);
    case ExprKind::kCall:
      return Call(expr);
    case ExprKind::kMap:
    case ExprKind::kStruct:
    case ExprKind::kLet:
      break;
  }
  return Quoted(expr);
}

Inlines Phrases::Comparison(const Expr& expr, bool negated) {
  const Sentences& s = sentences_;
  const Expr& left = *expr.args[0];
  const Expr& right = *expr.args[1];
  if (expr.name == cel::op::kIn) {
    return Say(negated ? s.not_in : s.in, Value(left), ListOf(right));
  }

  // Equality and its contrary, then the four orders, each with its contrary.
  struct Order {
    absl::string_view name;
    absl::string_view of_numbers;
    absl::string_view of_dates;
    absl::string_view contrary;
  };

  const Order orders[] = {
      {cel::op::kEquals, s.equals, s.equals, cel::op::kNotEquals},
      {cel::op::kNotEquals, s.differs, s.differs, cel::op::kEquals},
      {cel::op::kLess, s.less, s.before, cel::op::kGreaterEquals},
      {cel::op::kLessEquals, s.at_most, s.no_later, cel::op::kGreater},
      {cel::op::kGreater, s.more, s.after, cel::op::kLessEquals},
      {cel::op::kGreaterEquals, s.at_least, s.no_earlier, cel::op::kLess},
  };
  absl::string_view name = expr.name;
  if (negated) {
    for (const Order& order : orders) {
      if (order.name == expr.name) name = order.contrary;
    }
  }
  const bool dates = IsDate(left) || IsDate(right);
  for (const Order& order : orders) {
    if (order.name == name) {
      return Say(dates ? order.of_dates : order.of_numbers, Value(left),
                 Value(right));
    }
  }
  return {};
}

Inlines Phrases::Logic(const Expr& expr, bool negated) {
  // Not all of them: at least one is not.
  const bool joins_with_and = (expr.name == cel::op::kAnd) != negated;
  std::vector<Inlines> parts;
  for (const Expr* arg : expr.args) {
    const bool brackets =
        arg->kind == ExprKind::kCall &&
        (arg->name == cel::op::kAnd || arg->name == cel::op::kOr) &&
        arg->name != expr.name;
    Inlines part;
    if (brackets) part.push_back(Text("("));
    Append(Condition(*arg, negated), part);
    if (brackets) part.push_back(Text(")"));
    parts.push_back(std::move(part));
  }
  return Enumerate(
      std::move(parts),
      std::string(joins_with_and ? sentences_.and_word : sentences_.or_word));
}

absl::string_view Phrases::SaysOfReceiver(const Expr& expr) const {
  if (!expr.has_receiver() || expr.args.size() != 1) return {};
  if (expr.name == "in_cpv") return sentences_.in_cpv;
  if (expr.name == "matches") return sentences_.matches;
  if (expr.name == "contains") return sentences_.contains;
  if (expr.name == "startsWith") return sentences_.starts_with;
  return {};
}

Inlines Phrases::Condition(const Expr& expr, bool negated) {
  const Sentences& s = sentences_;
  if (expr.IsCall(cel::op::kNot)) return Condition(*expr.args[0], !negated);
  if (expr.IsCall(cel::op::kAnd) || expr.IsCall(cel::op::kOr)) {
    return Logic(expr, negated);
  }
  if (IsComparison(expr)) {
    return Comparison(expr, negated);
  }
  if (expr.IsCall("claimed") && expr.args.size() == 1) {
    return Say(negated ? s.not_claimed : s.claimed, Value(*expr.args[0]));
  }
  if (expr.IsCall("stated") && expr.args.size() == 1) {
    return Say(negated ? s.not_stated : s.stated, Value(*expr.args[0]));
  }
  if (expr.kind == ExprKind::kSelect && expr.mode == cel::SelectMode::kHas) {
    Expr field = expr;
    field.mode = cel::SelectMode::kRead;
    return Say(negated ? s.has_not : s.has, Value(field));
  }
  if (AsksForEntries(expr)) {
    return Say(negated ? s.no_entries : s.has_entries, Value(*expr.range()));
  }
  if (expr.kind == ExprKind::kFold) {
    absl::string_view said;
    switch (expr.fold) {
      case cel::FoldKind::kAll:
        said = negated ? s.not_for_all : s.for_all;
        break;
      case cel::FoldKind::kExists:
        said = negated ? s.exists_not : s.exists;
        break;
      case cel::FoldKind::kExistsOne:
        said = negated ? s.not_exactly_one : s.exists_one;
        break;
      default:
        return Quoted(expr);
    }
    Inlines out = Say(said, Variable(expr.var), Value(*expr.range()));
    const Scope scope(*this, expr.var, *expr.range());
    out.push_back(Text(" "));
    Append(Condition(*expr.predicate, false), out);
    return out;
  }
  if (const absl::string_view said = SaysOfReceiver(expr); !said.empty()) {
    Inlines out = Say(said, Value(*expr.operand), Value(*expr.args[0]));
    return negated ? Say(s.is_not_so, out) : out;
  }
  if (expr.IsCall("mentions") && expr.args.size() == 2) {
    Inlines out = Say(s.matches, Value(*expr.args[0]), Value(*expr.args[1]));
    return negated ? Say(s.is_not_so, out) : out;
  }
  if (expr.kind == ExprKind::kConstant) {
    return Say(negated ? s.is_not_so : "{a}", Value(expr));
  }
  if (expr.IsCall(cel::op::kConditional)) {
    Inlines out =
        Say(s.conditional, Condition(*expr.args[0], false),
            Condition(*expr.args[1], false), Condition(*expr.args[2], false));
    return negated ? Say(s.is_not_so, out) : out;
  }
  return Say(negated ? s.is_false : s.is_true, Value(expr));
}

}  // namespace klausul::ruleset::docs
