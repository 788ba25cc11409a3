#include "service/cel/extensions/math.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

template <double (*kFunction)(double)>
Value OfDouble(Args args, EvalContext&) {
  return Value::Double(kFunction(args[0].double_value()));
}

// One of each name of <cmath>, which has many.
double Ceil(double value) {
  return std::ceil(value);
}

double Floor(double value) {
  return std::floor(value);
}

// Halves go away from zero.
double Round(double value) {
  return std::round(value);
}

double Trunc(double value) {
  return std::trunc(value);
}

Value IsInf(Args args, EvalContext&) {
  return Value::Bool(std::isinf(args[0].double_value()));
}

Value IsNan(Args args, EvalContext&) {
  return Value::Bool(std::isnan(args[0].double_value()));
}

Value IsFinite(Args args, EvalContext&) {
  return Value::Bool(std::isfinite(args[0].double_value()));
}

Value AbsInt(Args args, EvalContext& context) {
  const std::int64_t value = args[0].int_value();
  if (value == std::numeric_limits<std::int64_t>::min()) {
    return context.Error(ErrorCode::kOverflow,
                         "the absolute value does not fit an int");
  }
  return Value::Int(value < 0 ? -value : value);
}

Value AbsUint(Args args, EvalContext&) {
  return args[0];
}

Value AbsDouble(Args args, EvalContext&) {
  return Value::Double(std::fabs(args[0].double_value()));
}

Value SignInt(Args args, EvalContext&) {
  const std::int64_t value = args[0].int_value();
  return Value::Int((value > 0 ? 1 : 0) - (value < 0 ? 1 : 0));
}

Value SignUint(Args args, EvalContext&) {
  return Value::Uint(args[0].uint_value() > 0 ? 1 : 0);
}

// 0 for both zeros, a NaN for a NaN.
Value SignDouble(Args args, EvalContext&) {
  const double value = args[0].double_value();
  if (std::isnan(value)) return args[0];
  return Value::Double((value > 0 ? 1.0 : 0.0) - (value < 0 ? 1.0 : 0.0));
}

// A NaN for negative numbers.
Value Sqrt(Args args, EvalContext&) {
  const Value& value = args[0];
  if (value.is_int()) {
    return Value::Double(std::sqrt(static_cast<double>(value.int_value())));
  }
  if (value.is_uint()) {
    return Value::Double(std::sqrt(static_cast<double>(value.uint_value())));
  }
  return Value::Double(std::sqrt(value.double_value()));
}

}  // namespace

void AddMath(EnvironmentBuilder& builder) {
  const Type d = Type::Double();
  const Type i = Type::Int();
  const Type u = Type::Uint();
  const Type truth = Type::Bool();
  AddRows(builder, CallStyle::kGlobal,
          {
              {"math.ceil", "math_ceil_double", {d}, d, OfDouble<Ceil>},
              {"math.floor", "math_floor_double", {d}, d, OfDouble<Floor>},
              {"math.round", "math_round_double", {d}, d, OfDouble<Round>},
              {"math.trunc", "math_trunc_double", {d}, d, OfDouble<Trunc>},
              {"math.isInf", "math_isInf_double", {d}, truth, IsInf},
              {"math.isNaN", "math_isNaN_double", {d}, truth, IsNan},
              {"math.isFinite", "math_isFinite_double", {d}, truth, IsFinite},
              {"math.abs", "math_abs_int", {i}, i, AbsInt},
              {"math.abs", "math_abs_uint", {u}, u, AbsUint},
              {"math.abs", "math_abs_double", {d}, d, AbsDouble},
              {"math.sign", "math_sign_int", {i}, i, SignInt},
              {"math.sign", "math_sign_uint", {u}, u, SignUint},
              {"math.sign", "math_sign_double", {d}, d, SignDouble},
              {"math.sqrt", "math_sqrt_int", {i}, d, Sqrt},
              {"math.sqrt", "math_sqrt_uint", {u}, d, Sqrt},
              {"math.sqrt", "math_sqrt_double", {d}, d, Sqrt},
          });
  AddGreatestAndLeast(builder);
  AddBitOperations(builder);
}

}  // namespace klausul::cel
