#ifndef KLAUSUL_TESTS_CEL_PARSER_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_PARSER_FIXTURE_H_

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/describe.h"

namespace klausul::cel {

// Every macro of the language and of its extensions that the parser knows.
inline const std::vector<Macro>& AllMacros() {
  static const auto& macros = *[] {
    auto* all = new std::vector<Macro>(StandardMacros());
    for (const auto* more : {&TwoVariableMacros(), &BindMacros()}) {
      all->insert(all->end(), more->begin(), more->end());
    }
    return all;
  }();
  return macros;
}

inline std::shared_ptr<const Ast> ParseText(absl::string_view text,
                                            DiagnosticSink& sink) {
  ParseOptions options;
  options.macros = &AllMacros();
  options.optional_syntax = true;
  return Parse(Source(text), options, sink);
}

// A tree in a form that hides nothing: `(f a b)`, `(. a f)`.
inline std::string Show(const Expr& expr);

inline std::string ShowAll(const std::vector<Expr*>& exprs) {
  return absl::StrJoin(exprs, " ", [](std::string* out, const Expr* expr) {
    absl::StrAppend(out, Show(*expr));
  });
}

inline std::string ShowEntries(const Expr& expr) {
  return absl::StrJoin(
      expr.entries, " ", [](std::string* out, const Entry& entry) {
        absl::StrAppend(
            out, entry.optional ? "?" : "",
            entry.key != nullptr ? Show(*entry.key) : std::string(entry.field),
            ":", Show(*entry.value));
      });
}

inline std::string ShowConstant(const Constant& constant) {
  switch (constant.kind) {
    case ConstantKind::kNull:
      return "null";
    case ConstantKind::kBool:
      return constant.bool_value ? "true" : "false";
    case ConstantKind::kInt:
      return absl::StrCat(constant.int_value);
    case ConstantKind::kUint:
      return absl::StrCat(constant.uint_value, "u");
    case ConstantKind::kDouble:
      return absl::StrCat(constant.double_value, "d");
    case ConstantKind::kString:
      return absl::StrCat("'", constant.text, "'");
    case ConstantKind::kBytes:
      return absl::StrCat("b'", constant.text, "'");
  }
  return "";
}

inline std::string Show(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return ShowConstant(expr.constant);
    case ExprKind::kIdent:
      return std::string(expr.name);
    case ExprKind::kSelect:
      return absl::StrCat("(",
                          expr.mode == SelectMode::kHas ? "has"
                          : expr.optional               ? ".?"
                                                        : ".",
                          " ", Show(*expr.operand), " ", expr.name, ")");
    case ExprKind::kCall:
      return absl::StrCat(
          "(",
          expr.has_receiver() ? absl::StrCat(Show(*expr.operand), " ") : "",
          expr.has_receiver() ? "." : "", expr.name,
          expr.args.empty() ? "" : " ", ShowAll(expr.args), ")");
    case ExprKind::kList:
      return absl::StrCat("[", ShowAll(expr.args), "]",
                          expr.optional_indices.empty() ? "" : "?",
                          absl::StrJoin(expr.optional_indices, ","));
    case ExprKind::kMap:
      return absl::StrCat("{", ShowEntries(expr), "}");
    case ExprKind::kStruct:
      return absl::StrCat(expr.name, "{", ShowEntries(expr), "}");
    case ExprKind::kFold:
      return absl::StrCat(
          "(fold", static_cast<int>(expr.fold), " ", Show(*expr.operand), " ",
          expr.var, expr.var2.empty() ? "" : ",", expr.var2,
          expr.predicate == nullptr ? "" : " if ",
          expr.predicate == nullptr ? "" : Show(*expr.predicate),
          expr.transform == nullptr ? "" : " to ",
          expr.transform == nullptr ? "" : Show(*expr.transform), ")");
    case ExprKind::kLet:
      return absl::StrCat("(let ", expr.var, " ", Show(*expr.operand), " ",
                          Show(*expr.transform), ")");
  }
  return "";
}

struct TreeCase {
  std::string name;
  std::string source;
  std::string want;
};

inline std::ostream& operator<<(std::ostream& out, const TreeCase& test) {
  return out << test.name;
}

// Parses the source, which shows as `want`.
class ParserTreeTest : public testing::TestWithParam<TreeCase> {};

inline std::string Repeat(int count, absl::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i)
    absl::StrAppend(&out, text);
  return out;
}

inline std::vector<std::string> ErrorsOf(absl::string_view text) {
  DiagnosticSink sink;
  const auto ast = ParseText(text, sink);
  EXPECT_EQ(ast == nullptr, sink.has_errors());
  return Describe(sink);
}

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_PARSER_FIXTURE_H_
