// Text: contains, startsWith, endsWith, matches.

#include <memory>

#include "absl/strings/match.h"

#include "service/cel/function_table.h"
#include "service/cel/regex.h"

namespace klausul::cel {
namespace {

Value Contains(Args args, EvalContext& context) {
  context.ChargeBytes(args[0].text().size());
  return Value::Bool(absl::StrContains(args[0].text(), args[1].text()));
}

Value StartsWith(Args args, EvalContext&) {
  return Value::Bool(absl::StartsWith(args[0].text(), args[1].text()));
}

Value EndsWith(Args args, EvalContext&) {
  return Value::Bool(absl::EndsWith(args[0].text(), args[1].text()));
}

// With a pattern that only evaluation shows; those written out are compiled
// when the expression is made ready.
Value Matches(Args args, EvalContext& context) {
  // Compiling costs far more than reading, however short the pattern is.
  constexpr std::int64_t kStepsPerPattern = 1000;
  const absl::string_view pattern = args[1].text();
  if (!context.Charge(kStepsPerPattern)) {
    return context.LimitError();
  }
  return MatchPattern(args[0].text(), *CompilePattern(pattern), context);
}

}  // namespace

void AddTextFunctions(EnvironmentBuilder& builder) {
  const Type s = Type::String();
  const Type truth = Type::Bool();
  AddRows(builder, CallStyle::kReceiver,
          {
              {"contains", "contains_string", {s, s}, truth, Contains},
              {"startsWith", "starts_with_string", {s, s}, truth, StartsWith},
              {"endsWith", "ends_with_string", {s, s}, truth, EndsWith},
              {"matches", "matches_string", {s, s}, truth, Matches},
          });
  AddRows(builder, CallStyle::kGlobal,
          {{"matches", "matches", {s, s}, truth, Matches}});
}

}  // namespace klausul::cel
