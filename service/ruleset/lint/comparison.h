#ifndef KLAUSUL_SERVICE_RULESET_LINT_COMPARISON_H_
#define KLAUSUL_SERVICE_RULESET_LINT_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/optional.h"

#include "service/cel/checker.h"

// What a condition says of one term, for reasoning without a plan.

namespace klausul::ruleset {

// How two values stand to each other, as a set of bits.
using RelationSet = std::uint8_t;
inline constexpr RelationSet kBelow = 1;
inline constexpr RelationSet kEqual = 2;
inline constexpr RelationSet kAbove = 4;
inline constexpr RelationSet kAnyRelation = kBelow | kEqual | kAbove;

// A constant: a number, an enum value, a text, or a day.
struct Point {
  // Values of one kind have an order that means something; else they are equal
  // or not.
  bool ordered = false;
  bool is_number = false;
  double number = 0;
  std::string text;

  friend bool operator==(const Point& a, const Point& b) {
    return a.ordered == b.ordered && a.is_number == b.is_number &&
           a.number == b.number && a.text == b.text;
  }

  friend bool operator<(const Point& a, const Point& b) {
    return a.is_number && b.is_number ? a.number < b.number : a.text < b.text;
  }
};

// `term < other`, `term in [...]`: what stands on the left, and how it may
// stand to what stands on the right.
struct Comparison {
  const cel::Expr* term = nullptr;
  RelationSet relations = kAnyRelation;
  // The right side where it is constant: one value, or those of a list (the
  // term equals one of them).
  std::vector<Point> points;
  bool is_list = false;
  // The right side where it is none.
  const cel::Expr* other = nullptr;
};

// The comparison that an expression is; a constant on the left side changes
// sides. nullopt for any other expression, and for one between two constants.
absl::optional<Comparison> ToComparison(const cel::CheckedExpr& checked,
                                        const cel::Expr& expr);

// What the term of a comparison may be, given others of the same term: each
// either holds or does not.
struct KnownComparison {
  Comparison comparison;
  bool holds = true;
};

enum class Truth { kOpen, kTrue, kFalse };

// Whether the comparison follows from what is known, or is ruled out by it. The
// term has a value: what is not stated decides nothing. `known` may be empty:
// `size(x) >= 0` needs no help.
Truth Decide(const cel::CheckedExpr& checked, const Comparison& comparison,
             const std::vector<KnownComparison>& known);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_COMPARISON_H_
