#ifndef KLAUSUL_SERVICE_CEL_CHECKER_IMPL_H_
#define KLAUSUL_SERVICE_CEL_CHECKER_IMPL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/base/diagnostic.h"
#include "service/cel/ast.h"
#include "service/cel/checker.h"
#include "service/cel/environment.h"
#include "service/cel/type.h"
#include "service/cel/unify.h"

namespace klausul::cel {

// The walk behind Check(): once over the tree, from the leaves up, each node
// getting its type and what it refers to. It recurses to the depth of the
// tree, which the parser bounds.
//
// checker.cc has the walk, checker_names.cc what names stand for,
// checker_fields.cc messages and maps, checker_calls.cc overloads.
class Checker {
 public:
  Checker(std::shared_ptr<const Ast> ast,
          std::shared_ptr<const Environment> environment,
          const CheckOptions& options, DiagnosticSink& sink);
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  std::shared_ptr<const CheckedExpr> Run();

 private:
  // Suggestions compare with every name there is; after so many errors there
  // are none any more.
  static constexpr std::size_t kMaxSuggestions = 20;
  // Dots in a name that may stand for one thing; more of them are selections.
  static constexpr std::size_t kMaxNameSegments = 32;

  // A variable of a fold or let around the place that is being checked.
  struct Local {
    absl::string_view name;
    Type type;
    std::int32_t slot = 0;
  };

  // Keeps variables while it lives.
  class Scope {
   public:
    explicit Scope(Checker& checker)
        : checker_(checker),
          size_(checker.locals_.size()),
          slot_(checker.next_slot_) {}

    ~Scope() {
      checker_.locals_.resize(size_);
      checker_.next_slot_ = slot_;
    }

    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Checker& checker_;
    std::size_t size_;
    std::int32_t slot_;
  };

  bool type_check() const { return options_.type_check; }

  // --- checker.cc ---
  Type Check(const Expr& expr);
  Type CheckNode(const Expr& expr);
  Type CheckConstant(const Constant& constant) const;
  Type CheckList(const Expr& expr);
  Type CheckMap(const Expr& expr);
  Type CheckFold(const Expr& expr);
  Type CheckFoldResult(const Expr& expr, const Type& range, const Type& var);
  Type CheckLet(const Expr& expr);
  // The type of a literal's elements, one more of them met.
  Type Join(const absl::optional<Type>& previous, const Type& current,
            const Expr& element, absl::string_view what);
  // The type within an element marked `?`.
  Type UnwrapOptional(const Type& type, const Expr& element);
  void RequireBool(const Expr& expr, const Type& type, absl::string_view who);
  void RequireMapKey(const Expr& key, const Type& type);
  std::int32_t AddLocal(absl::string_view name, const Type& type);
  std::int32_t NewSlot();

  Type Resolved(const Type& type) const {
    return unifier_.Substitute(type, false);
  }

  // --- checker_names.cc ---
  Type CheckIdent(const Expr& expr);
  const Local* FindLocal(absl::string_view name) const;
  // What `name` stands for outside of folds; where it is nothing, or more than
  // one thing, `kind` is kUnresolved.
  Reference ResolveName(absl::string_view name) const;
  Type TypeOfReference(const Reference& reference);
  Type CheckNameChain(absl::Span<const Expr* const> chain);
  Type UnknownName(const Expr& expr, absl::Span<const Expr* const> chain);
  // `a.b.c` as nodes from `a` outward; empty where the expression is more than
  // names and plain selections.
  static std::vector<const Expr*> NameChain(const Expr& expr);

  // --- checker_fields.cc ---
  Type CheckSelect(const Expr& expr);
  Type CheckSelection(const Expr& expr, const Type& operand);
  Type SelectFrom(const Expr& expr, const Type& operand);
  Type SelectFromMap(const Expr& expr, const Type& map);
  Type SelectFromMessage(const Expr& expr, const Type& message);
  Type CheckStruct(const Expr& expr);
  void CheckStructEntry(const Entry& entry,
                        const google::protobuf::Descriptor* message,
                        const google::protobuf::FieldDescriptor* field);
  // Where a map may hold certain keys only: is `key` one of them?
  void CheckMapKey(const Expr& map, absl::string_view key, Span span);

  // --- checker_calls.cc ---
  Type CheckCall(const Expr& expr);
  Type CheckLogical(const Expr& expr);
  Type CheckConditional(const Expr& expr);
  const FunctionDecl* FindGlobal(absl::string_view name) const;
  const FunctionDecl* FindNamespaced(const Expr& expr) const;
  Type ResolveCall(const Expr& expr, const FunctionDecl& function,
                   bool receiver_style, bool namespaced,
                   absl::Span<const Expr* const> args);
  Type ChooseOverloads(const Expr& expr, const FunctionDecl& function,
                       bool receiver_style, absl::Span<const Type> types,
                       Reference& reference);
  Type UnknownFunction(const Expr& expr, const FunctionDecl* other_style);
  Type NoOverload(const Expr& expr, const FunctionDecl& function,
                  bool receiver_style, absl::Span<const Expr* const> args,
                  absl::Span<const Type> types);
  Type NoOperator(const Expr& expr, absl::Span<const Expr* const> args,
                  absl::Span<const Type> types);
  void CheckConstants(const Overload& overload,
                      absl::Span<const Expr* const> args);

  // --- errors ---
  // Always kError, for the caller to return.
  Type Error(Span span, absl::string_view code, absl::string_view message,
             absl::string_view help = {});
  // In backticks, as the author would write it.
  std::string Quoted(const Type& type) const;
  // "did you mean `x`?", or nothing.
  std::string DidYouMean(absl::string_view wrong,
                         absl::Span<const std::string> candidates);
  Reference& SetReference(const Expr& expr, ReferenceKind kind);

  std::shared_ptr<const Ast> ast_;
  std::shared_ptr<const Environment> environment_;
  const CheckOptions& options_;
  DiagnosticSink& sink_;
  const std::size_t errors_before_;
  std::shared_ptr<CheckedExpr> result_;
  std::vector<bool> done_;
  Unifier unifier_;
  std::vector<Local> locals_;
  std::int32_t next_slot_ = 0;
  // The most slots taken at one time so far.
  std::int32_t high_slot_ = 0;
  std::size_t suggestions_ = 0;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CHECKER_IMPL_H_
