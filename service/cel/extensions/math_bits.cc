// Bits of int and uint: math.bitAnd and its kin. An int is its 64 bits.

#include <cstdint>

#include "service/cel/extensions/math.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

constexpr std::int64_t kBits = 64;

std::uint64_t BitsOf(const Value& value) {
  return value.is_uint() ? value.uint_value()
                         : static_cast<std::uint64_t>(value.int_value());
}

// A value of the same kind as `like`.
Value WithBits(std::uint64_t bits, const Value& like) {
  return like.is_uint() ? Value::Uint(bits)
                        : Value::Int(static_cast<std::int64_t>(bits));
}

Value BitAnd(Args args, EvalContext&) {
  return WithBits(BitsOf(args[0]) & BitsOf(args[1]), args[0]);
}

Value BitOr(Args args, EvalContext&) {
  return WithBits(BitsOf(args[0]) | BitsOf(args[1]), args[0]);
}

Value BitXor(Args args, EvalContext&) {
  return WithBits(BitsOf(args[0]) ^ BitsOf(args[1]), args[0]);
}

Value BitNot(Args args, EvalContext&) {
  return WithBits(~BitsOf(args[0]), args[0]);
}

Value NegativeShift(EvalContext& context) {
  return context.Error(ErrorCode::kInvalidArgument,
                       "the number of bits to shift by is negative");
}

Value ShiftLeft(Args args, EvalContext& context) {
  const std::int64_t count = args[1].int_value();
  if (count < 0) return NegativeShift(context);
  return WithBits(count < kBits ? BitsOf(args[0]) << count : 0, args[0]);
}

// Zeros come in from the left, for a negative int too.
Value ShiftRight(Args args, EvalContext& context) {
  const std::int64_t count = args[1].int_value();
  if (count < 0) return NegativeShift(context);
  return WithBits(count < kBits ? BitsOf(args[0]) >> count : 0, args[0]);
}

}  // namespace

void AddBitOperations(EnvironmentBuilder& builder) {
  const Type i = Type::Int();
  const Type u = Type::Uint();
  AddRows(builder, CallStyle::kGlobal,
          {
              {"math.bitAnd", "math_bitAnd_int_int", {i, i}, i, BitAnd},
              {"math.bitAnd", "math_bitAnd_uint_uint", {u, u}, u, BitAnd},
              {"math.bitOr", "math_bitOr_int_int", {i, i}, i, BitOr},
              {"math.bitOr", "math_bitOr_uint_uint", {u, u}, u, BitOr},
              {"math.bitXor", "math_bitXor_int_int", {i, i}, i, BitXor},
              {"math.bitXor", "math_bitXor_uint_uint", {u, u}, u, BitXor},
              {"math.bitNot", "math_bitNot_int_int", {i}, i, BitNot},
              {"math.bitNot", "math_bitNot_uint_uint", {u}, u, BitNot},
              {"math.bitShiftLeft",
               "math_bitShiftLeft_int_int",
               {i, i},
               i,
               ShiftLeft},
              {"math.bitShiftLeft",
               "math_bitShiftLeft_uint_int",
               {u, i},
               u,
               ShiftLeft},
              {"math.bitShiftRight",
               "math_bitShiftRight_int_int",
               {i, i},
               i,
               ShiftRight},
              {"math.bitShiftRight",
               "math_bitShiftRight_uint_int",
               {u, i},
               u,
               ShiftRight},
          });
}

}  // namespace klausul::cel
