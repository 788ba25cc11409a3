#ifndef KLAUSUL_TESTS_CEL_EXPRESSION_GENERATOR_H_
#define KLAUSUL_TESTS_CEL_EXPRESSION_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace klausul::cel {

// Makes expressions over the variables of everything.h, the same ones for the
// same seed. Most have a type, so that they get through the checker and come
// to something; some do not.
class ExpressionGenerator {
 public:
  // What an expression is to be.
  enum class Kind {
    kBool,
    kInt,
    kUint,
    kDouble,
    kString,
    kBytes,
    kTimestamp,
    kDuration,
    kList,   // of ints
    kWords,  // list of strings
    kMap,    // string to int
    kOptional,
    kDyn,
  };
  static constexpr int kKindCount = static_cast<int>(Kind::kDyn) + 1;

  explicit ExpressionGenerator(std::uint64_t seed) : random_(seed) {}

  // Of any kind.
  std::string Next(int depth) {
    variables_.clear();
    return Make(static_cast<Kind>(Below(kKindCount)), depth);
  }

  // `wrong_percent` of the operands are of a kind that was not asked for.
  void set_wrong_percent(int percent) { wrong_percent_ = percent; }

  // Only what both modes have: no messages with enums, no mixed lists, no
  // unset fields.
  void set_plan_only(bool plan_only) { plan_only_ = plan_only; }

 private:
  // A shape with `$0`, `$1`... for operands of these kinds.
  struct Shape {
    const char* text;
    std::vector<Kind> operands;
  };

  int Below(int limit) {
    return static_cast<int>(random_() % static_cast<std::uint64_t>(limit));
  }

  template <typename T>
  const T& OneOf(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(Below(static_cast<int>(from.size())))];
  }

  std::string Make(Kind kind, int depth) {
    if (Below(100) < wrong_percent_) {
      kind = static_cast<Kind>(Below(kKindCount));
    }
    if (depth <= 0 || Below(6) == 0) return Leaf(kind);
    if (kind != Kind::kDyn && Below(8) == 0) {
      return absl::StrCat("(", Make(Kind::kBool, depth - 1), " ? ",
                          Make(kind, depth - 1), " : ", Make(kind, depth - 1),
                          ")");
    }
    if (Below(12) == 0) return Bind(kind, depth);
    if (kind == Kind::kBool && Below(3) == 0) return Quantifier(depth);
    if (kind == Kind::kList && Below(3) == 0) return Fold(depth);
    const Shape& shape = OneOf(Shapes(kind));
    std::vector<std::string> parts;
    for (const Kind operand : shape.operands)
      parts.push_back(Make(operand, depth - 1));
    return Fill(shape.text, parts);
  }

  static std::string Fill(absl::string_view text,
                          const std::vector<std::string>& parts) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '$') {
        absl::StrAppend(&out, "(",
                        parts[static_cast<std::size_t>(text[++i] - '0')], ")");
      } else {
        out.push_back(text[i]);
      }
    }
    return out;
  }

  std::string Fresh() { return absl::StrCat("v", variables_.size()); }

  // `cel.bind` of a variable that the body may read.
  std::string Bind(Kind kind, int depth) {
    const std::string name = Fresh();
    const std::string value = Make(Kind::kInt, depth - 1);
    variables_.push_back(name);
    const std::string body = Make(kind, depth - 1);
    variables_.pop_back();
    return absl::StrCat("cel.bind(", name, ", ", value, ", ", body, ")");
  }

  std::string Quantifier(int depth) {
    const std::string list = Make(Kind::kList, depth - 1);
    const std::string name = Fresh();
    variables_.push_back(name);
    const std::string body = Make(Kind::kBool, depth - 1);
    variables_.pop_back();
    const std::string macro =
        OneOf<std::string>({"all", "exists", "exists_one", "existsOne"});
    if (Below(4) == 0) {
      return absl::StrCat("(", list, ").", macro, "(n, ", name, ", ", body,
                          ")");
    }
    return absl::StrCat("(", list, ").", macro, "(", name, ", ", body, ")");
  }

  std::string Fold(int depth) {
    const std::string list = Make(Kind::kList, depth - 1);
    const std::string name = Fresh();
    variables_.push_back(name);
    const std::string body = Make(Kind::kInt, depth - 1);
    const std::string predicate = Make(Kind::kBool, depth - 1);
    variables_.pop_back();
    switch (Below(4)) {
      case 0:
        return absl::StrCat("(", list, ").map(", name, ", ", body, ")");
      case 1:
        return absl::StrCat("(", list, ").filter(", name, ", ", predicate, ")");
      case 2:
        return absl::StrCat("(", list, ").map(", name, ", ", predicate, ", ",
                            body, ")");
      default:
        return absl::StrCat("(", list, ").transformList(n, ", name, ", ", body,
                            ")");
    }
  }

  std::string Leaf(Kind kind) {
    switch (kind) {
      case Kind::kBool:
        return OneOf<std::string>({"true", "false", "b", "plan.ready"});
      case Kind::kInt:
        if (!variables_.empty() && Below(2) == 0) return OneOf(variables_);
        return OneOf<std::string>(
            {"0", "1", "-1", "-7", "0x1F", "9223372036854775807",
             "-9223372036854775808", "i", "plan.count", "plan.value.units"});
      case Kind::kUint:
        return OneOf<std::string>(
            {"0u", "3u", "0xFFu", "18446744073709551615u", "u", "plan.size"});
      case Kind::kDouble:
        return OneOf<std::string>(
            {"0.0", "-1.5", "1e10", ".5", "1e-320", "d", "-0.0", "plan.share"});
      case Kind::kString:
        return OneOf<std::string>({"\"\"", "'a'", "r\"\\d\"", "'''x'y'''",
                                   "\"\\u00e6\\n\\\"\"", "s", "plan.title",
                                   "plan.codes[0]", "\"\"\"q\"\"\""});
      case Kind::kBytes:
        return OneOf<std::string>(
            {"b''", "b\"\\x00\\377\"", "b'\u00E6'", "y", "plan.blob"});
      case Kind::kTimestamp:
        return OneOf<std::string>({"t", "plan.sent",
                                   "timestamp('2026-02-28T23:59:59.5Z')",
                                   "timestamp(0)"});
      case Kind::kDuration:
        return OneOf<std::string>(
            {"p", "plan.period", "duration('-1h0.5s')", "duration('1ns')"});
      case Kind::kList:
        return OneOf<std::string>({"[]", "[1, 2, 3]", "l", "[-1,]"});
      case Kind::kWords:
        return OneOf<std::string>({"ls", "['a', 'b']", "plan.codes"});
      case Kind::kMap:
        return OneOf<std::string>({"{}", "{'a': 1}", "m"});
      case Kind::kOptional:
        if (plan_only_) return "optional.of(1)";
        return OneOf<std::string>(
            {"o", "optional.none()", "optional.of(2)", "m.?a", "l[?5]"});
      case Kind::kDyn:
        if (plan_only_) return "i";
        return OneOf<std::string>({"x", "null", "w", "dyn(1)", "dyn('a')",
                                   "plan.json", "plan.limit", "plan.extra",
                                   "int", "plan", "[1, 'a']", "plan.object",
                                   "plan.lots[0]", "type(i)"});
    }
    return "0";
  }

  static const std::vector<Shape>& Shapes(Kind kind) {
    using K = Kind;
    static const auto& shapes = *new std::vector<std::vector<Shape>>{
        // kBool
        {{"$0 && $1", {K::kBool, K::kBool}},
         {"$0 || $1 || $2", {K::kBool, K::kBool, K::kBool}},
         {"!$0", {K::kBool}},
         {"!!$0", {K::kBool}},
         {"$0 == $1", {K::kInt, K::kInt}},
         {"$0 != $1", {K::kString, K::kString}},
         {"$0 < $1", {K::kDouble, K::kDouble}},
         {"$0 >= $1", {K::kInt, K::kDouble}},
         {"$0 <= $1", {K::kTimestamp, K::kTimestamp}},
         {"$0 > $1", {K::kDuration, K::kDuration}},
         {"$0 in $1", {K::kInt, K::kList}},
         {"$0 in $1", {K::kString, K::kMap}},
         {"$0 == $1", {K::kList, K::kList}},
         {"$0 == $1", {K::kMap, K::kMap}},
         {"$0.contains($1)", {K::kString, K::kString}},
         {"$0.matches($1)", {K::kString, K::kString}},
         {"$0.hasValue()", {K::kOptional}},
         {"has(plan.value)", {}},
         {"plan.lots.exists(z, z.count > $0)", {K::kInt}},
         {"plan.clauses.all(k, k != $0)", {K::kString}}},
        // kInt
        {{"$0 + $1", {K::kInt, K::kInt}},
         {"$0 - $1", {K::kInt, K::kInt}},
         {"$0 * $1 / $2", {K::kInt, K::kInt, K::kInt}},
         {"$0 % $1", {K::kInt, K::kInt}},
         {"-$0", {K::kInt}},
         {"--$0", {K::kInt}},
         {"size($0)", {K::kList}},
         {"$0.size()", {K::kString}},
         {"size($0)", {K::kMap}},
         {"int($0)", {K::kDouble}},
         {"int($0)", {K::kUint}},
         {"int($0)", {K::kString}},
         {"$0[$1]", {K::kList, K::kInt}},
         {"$0[$1]", {K::kMap, K::kString}},
         {"$0.orValue($1)", {K::kOptional, K::kInt}},
         {"$0.getFullYear()", {K::kTimestamp}},
         {"$0.getHours()", {K::kDuration}}},
        // kUint
        {{"$0 + $1", {K::kUint, K::kUint}},
         {"$0 * $1", {K::kUint, K::kUint}},
         {"uint($0)", {K::kInt}}},
        // kDouble
        {{"$0 / $1", {K::kDouble, K::kDouble}},
         {"$0 - $1", {K::kDouble, K::kDouble}},
         {"-$0", {K::kDouble}},
         {"double($0)", {K::kInt}},
         {"double($0)", {K::kString}}},
        // kString
        {{"$0 + $1", {K::kString, K::kString}},
         {"string($0)", {K::kInt}},
         {"string($0)", {K::kDouble}},
         {"string($0)", {K::kTimestamp}},
         {"string($0)", {K::kBytes}},
         {"$0[$1]", {K::kWords, K::kInt}}},
        // kBytes
        {{"$0 + $1", {K::kBytes, K::kBytes}}, {"bytes($0)", {K::kString}}},
        // kTimestamp
        {{"$0 + $1", {K::kTimestamp, K::kDuration}},
         {"timestamp($0)", {K::kString}},
         {"timestamp($0)", {K::kInt}}},
        // kDuration
        {{"$0 - $1", {K::kTimestamp, K::kTimestamp}},
         {"$0 + $1", {K::kDuration, K::kDuration}},
         {"duration($0)", {K::kString}}},
        // kList
        {{"[$0, $1]", {K::kInt, K::kInt}},
         {"$0 + $1", {K::kList, K::kList}},
         {"[$0, ?$1]", {K::kInt, K::kOptional}}},
        // kWords
        {{"[$0, $1]", {K::kString, K::kString}},
         {"$0 + $1", {K::kWords, K::kWords}}},
        // kMap
        {{"{$0: $1}", {K::kString, K::kInt}},
         {"{'k': $0, ?'o': $1}", {K::kInt, K::kOptional}},
         {"$0.transformMap(k, v, v + $1)", {K::kMap, K::kInt}}},
        // kOptional
        {{"optional.of($0)", {K::kInt}},
         {"optional.ofNonZeroValue($0)", {K::kInt}},
         {"$0[?$1]", {K::kMap, K::kString}},
         {"$0.or($1)", {K::kOptional, K::kOptional}},
         {"$0.optMap(q, q + $1)", {K::kOptional, K::kInt}}},
        // kDyn
        {{"dyn($0)", {K::kInt}},
         {"dyn($0)", {K::kList}},
         {"[$0, $1]", {K::kInt, K::kString}},
         {"{$0: $1}", {K::kBool, K::kWords}},
         {"$0 + $1", {K::kDyn, K::kDyn}},
         {"$0 == $1", {K::kDyn, K::kDyn}},
         {"$0[$1]", {K::kDyn, K::kInt}},
         {"$0.f", {K::kDyn}},
         {"$0.all(e, e)", {K::kDyn}},
         {"$0 ? $1 : $2", {K::kBool, K::kDyn, K::kDyn}},
         {"type($0)", {K::kDyn}},
         {"Plan{count: $0, title: $1}", {K::kInt, K::kString}},
         {"Plan{?count: $0}.count", {K::kOptional}}},
    };
    return shapes[static_cast<std::size_t>(kind)];
  }

  std::mt19937_64 random_;
  int wrong_percent_ = 0;
  bool plan_only_ = false;
  std::vector<std::string> variables_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_EXPRESSION_GENERATOR_H_
