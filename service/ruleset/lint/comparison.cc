#include "service/ruleset/lint/comparison.h"

#include <algorithm>
#include <utility>

namespace klausul::ruleset {
namespace {

using cel::ConstantKind;
using cel::Expr;
using cel::ExprKind;

absl::optional<RelationSet> RelationsOf(absl::string_view function) {
  namespace op = cel::op;
  if (function == op::kLess) return kBelow;
  if (function == op::kLessEquals) return kBelow | kEqual;
  if (function == op::kEquals) return kEqual;
  if (function == op::kNotEquals) return kBelow | kAbove;
  if (function == op::kGreaterEquals) return kEqual | kAbove;
  if (function == op::kGreater) return kAbove;
  return absl::nullopt;
}

RelationSet Mirrored(RelationSet relations) {
  RelationSet mirrored = relations & kEqual;
  if ((relations & kBelow) != 0) mirrored |= kAbove;
  if ((relations & kAbove) != 0) mirrored |= kBelow;
  return mirrored;
}

Point Number(double value, bool ordered) {
  Point point;
  point.is_number = true;
  point.ordered = ordered;
  point.number = value;
  return point;
}

Point TextPoint(absl::string_view text, bool ordered) {
  Point point;
  point.ordered = ordered;
  point.text = std::string(text);
  return point;
}

absl::optional<Point> ToPoint(const cel::CheckedExpr& checked,
                              const Expr& expr) {
  const cel::Reference* reference = checked.reference(expr);
  if (reference != nullptr &&
      reference->kind == cel::ReferenceKind::kConstant) {
    return Number(static_cast<double>(reference->constant.int_value), false);
  }
  // `date("2026-07-01")`: the text of a day sorts as the day does.
  if (expr.IsCall("date") && expr.args.size() == 1 &&
      expr.args[0]->kind == ExprKind::kConstant &&
      expr.args[0]->constant.kind == ConstantKind::kString) {
    return TextPoint(expr.args[0]->constant.text, true);
  }
  if (expr.kind != ExprKind::kConstant) return absl::nullopt;
  switch (expr.constant.kind) {
    case ConstantKind::kInt:
      return Number(static_cast<double>(expr.constant.int_value), true);
    case ConstantKind::kUint:
      return Number(static_cast<double>(expr.constant.uint_value), true);
    case ConstantKind::kDouble:
      return Number(expr.constant.double_value, true);
    case ConstantKind::kString:
      return TextPoint(expr.constant.text, false);
    default:
      return absl::nullopt;
  }
}

absl::optional<Comparison> ToMembership(const cel::CheckedExpr& checked,
                                        const Expr& expr) {
  if (expr.args.size() != 2 || expr.args[1]->kind != ExprKind::kList ||
      !expr.args[1]->optional_indices.empty()) {
    return absl::nullopt;
  }
  Comparison comparison;
  comparison.term = expr.args[0];
  comparison.relations = kEqual;
  comparison.is_list = true;
  for (const Expr* element : expr.args[1]->args) {
    absl::optional<Point> point = ToPoint(checked, *element);
    if (!point.has_value()) return absl::nullopt;
    comparison.points.push_back(*std::move(point));
  }
  return comparison;
}

bool IsSize(const Expr& expr) {
  return expr.kind == ExprKind::kCall && expr.name == "size";
}

// One piece of the line on which the values of a term lie: at point `index`, or
// between it and the one before (after the last one where it is the size).
struct Region {
  std::size_t index = 0;
  bool at = false;
};

// The points that split the line, ascending, each once.
class Line {
 public:
  Line(const cel::CheckedExpr& checked, const Comparison& comparison,
       const std::vector<KnownComparison>& known) {
    Add(comparison.points);
    for (const KnownComparison& one : known)
      Add(one.comparison.points);
    has_floor_ = IsSize(*comparison.term);
    if (has_floor_) Add({Number(0, true)});
    std::sort(points_.begin(), points_.end());
    points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
    whole_numbers_ = checked.type(*comparison.term).Is(cel::TypeKind::kInt);
    if (has_floor_) smallest_ = Find(Number(0, true));
  }

  // Regions that a value can be in.
  std::vector<Region> Regions() const {
    std::vector<Region> regions;
    for (std::size_t i = 0; i <= points_.size(); ++i) {
      if (i < smallest_) continue;
      const bool below_floor = has_floor_ && i == smallest_;
      if (!below_floor && !IsEmptyGap(i)) regions.push_back({i, false});
      if (i < points_.size()) regions.push_back({i, true});
    }
    return regions;
  }

  bool Meets(const Comparison& comparison, const Region& region) const {
    return std::any_of(
        comparison.points.begin(), comparison.points.end(),
        [&](const Point& point) {
          return (comparison.relations & Relation(region, Find(point))) != 0;
        });
  }

 private:
  void Add(const std::vector<Point>& points) {
    points_.insert(points_.end(), points.begin(), points.end());
  }

  std::size_t Find(const Point& point) const {
    return static_cast<std::size_t>(
        std::lower_bound(points_.begin(), points_.end(), point) -
        points_.begin());
  }

  // Between 3 and 4 lies no whole number.
  bool IsEmptyGap(std::size_t i) const {
    return whole_numbers_ && i > 0 && i < points_.size() &&
           points_[i].is_number &&
           points_[i].number - points_[i - 1].number <= 1;
  }

  static RelationSet Relation(const Region& region, std::size_t point) {
    if (region.at && region.index == point) return kEqual;
    return region.index <= point ? kBelow : kAbove;
  }

  std::vector<Point> points_;
  bool whole_numbers_ = false;
  // No value is below the point `smallest_`.
  bool has_floor_ = false;
  std::size_t smallest_ = 0;
};

// Values without an order are equal or not, and nothing else is known of them.
bool OnlyEquality(const Comparison& comparison) {
  return comparison.relations == kEqual ||
         comparison.relations == (kBelow | kAbove);
}

bool Fits(const Comparison& comparison) {
  if (comparison.points.empty()) return false;
  const bool ordered = comparison.points.front().ordered;
  return std::all_of(comparison.points.begin(), comparison.points.end(),
                     [&](const Point& point) {
                       return point.ordered == ordered &&
                              point.is_number ==
                                  comparison.points.front().is_number;
                     }) &&
         (ordered || OnlyEquality(comparison));
}

Truth ByRelations(const Comparison& comparison,
                  const std::vector<KnownComparison>& known) {
  RelationSet allowed = kAnyRelation;
  for (const KnownComparison& one : known) {
    if (one.comparison.other == nullptr ||
        !cel::SameTree(*one.comparison.other, *comparison.other)) {
      continue;
    }
    allowed &= one.holds ? one.comparison.relations
                         : kAnyRelation & ~one.comparison.relations;
  }
  if (allowed == kAnyRelation) return Truth::kOpen;
  if ((allowed & comparison.relations) == 0) return Truth::kFalse;
  if ((allowed & ~comparison.relations) == 0) return Truth::kTrue;
  return Truth::kOpen;
}

}  // namespace

absl::optional<Comparison> ToComparison(const cel::CheckedExpr& checked,
                                        const Expr& expr) {
  if (expr.IsCall(cel::op::kIn)) return ToMembership(checked, expr);
  if (expr.kind != ExprKind::kCall || expr.operand != nullptr ||
      expr.args.size() != 2) {
    return absl::nullopt;
  }
  const absl::optional<RelationSet> relations = RelationsOf(expr.name);
  if (!relations.has_value()) return absl::nullopt;
  absl::optional<Point> left = ToPoint(checked, *expr.args[0]);
  absl::optional<Point> right = ToPoint(checked, *expr.args[1]);
  if (left.has_value() && right.has_value()) return absl::nullopt;
  Comparison comparison;
  comparison.term = expr.args[left.has_value() ? 1 : 0];
  comparison.relations = left.has_value() ? Mirrored(*relations) : *relations;
  if (left.has_value()) {
    comparison.points.push_back(*std::move(left));
  } else if (right.has_value()) {
    comparison.points.push_back(*std::move(right));
  } else {
    comparison.other = expr.args[1];
  }
  return comparison;
}

Truth Decide(const cel::CheckedExpr& checked, const Comparison& comparison,
             const std::vector<KnownComparison>& known) {
  std::vector<KnownComparison> same;
  for (const KnownComparison& one : known) {
    if (!cel::SameTree(*one.comparison.term, *comparison.term)) continue;
    if ((one.comparison.other == nullptr) != (comparison.other == nullptr)) {
      continue;
    }
    same.push_back(one);
  }
  if (comparison.other != nullptr) return ByRelations(comparison, same);
  if (!Fits(comparison)) return Truth::kOpen;
  same.erase(std::remove_if(same.begin(), same.end(),
                            [&](const KnownComparison& one) {
                              return !Fits(one.comparison) ||
                                     one.comparison.points.front().ordered !=
                                         comparison.points.front().ordered;
                            }),
             same.end());
  const Line line(checked, comparison, same);
  bool can_hold = false;
  bool can_fail = false;
  for (const Region& region : line.Regions()) {
    const bool possible =
        std::all_of(same.begin(), same.end(), [&](const KnownComparison& one) {
          return line.Meets(one.comparison, region) == one.holds;
        });
    if (!possible) continue;
    (line.Meets(comparison, region) ? can_hold : can_fail) = true;
  }
  // Nothing is possible: what is known contradicts itself, which is told there.
  if (can_hold == can_fail) return Truth::kOpen;
  return can_hold ? Truth::kTrue : Truth::kFalse;
}

}  // namespace klausul::ruleset
