// math.greatest and math.least: macros over functions of one number, of two,
// or of a list.

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/cel/ast.h"
#include "service/cel/extensions/math.h"
#include "service/cel/function_table.h"
#include "service/cel/macros.h"

namespace klausul::cel {
namespace {

// The macros' functions, which no author can write.
constexpr char kGreatest[] = "math.@max";
constexpr char kLeast[] = "math.@min";

// --- Functions ---------------------------------------------------------------

// The one of two that goes further in a direction (1 up, -1 down), as it is;
// the first where they are equal. Numbers compare across their types.
template <int kDirection>
Value Further(const Value& a, const Value& b, EvalContext& context) {
  const absl::optional<int> order = CompareNumbers(b, a);
  if (!order.has_value()) {
    return context.Error(ErrorCode::kInvalidArgument, "a NaN has no order");
  }
  return *order * kDirection > 0 ? b : a;
}

Value Itself(Args args, EvalContext&) {
  return args[0];
}

template <int kDirection>
Value FurtherOfTwo(Args args, EvalContext& context) {
  return Further<kDirection>(args[0], args[1], context);
}

template <int kDirection>
Value FurthestInList(Args args, EvalContext& context) {
  const ListValue& list = args[0].list();
  if (list.size() == 0) {
    return context.Error(ErrorCode::kInvalidArgument,
                         "an empty list has no greatest or least number");
  }
  Value furthest;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    if (!element.is_number()) {
      return context.Error(
          ErrorCode::kNoMatchingOverload,
          absl::StrCat("numbers have an order, not ", element.TypeName()));
    }
    furthest =
        i == 0 ? element : Further<kDirection>(furthest, element, context);
    if (furthest.is_error()) return furthest;
  }
  return furthest;
}

template <int kDirection>
void AddFunctions(EnvironmentBuilder& builder, const char* name) {
  struct Number {
    absl::string_view word;
    Type type;
  };

  const Number numbers[] = {
      {"int", Type::Int()}, {"uint", Type::Uint()}, {"double", Type::Double()}};
  const std::string id = kDirection > 0 ? "math_@max_" : "math_@min_";
  for (const Number& a : numbers) {
    const std::string one = absl::StrCat(id, a.word);
    const std::string list = absl::StrCat(id, "list_", a.word);
    AddRows(builder, CallStyle::kGlobal,
            {{name, one, {a.type}, a.type, Itself},
             {name,
              list,
              {Type::List(a.type)},
              a.type,
              FurthestInList<kDirection>}});
    for (const Number& b : numbers) {
      const std::string two = absl::StrCat(id, a.word, "_", b.word);
      AddRows(builder, CallStyle::kGlobal,
              {{name,
                two,
                {a.type, b.type},
                a.type == b.type ? a.type : Type::Dyn(),
                FurtherOfTwo<kDirection>}});
    }
  }
}

// --- Macros ------------------------------------------------------------------

bool IsNumber(const Constant& constant) {
  return constant.kind == ConstantKind::kInt ||
         constant.kind == ConstantKind::kUint ||
         constant.kind == ConstantKind::kDouble;
}

// Literals that can never be a number. What else stands there is for the
// checker to judge.
bool IsWrongLiteral(const Expr& arg) {
  switch (arg.kind) {
    case ExprKind::kConstant:
      return !IsNumber(arg.constant);
    case ExprKind::kList:
    case ExprKind::kMap:
    case ExprKind::kStruct:
      return true;
    default:
      return false;
  }
}

bool CheckNumbers(MacroContext& context, absl::Span<Expr* const> args) {
  for (const Expr* arg : args) {
    if (IsWrongLiteral(*arg)) {
      context.Error(arg->span, "this literal is no number");
      return false;
    }
  }
  return true;
}

// A tree of calls of two, as flat as can be.
Expr* Combine(MacroContext& context, absl::string_view function,
              absl::Span<Expr* const> args) {
  if (args.size() <= 2) {
    return context.NewCall(function, {args.begin(), args.end()});
  }
  const std::size_t half = args.size() / 2;
  const auto operand = [&](absl::Span<Expr* const> part) {
    return part.size() == 1 ? part[0] : Combine(context, function, part);
  };
  return context.NewCall(
      function, {operand(args.subspan(0, half)), operand(args.subspan(half))});
}

Expr* Expand(MacroContext& context, Expr& call, absl::string_view function) {
  // The macros share their names with methods that a host may have.
  if (call.operand->kind != ExprKind::kIdent || call.operand->name != "math") {
    return nullptr;
  }
  if (call.args.empty()) {
    return context.Error(
        call.span,
        absl::StrCat("`math.", call.name, "` takes at least one argument"));
  }
  const Expr& first = *call.args[0];
  if (call.args.size() == 1 && first.kind == ExprKind::kList) {
    if (first.args.empty()) {
      return context.Error(first.span,
                           "an empty list has no greatest or least number");
    }
    if (!CheckNumbers(context, first.args)) return nullptr;
  } else if (!CheckNumbers(context, call.args)) {
    return nullptr;
  }
  return Combine(context, absl::StrCat(".", function), call.args);
}

Expr* ExpandGreatest(MacroContext& context, Expr& call) {
  return Expand(context, call, kGreatest);
}

Expr* ExpandLeast(MacroContext& context, Expr& call) {
  return Expand(context, call, kLeast);
}

Macro OnMath(const char* name,
             Expr* (*expand)(MacroContext& context, Expr& call)) {
  Macro macro;
  macro.name = name;
  macro.receiver_style = true;
  macro.arg_count = Macro::kAnyArgCount;
  macro.expand = expand;
  return macro;
}

}  // namespace

void AddGreatestAndLeast(EnvironmentBuilder& builder) {
  AddFunctions<1>(builder, kGreatest);
  AddFunctions<-1>(builder, kLeast);
  builder.AddMacro(OnMath("greatest", ExpandGreatest))
      .AddMacro(OnMath("least", ExpandLeast));
}

}  // namespace klausul::cel
