#include "service/cel/unparse.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "service/base/strings.h"
#include "service/cel/lexer.h"
#include "service/cel/precedence.h"

namespace klausul::cel {
namespace {

class Unparser {
 public:
  std::string Take() && { return std::move(out_); }

  void Print(const Expr& expr, Precedence least) {
    const bool parentheses = PrecedenceOf(expr) < least;
    if (parentheses) out_.push_back('(');
    PrintBare(expr);
    if (parentheses) out_.push_back(')');
  }

 private:
  void PrintBare(const Expr& expr);
  void PrintConstant(const Constant& constant);
  void PrintDouble(double value);
  void PrintText(absl::string_view text, bool bytes);
  void PrintField(absl::string_view name);
  void PrintSelect(const Expr& expr);
  void PrintCall(const Expr& expr);
  void PrintPrefix(absl::string_view sign, const Expr& expr);
  void PrintBinary(const BinaryForm& form, const Expr& expr);
  void PrintArguments(const std::vector<Expr*>& args);
  void PrintList(const Expr& expr);
  void PrintEntries(const Expr& expr);
  void PrintFold(const Expr& expr);

  std::string out_;
};

void Unparser::PrintBare(const Expr& expr) {
  if (expr.macro_call != nullptr) return PrintCall(*expr.macro_call);
  switch (expr.kind) {
    case ExprKind::kConstant:
      return PrintConstant(expr.constant);
    case ExprKind::kIdent:
      return absl::StrAppend(&out_, expr.name);
    case ExprKind::kSelect:
      return PrintSelect(expr);
    case ExprKind::kCall:
      return PrintCall(expr);
    case ExprKind::kList:
      return PrintList(expr);
    case ExprKind::kMap:
      return PrintEntries(expr);
    case ExprKind::kStruct:
      absl::StrAppend(&out_, expr.name);
      return PrintEntries(expr);
    case ExprKind::kFold:
      return PrintFold(expr);
    case ExprKind::kLet:
      absl::StrAppend(&out_, "cel.bind(", expr.var, ", ");
      Print(*expr.operand, Precedence::kConditional);
      absl::StrAppend(&out_, ", ");
      Print(*expr.transform, Precedence::kConditional);
      out_.push_back(')');
      return;
  }
}

void Unparser::PrintConstant(const Constant& constant) {
  switch (constant.kind) {
    case ConstantKind::kNull:
      return absl::StrAppend(&out_, "null");
    case ConstantKind::kBool:
      return absl::StrAppend(&out_, constant.bool_value ? "true" : "false");
    case ConstantKind::kInt:
      return absl::StrAppend(&out_, constant.int_value);
    case ConstantKind::kUint:
      return absl::StrAppend(&out_, constant.uint_value, "u");
    case ConstantKind::kDouble:
      return PrintDouble(constant.double_value);
    case ConstantKind::kString:
      return PrintText(constant.text, false);
    case ConstantKind::kBytes:
      return PrintText(constant.text, true);
  }
}

void Unparser::PrintDouble(double value) {
  if (!std::isfinite(value)) {
    // No literal can say it; only a host macro can make one.
    absl::StrAppend(&out_, "double(\"",
                    std::isnan(value) ? "NaN"
                    : value < 0       ? "-Infinity"
                                      : "Infinity",
                    "\")");
    return;
  }
  std::array<char, 32> buffer;
  const std::to_chars_result result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const absl::string_view text(
      buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data()));
  absl::StrAppend(&out_, text);
  // Without either it would be an int.
  if (!absl::StrContains(text, '.') && !absl::StrContains(text, 'e')) {
    absl::StrAppend(&out_, ".0");
  }
}

void Unparser::PrintText(absl::string_view text, bool bytes) {
  if (bytes) out_.push_back('b');
  out_.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        absl::StrAppend(&out_, "\\\"");
        continue;
      case '\\':
        absl::StrAppend(&out_, "\\\\");
        continue;
      case '\n':
        absl::StrAppend(&out_, "\\n");
        continue;
      case '\r':
        absl::StrAppend(&out_, "\\r");
        continue;
      case '\t':
        absl::StrAppend(&out_, "\\t");
        continue;
      default:
        break;
    }
    // Bytes above 7F are text in a string and bare bytes in bytes.
    if (byte < 0x20 || byte == 0x7F || (bytes && byte >= 0x80)) {
      absl::StrAppend(&out_, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      out_.push_back(c);
    }
  }
  out_.push_back('"');
}

void Unparser::PrintField(absl::string_view name) {
  if (IsSelector(name)) {
    absl::StrAppend(&out_, name);
  } else {
    absl::StrAppend(&out_, "`", name, "`");
  }
}

void Unparser::PrintSelect(const Expr& expr) {
  if (expr.mode == SelectMode::kHas) absl::StrAppend(&out_, "has(");
  if (expr.mode == SelectMode::kStated) absl::StrAppend(&out_, "stated(");
  Print(*expr.operand, Precedence::kMember);
  absl::StrAppend(&out_, expr.optional ? ".?" : ".");
  PrintField(expr.name);
  if (expr.mode != SelectMode::kRead) out_.push_back(')');
}

void Unparser::PrintCall(const Expr& expr) {
  if (const BinaryForm* form = FindBinaryForm(expr)) {
    return PrintBinary(*form, expr);
  }
  if (expr.IsCall(op::kConditional) && expr.args.size() == 3) {
    Print(*expr.args[0], Precedence::kOr);
    absl::StrAppend(&out_, " ? ");
    Print(*expr.args[1], Precedence::kOr);
    absl::StrAppend(&out_, " : ");
    return Print(*expr.args[2], Precedence::kConditional);
  }
  if (expr.IsCall(op::kNot)) return PrintPrefix("!", expr);
  if (expr.IsCall(op::kNegate)) return PrintPrefix("-", expr);
  if (expr.IsCall(op::kIndex) || expr.IsCall(op::kOptionalIndex)) {
    Print(*expr.args[0], Precedence::kMember);
    absl::StrAppend(&out_, expr.name == op::kIndex ? "[" : "[?");
    Print(*expr.args[1], Precedence::kConditional);
    out_.push_back(']');
    return;
  }
  if (expr.operand != nullptr) {
    Print(*expr.operand, Precedence::kMember);
    out_.push_back('.');
  }
  absl::StrAppend(&out_, expr.name);
  PrintArguments(expr.args);
}

void Unparser::PrintPrefix(absl::string_view sign, const Expr& expr) {
  const Expr& operand = *expr.args[0];
  absl::StrAppend(&out_, sign);
  // `!` and `-` do not mix, and a minus before a number is part of it.
  const bool repeated =
      operand.IsCall(expr.name) && operand.macro_call == nullptr;
  Print(operand, repeated ? Precedence::kPrefix : Precedence::kMember);
}

void Unparser::PrintBinary(const BinaryForm& form, const Expr& expr) {
  const Precedence tighter = Tighter(form.precedence);
  // A chain of `&&` or `||` is one node: one within another had parentheses.
  const bool flat = form.precedence <= Precedence::kAnd;
  Print(*expr.args[0], flat ? tighter : form.precedence);
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    absl::StrAppend(&out_, " ", form.text, " ");
    Print(*expr.args[i], tighter);
  }
}

void Unparser::PrintArguments(const std::vector<Expr*>& args) {
  out_.push_back('(');
  absl::string_view separator;
  for (const Expr* arg : args) {
    absl::StrAppend(&out_, separator);
    Print(*arg, Precedence::kConditional);
    separator = ", ";
  }
  out_.push_back(')');
}

void Unparser::PrintList(const Expr& expr) {
  out_.push_back('[');
  auto optional = expr.optional_indices.begin();
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (i > 0) absl::StrAppend(&out_, ", ");
    if (optional != expr.optional_indices.end() &&
        static_cast<std::size_t>(*optional) == i) {
      out_.push_back('?');
      ++optional;
    }
    Print(*expr.args[i], Precedence::kConditional);
  }
  out_.push_back(']');
}

void Unparser::PrintEntries(const Expr& expr) {
  out_.push_back('{');
  absl::string_view separator;
  for (const Entry& entry : expr.entries) {
    absl::StrAppend(&out_, separator, entry.optional ? "?" : "");
    if (entry.key != nullptr) {
      Print(*entry.key, Precedence::kConditional);
    } else {
      PrintField(entry.field);
    }
    absl::StrAppend(&out_, ": ");
    Print(*entry.value, Precedence::kConditional);
    separator = ", ";
  }
  out_.push_back('}');
}

absl::string_view MacroName(FoldKind kind) {
  switch (kind) {
    case FoldKind::kAll:
      return "all";
    case FoldKind::kExists:
      return "exists";
    case FoldKind::kExistsOne:
      return "exists_one";
    case FoldKind::kMap:
      return "map";
    case FoldKind::kFilter:
      return "filter";
    case FoldKind::kTransformList:
      return "transformList";
    case FoldKind::kTransformMap:
      return "transformMap";
    case FoldKind::kTransformMapEntry:
      return "transformMapEntry";
  }
  return "";
}

void Unparser::PrintFold(const Expr& expr) {
  Print(*expr.operand, Precedence::kMember);
  absl::StrAppend(&out_, ".", MacroName(expr.fold), "(", expr.var);
  if (!expr.var2.empty()) absl::StrAppend(&out_, ", ", expr.var2);
  for (const Expr* part : {expr.predicate, expr.transform}) {
    if (part == nullptr) continue;
    absl::StrAppend(&out_, ", ");
    Print(*part, Precedence::kConditional);
  }
  out_.push_back(')');
}

}  // namespace

std::string Unparse(const Expr& expr) {
  Unparser unparser;
  unparser.Print(expr, Precedence::kConditional);
  return std::move(unparser).Take();
}

}  // namespace klausul::cel
