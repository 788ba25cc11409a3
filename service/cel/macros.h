#ifndef KLAUSUL_SERVICE_CEL_MACROS_H_
#define KLAUSUL_SERVICE_CEL_MACROS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/cel/ast.h"

// Macros: calls that the parser turns into other nodes.

namespace klausul::cel {

// What an expander works with. New nodes take the span of the call, so that a
// diagnostic about them points at what the author wrote.
//
// A node may be used more than once in an expansion (`claimed(x.f)` is
// `has(x.f) && x.f` over one `x`): nodes are never changed after parsing.
class MacroContext {
 public:
  MacroContext(Ast& ast, const Expr& call, DiagnosticSink& sink)
      : ast_(ast), call_(call), sink_(sink) {}

  MacroContext(const MacroContext&) = delete;
  MacroContext& operator=(const MacroContext&) = delete;

  Ast& ast() { return ast_; }

  Expr* NewConstant(const Constant& constant);
  Expr* NewIdent(absl::string_view name);
  Expr* NewSelect(Expr* operand, absl::string_view field, SelectMode mode);
  // Of a global function or an operator; see `op`.
  Expr* NewCall(absl::string_view function, std::vector<Expr*> args);
  Expr* NewReceiverCall(absl::string_view function, Expr* receiver,
                        std::vector<Expr*> args);
  // The fields `predicate` and `transform` are for the caller to set, followed
  // by UpdateDepth().
  Expr* NewFold(FoldKind kind, Expr* range, const Expr& var);
  Expr* NewLet(const Expr& var, Expr* value, Expr* body);

  // Reports a wrong call and returns null, for the expander to return.
  Expr* Error(Span span, absl::string_view message,
              absl::string_view help = {});

  bool has_error() const { return has_error_; }

 private:
  Ast& ast_;
  const Expr& call_;
  DiagnosticSink& sink_;
  bool has_error_ = false;
};

// One macro. A call is offered to it when name, style and number of arguments
// fit.
struct Macro {
  static constexpr int kAnyArgCount = -1;

  std::string name;
  // `e.name(args)` rather than `name(args)`.
  bool receiver_style = false;
  int arg_count = 0;
  // Returns what stands in the place of `call`; null after Error(), or to
  // decline: the call is then an ordinary one.
  std::function<Expr*(MacroContext& context, Expr& call)> expand;
};

// has, all, exists, exists_one (also existsOne), map, filter.
const std::vector<Macro>& StandardMacros();

// all, exists, existsOne (also exists_one), transformList, transformMap,
// transformMapEntry, each with two variables.
const std::vector<Macro>& TwoVariableMacros();

// cel.bind(variable, value, body): the value is worked out when the body first
// reads it, at most once.
const std::vector<Macro>& BindMacros();

// For expanders: the identifier that a macro binds. Reports what else stands
// there, or a name that is reserved, and returns false.
bool CheckMacroVariable(MacroContext& context, const Expr& var);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_MACROS_H_
