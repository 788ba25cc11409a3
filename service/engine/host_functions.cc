#include "service/engine/host_functions.h"

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "re2/re2.h"

#include "service/base/civil_day.h"
#include "service/base/strings.h"
#include "service/cel/eval_context.h"
#include "service/cel/value.h"
#include "service/engine/cpv.h"
#include "service/engine/host_values.h"
#include "service/engine/money.h"
#include "service/engine/reason.h"
#include "service/engine/span_length.h"

namespace klausul::engine {
namespace {

using cel::ErrorCode;
using cel::EvalContext;
using cel::FunctionDecl;
using cel::FunctionImpl;
using cel::Overload;
using cel::Type;
using cel::Value;
using Args = absl::Span<const Value>;

Overload Global(std::string id, std::vector<Type> args, Type result,
                FunctionImpl impl) {
  Overload overload;
  overload.id = std::move(id);
  overload.args = std::move(args);
  overload.result = std::move(result);
  overload.impl = std::move(impl);
  return overload;
}

Overload Method(std::string id, std::vector<Type> args, Type result,
                FunctionImpl impl) {
  Overload overload = Global(std::move(id), std::move(args), std::move(result),
                             std::move(impl));
  overload.receiver_style = true;
  return overload;
}

// --- Money ---

// An unknown where two amounts do not go together; nullopt where they do.
absl::optional<Value> MoneyMismatch(const v1::Money& a, const v1::Money& b,
                                    EvalContext& context) {
  static constexpr cel::AttributePath kVatBasis("vat_basis");
  switch (MatchMoney(a, b)) {
    case MoneyMatch::kSame:
      return {};
    case MoneyMatch::kCurrency: {
      // In one order, so that two such comparisons give one reason.
      std::string first = a.currency_code();
      std::string second = b.currency_code();
      if (second < first) std::swap(first, second);
      return UnknownFor({Reason::Code::kCurrency, {first, second}}, context);
    }
    case MoneyMatch::kVatUnstated:
      return Value::Unknown(&kVatBasis, context.arena());
    case MoneyMatch::kVatDiffers:
      return UnknownFor({Reason::Code::kVatBasis, {}}, context);
  }
  return {};
}

Value MoneyOrOverflow(const absl::optional<v1::Money>& money,
                      EvalContext& context) {
  if (!money.has_value()) {
    return context.Error(ErrorCode::kOverflow, "the amount is too large");
  }
  return MakeMoney(*money, context);
}

FunctionImpl CompareMoneyBy(std::function<bool(int)> holds) {
  return [holds = std::move(holds)](Args args, EvalContext& context) {
    const v1::Money& a = AsMoney(args[0]);
    const v1::Money& b = AsMoney(args[1]);
    if (const auto unknown = MoneyMismatch(a, b, context)) return *unknown;
    return Value::Bool(holds(CompareMoney(a, b)));
  };
}

using MoneyOperation = absl::optional<v1::Money> (*)(const v1::Money&,
                                                     const v1::Money&);

FunctionImpl CombineMoney(MoneyOperation operation) {
  return [operation](Args args, EvalContext& context) {
    const v1::Money& a = AsMoney(args[0]);
    const v1::Money& b = AsMoney(args[1]);
    if (const auto unknown = MoneyMismatch(a, b, context)) return *unknown;
    return MoneyOrOverflow(operation(a, b), context);
  };
}

Value SumMoney(Args args, EvalContext& context) {
  const cel::ListValue& list = args[0].list();
  if (list.open()) return Value::Unknown(list.path(), context.arena());
  v1::Money sum;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value item = list.Get(i, context);
    if (!item.is_message()) return item;
    if (const auto unknown = MoneyMismatch(sum, AsMoney(item), context)) {
      return *unknown;
    }
    const absl::optional<v1::Money> next = AddMoney(sum, AsMoney(item));
    if (!next.has_value()) return MoneyOrOverflow(next, context);
    sum = *next;
  }
  return MakeMoney(sum, context);
}

// --- Dates ---

Value BadDate(const v1::Date& date, EvalContext& context) {
  return context.Error(ErrorCode::kInvalidArgument,
                       absl::StrCat("there is no day ", date.year(), "-",
                                    date.month(), "-", date.day()));
}

// Calls `operation` with the civil days of the first two arguments.
template <typename Operation>
FunctionImpl OnTwoDays(Operation operation) {
  return [operation](Args args, EvalContext& context) -> Value {
    const auto a = ToCivilDay(AsDate(args[0]));
    if (!a.has_value()) return BadDate(AsDate(args[0]), context);
    const auto b = ToCivilDay(AsDate(args[1]));
    if (!b.has_value()) return BadDate(AsDate(args[1]), context);
    return operation(*a, *b, args, context);
  };
}

template <typename Compare>
FunctionImpl CompareDatesBy(Compare compare) {
  return OnTwoDays(
      [compare](absl::CivilDay a, absl::CivilDay b, Args, EvalContext&) {
        return Value::Bool(compare(a, b));
      });
}

// More days than lie between the years 1 and 9999.
constexpr std::int64_t kMaxDays = 4'000'000;

// Calls `operation` with a civil day and a count that keeps it near.
template <typename Operation>
FunctionImpl MoveDay(Operation operation) {
  return [operation](Args args, EvalContext& context) -> Value {
    const auto day = ToCivilDay(AsDate(args[0]));
    if (!day.has_value()) return BadDate(AsDate(args[0]), context);
    const std::int64_t count = args[1].int_value();
    if (count > kMaxDays || count < -kMaxDays) {
      return context.Error(ErrorCode::kRange, "the day is too far away");
    }
    const absl::CivilDay moved = operation(*day, count);
    if (moved.year() < 1 || moved.year() > 9999) {
      return context.Error(ErrorCode::kRange, "the day is too far away");
    }
    return MakeDate(ToDate(moved), context);
  };
}

Value ParseDate(Args args, EvalContext& context) {
  const absl::optional<absl::CivilDay> day = ParseCivilDay(args[0].text());
  if (!day.has_value()) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("`", args[0].text(), "` is no date such as 2026-07-01"));
  }
  return MakeDate(ToDate(*day), context);
}

FunctionImpl WorkingDays(std::shared_ptr<const CalendarTable> calendars) {
  return OnTwoDays([calendars = std::move(calendars)](
                       absl::CivilDay from, absl::CivilDay to, Args args,
                       EvalContext& context) -> Value {
    const auto found = calendars->find(args[2].text());
    if (found == calendars->end()) {
      return UnknownFor(
          {Reason::Code::kNoCalendar, {std::string(args[2].text())}}, context);
    }
    // The holidays of every year are worked out.
    constexpr std::int64_t kStepsPerYear = 10;
    const std::int64_t years = to.year() - from.year();
    if (!context.Charge((years < 0 ? -years : years) * kStepsPerYear)) {
      return context.LimitError();
    }
    return Value::Int(found->second.WorkingDaysBetween(from, to));
  });
}

// --- Spans ---

Value SpanAnswer(absl::optional<bool> answer, bool wanted, Args args,
                 EvalContext& context) {
  if (answer.has_value()) return Value::Bool(*answer == wanted);
  return UnknownFor({Reason::Code::kSpan,
                     {PlainSpan(AsSpan(args[0])), PlainSpan(AsSpan(args[1]))}},
                    context);
}

using SpanComparison = absl::optional<bool> (*)(const v1::Span&,
                                                const v1::Span&);

// `wanted` false turns the comparison round: `>` is not `<=`.
FunctionImpl CompareSpansBy(SpanComparison compare, bool wanted) {
  return [compare, wanted](Args args, EvalContext& context) {
    return SpanAnswer(compare(AsSpan(args[0]), AsSpan(args[1])), wanted, args,
                      context);
  };
}

Value SpanOrOverflow(const absl::optional<v1::Span>& span,
                     EvalContext& context) {
  if (!span.has_value()) {
    return context.Error(ErrorCode::kOverflow,
                         "the length is too large, or negative");
  }
  return MakeSpan(*span, context);
}

FunctionImpl SpanOf(void (v1::Span::*set)(std::int32_t)) {
  return [set](Args args, EvalContext& context) {
    const std::int64_t count = args[0].int_value();
    if (count < 0 || count > std::numeric_limits<std::int32_t>::max()) {
      return context.Error(ErrorCode::kRange,
                           absl::StrCat("a length cannot be ", count));
    }
    v1::Span span;
    (span.*set)(static_cast<std::int32_t>(count));
    return MakeSpan(span, context);
  };
}

// --- Numbers ---

Value SumInts(Args args, EvalContext& context) {
  const cel::ListValue& list = args[0].list();
  if (list.open()) return Value::Unknown(list.path(), context.arena());
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value item = list.Get(i, context);
    if (!item.is_int()) return item;
    if (__builtin_add_overflow(sum, item.int_value(), &sum)) {
      return context.Error(ErrorCode::kOverflow, "the sum is too large");
    }
  }
  return Value::Int(sum);
}

Value SumDoubles(Args args, EvalContext& context) {
  const cel::ListValue& list = args[0].list();
  if (list.open()) return Value::Unknown(list.path(), context.arena());
  double sum = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value item = list.Get(i, context);
    if (!item.is_double()) return item;
    sum += item.double_value();
  }
  return Value::Double(sum);
}

// --- Texts ---

Value StringInCpv(Args args, EvalContext& context) {
  const absl::string_view prefix = CpvPrefix(args[1].text());
  if (prefix.empty()) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("`", args[1].text(), "` is no CPV group"));
  }
  // Most codes differ in the first digit.
  const absl::string_view code = args[0].text();
  return Value::Bool(!code.empty() && code[0] == prefix[0] &&
                     absl::StartsWith(CpvDigits(code), prefix));
}

Value InAnyCpv(Args args, EvalContext& context) {
  const cel::ListValue& groups = args[1].list();
  bool any = false;
  const std::size_t size = groups.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value group = groups.Get(i, context);
    if (!group.is_string()) return group;
    const Value pair[] = {args[0], group};
    const Value answer = StringInCpv(pair, context);
    if (answer.is_error()) return answer;
    any = any || answer.IsTrue();
  }
  if (!any && groups.open()) {
    return Value::Unknown(groups.path(), context.arena());
  }
  return Value::Bool(any);
}

// Compiled patterns, shared by all threads. Patterns come from rule files; the
// bound is for expressions that make them up as they go.
class PatternCache {
 public:
  std::shared_ptr<const RE2> Get(absl::string_view pattern) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = patterns_.find(pattern);
    if (found != patterns_.end()) return found->second;
    RE2::Options options;
    options.set_log_errors(false);
    auto compiled = std::make_shared<const RE2>(
        re2::StringPiece(pattern.data(), pattern.size()), options);
    if (patterns_.size() >= kMaxPatterns) patterns_.clear();
    patterns_.emplace(std::string(pattern), compiled);
    return compiled;
  }

 private:
  static constexpr std::size_t kMaxPatterns = 512;

  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const RE2>> patterns_;
};

FunctionImpl Mentions(std::shared_ptr<PatternCache> patterns) {
  return [patterns = std::move(patterns)](Args args,
                                          EvalContext& context) -> Value {
    const std::shared_ptr<const RE2> pattern = patterns->Get(args[1].text());
    if (!pattern->ok()) {
      return context.Error(
          ErrorCode::kInvalidArgument,
          absl::StrCat("`", args[1].text(),
                       "` is no regular expression: ", pattern->error()));
    }
    for (const auto& entry : AsText(args[0]).by_language()) {
      if (!context.ChargeBytes(entry.second.size())) {
        return context.LimitError();
      }
      if (RE2::PartialMatch(entry.second, *pattern)) return Value::Bool(true);
    }
    return Value::Bool(false);
  };
}

// The first argument where `first` holds for the comparison, else the second.
template <typename Choose>
FunctionImpl ChooseBy(Choose choose) {
  return [choose](Args args, EvalContext& context) -> Value {
    const absl::optional<int> order = cel::Compare(args[0], args[1]);
    if (!order.has_value()) {
      return context.Error(ErrorCode::kInvalidArgument,
                           "a value that is no number has no order");
    }
    return choose(*order) ? args[0] : args[1];
  };
}

template <typename Choose>
FunctionImpl ChooseMoney(Choose choose) {
  return [choose](Args args, EvalContext& context) -> Value {
    const v1::Money& a = AsMoney(args[0]);
    const v1::Money& b = AsMoney(args[1]);
    if (const auto unknown = MoneyMismatch(a, b, context)) return *unknown;
    return choose(CompareMoney(a, b)) ? args[0] : args[1];
  };
}

template <typename Choose>
FunctionImpl ChooseDate(Choose choose) {
  return OnTwoDays([choose](absl::CivilDay a, absl::CivilDay b, Args args,
                            EvalContext&) -> Value {
    return choose(a < b ? -1 : 1) ? args[0] : args[1];
  });
}

FunctionDecl Comparison(absl::string_view op, absl::string_view name,
                        std::function<bool(int)> holds, FunctionImpl dates,
                        FunctionImpl spans) {
  const std::vector<Type> money(2, MoneyType());
  const std::vector<Type> date(2, DateType());
  const std::vector<Type> span(2, SpanType());
  return {std::string(op),
          {Global(absl::StrCat(name, "_money"), money, Type::Bool(),
                  CompareMoneyBy(std::move(holds))),
           Global(absl::StrCat(name, "_date"), date, Type::Bool(),
                  std::move(dates)),
           Global(absl::StrCat(name, "_span"), span, Type::Bool(),
                  std::move(spans))}};
}

void AddComparisons(std::vector<FunctionDecl>& functions) {
  functions.push_back(Comparison(
      cel::op::kLess, "less", [](int order) { return order < 0; },
      CompareDatesBy(std::less<>()), CompareSpansBy(SpanLess, true)));
  functions.push_back(Comparison(
      cel::op::kLessEquals, "less_equals", [](int order) { return order <= 0; },
      CompareDatesBy(std::less_equal<>()),
      CompareSpansBy(SpanLessEquals, true)));
  functions.push_back(Comparison(
      cel::op::kGreater, "greater", [](int order) { return order > 0; },
      CompareDatesBy(std::greater<>()), CompareSpansBy(SpanLessEquals, false)));
  functions.push_back(Comparison(
      cel::op::kGreaterEquals, "greater_equals",
      [](int order) { return order >= 0; },
      CompareDatesBy(std::greater_equal<>()), CompareSpansBy(SpanLess, false)));
  functions.push_back(Comparison(
      cel::op::kEquals, "equals", [](int order) { return order == 0; },
      CompareDatesBy(std::equal_to<>()), CompareSpansBy(SpanEquals, true)));
  functions.push_back(Comparison(
      cel::op::kNotEquals, "not_equals", [](int order) { return order != 0; },
      CompareDatesBy(std::not_equal_to<>()),
      CompareSpansBy(SpanEquals, false)));
}

void AddArithmetic(std::vector<FunctionDecl>& functions) {
  const Type money = MoneyType();
  const Type span = SpanType();
  functions.push_back(
      {std::string(cel::op::kAdd),
       {Global("add_money", {money, money}, money, CombineMoney(AddMoney)),
        Global("add_span", {span, span}, span,
               [](Args args, EvalContext& context) {
                 return SpanOrOverflow(
                     AddSpans(AsSpan(args[0]), AsSpan(args[1])), context);
               })}});
  functions.push_back({std::string(cel::op::kSubtract),
                       {Global("subtract_money", {money, money}, money,
                               CombineMoney(SubtractMoney))}});
  const auto by_int = [](std::size_t amount, std::size_t factor) {
    return [amount, factor](Args args, EvalContext& context) {
      return MoneyOrOverflow(
          ScaleMoney(AsMoney(args[amount]), args[factor].int_value()), context);
    };
  };
  const auto by_double = [](std::size_t amount, std::size_t factor) {
    return [amount, factor](Args args, EvalContext& context) {
      return MoneyOrOverflow(
          ScaleMoney(AsMoney(args[amount]), args[factor].double_value()),
          context);
    };
  };
  const auto spans = [](std::size_t length, std::size_t factor) {
    return [length, factor](Args args, EvalContext& context) {
      return SpanOrOverflow(
          ScaleSpan(AsSpan(args[length]), args[factor].int_value()), context);
    };
  };
  functions.push_back(
      {std::string(cel::op::kMultiply),
       {Global("money_times_int", {money, Type::Int()}, money, by_int(0, 1)),
        Global("int_times_money", {Type::Int(), money}, money, by_int(1, 0)),
        Global("money_times_double", {money, Type::Double()}, money,
               by_double(0, 1)),
        Global("double_times_money", {Type::Double(), money}, money,
               by_double(1, 0)),
        Global("span_times_int", {span, Type::Int()}, span, spans(0, 1)),
        Global("int_times_span", {Type::Int(), span}, span, spans(1, 0))}});
}

void AddAggregates(std::vector<FunctionDecl>& functions) {
  functions.push_back(
      {"sum",
       {Global("sum_money", {Type::List(MoneyType())}, MoneyType(), SumMoney),
        Global("sum_int", {Type::List(Type::Int())}, Type::Int(), SumInts),
        Global("sum_double", {Type::List(Type::Double())}, Type::Double(),
               SumDoubles)}});
  const auto add = [&](const std::string& name, auto choose) {
    const auto same = [&](absl::string_view id, const Type& type,
                          FunctionImpl impl) {
      return Global(absl::StrCat(name, "_", id), {type, type}, type,
                    std::move(impl));
    };
    functions.push_back({name,
                         {same("money", MoneyType(), ChooseMoney(choose)),
                          same("date", DateType(), ChooseDate(choose)),
                          same("int", Type::Int(), ChooseBy(choose)),
                          same("double", Type::Double(), ChooseBy(choose))}});
  };
  add("min", [](int order) { return order <= 0; });
  add("max", [](int order) { return order >= 0; });
}

void AddCalendarFunctions(std::shared_ptr<const CalendarTable> calendars,
                          std::vector<FunctionDecl>& functions) {
  const Type date = DateType();
  functions.push_back(
      {"date", {Global("date_of_string", {Type::String()}, date, ParseDate)}});
  functions.push_back(
      {"days_between",
       {Global(
           "days_between", {date, date}, Type::Int(),
           OnTwoDays([](absl::CivilDay from, absl::CivilDay to, Args,
                        EvalContext&) { return Value::Int(to - from); }))}});
  functions.push_back(
      {"working_days_between",
       {Global("working_days_between", {date, date, Type::String()},
               Type::Int(), WorkingDays(std::move(calendars)))}});
  functions.push_back(
      {"add_days",
       {Global("add_days", {date, Type::Int()}, date,
               MoveDay([](absl::CivilDay day, std::int64_t count) {
                 return day + count;
               }))}});
  functions.push_back(
      {"add_months",
       {Global("add_months", {date, Type::Int()}, date, MoveDay(AddMonths))}});
  functions.push_back({"months",
                       {Global("months_of_int", {Type::Int()}, SpanType(),
                               SpanOf(&v1::Span::set_months))}});
  functions.push_back({"days",
                       {Global("days_of_int", {Type::Int()}, SpanType(),
                               SpanOf(&v1::Span::set_days))}});
}

void AddTextFunctions(std::vector<FunctionDecl>& functions) {
  const Type string = Type::String();
  functions.push_back(
      {"in_cpv",
       {Method("string_in_cpv", {string, string}, Type::Bool(), StringInCpv),
        Method("string_in_cpv_list", {string, Type::List(string)}, Type::Bool(),
               InAnyCpv)}});
  functions.push_back(
      {"mentions",
       {Global("text_mentions", {TextType(), string}, Type::Bool(),
               Mentions(std::make_shared<PatternCache>()))}});
}

}  // namespace

std::vector<FunctionDecl> HostFunctions(
    std::shared_ptr<const CalendarTable> calendars) {
  std::vector<FunctionDecl> functions;
  AddComparisons(functions);
  AddArithmetic(functions);
  AddAggregates(functions);
  AddCalendarFunctions(std::move(calendars), functions);
  AddTextFunctions(functions);
  return functions;
}

}  // namespace klausul::engine
