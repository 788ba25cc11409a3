#ifndef KLAUSUL_SERVICE_CEL_AST_H_
#define KLAUSUL_SERVICE_CEL_AST_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/container/node_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "service/base/source.h"

// The syntax tree of one expression.
//
// Nodes live in an `Ast`, which owns them and every text they point to, so a
// tree of any shape is freed without recursion. Macros leave no generic
// accumulators behind: `e.all(x, p)` is a kFold node, `has(e.f)` a kSelect with
// SelectMode::kHas, `cel.bind(x, i, b)` a kLet. The checker, the evaluator,
// explanations and the formatter all speak of what the author wrote.

namespace klausul::cel {

// Number of a node within its Ast, dense from 1, so that what is known of each
// node (its type, its value) is a vector. 0 is no node.
using ExprId = std::int32_t;

enum class ExprKind : std::uint8_t {
  kConstant,  // constant
  kIdent,     // name, with a leading dot where the author wrote one
  kSelect,    // operand.name; see SelectMode
  kCall,      // name(args) or operand.name(args); operators too
  kList,      // args; optional_indices
  kMap,       // entries with a key
  kStruct,    // name{entries with a field}
  kFold,      // operand.all(var, predicate) and its kin
  kLet,       // cel.bind(var, operand, transform)
};

// What a selection asks.
enum class SelectMode : std::uint8_t {
  kRead,    // e.f
  kHas,     // has(e.f)
  kStated,  // stated(e.f), a host macro: has(e.f), or stated as empty
};

enum class FoldKind : std::uint8_t {
  kAll,                // predicate
  kExists,             // predicate
  kExistsOne,          // predicate
  kMap,                // transform; predicate, where given, filters
  kFilter,             // predicate
  kTransformList,      // two variables: transform; predicate may be null
  kTransformMap,       // two variables: transform; predicate may be null
  kTransformMapEntry,  // two variables: transform is a map literal of one
                       // entry; predicate may be null
};

enum class ConstantKind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
};

// A literal. Only the member that `kind` names has a meaning.
struct Constant {
  ConstantKind kind = ConstantKind::kNull;
  bool bool_value = false;
  std::int64_t int_value = 0;
  std::uint64_t uint_value = 0;
  double double_value = 0;
  // Of a string (UTF-8) or of bytes; owned by the Ast.
  absl::string_view text;

  static Constant Null() { return {}; }

  static Constant Bool(bool value);
  static Constant Int(std::int64_t value);
  static Constant Uint(std::uint64_t value);
  static Constant Double(double value);
  // The caller sees to it that `text` lives as long as the Ast.
  static Constant String(absl::string_view text);
  static Constant Bytes(absl::string_view text);
};

// Same kind and value; NaN equals NaN, -0.0 differs from 0.0.
bool operator==(const Constant& a, const Constant& b);

struct Expr;

// An entry of a map literal (key) or of a message literal (field).
struct Entry {
  Span span;
  Expr* key = nullptr;
  absl::string_view field;
  Span field_span;
  Expr* value = nullptr;
  // `?key: value`: left out where the value is optional.none().
  bool optional = false;
};

// One node. Which members have a meaning is told at ExprKind.
struct Expr {
  ExprId id = 0;
  ExprKind kind = ExprKind::kConstant;
  SelectMode mode = SelectMode::kRead;
  FoldKind fold = FoldKind::kAll;
  // kSelect: `operand.?name`.
  bool optional = false;
  // 1 for a leaf, else one more than the deepest child; at most
  // ParseLimits::max_tree_depth, which bounds every recursive walk.
  std::int32_t depth = 1;

  // The whole of what the author wrote for this node, without parentheses
  // around it.
  Span span;
  // The smallest piece that names it: the field of a selection, the function
  // name of a call or macro, the sign of an operator.
  Span name_span;

  Constant constant;
  absl::string_view name;
  // kSelect: what is selected from. kCall: the receiver, or null. kFold: the
  // range. kLet: the value of the variable.
  Expr* operand = nullptr;
  // kCall: the arguments (without the receiver); `_&&_` and `_||_` have two or
  // more. kList: the elements.
  std::vector<Expr*> args;
  // kList: which elements are written `?e`, ascending.
  std::vector<std::int32_t> optional_indices;
  std::vector<Entry> entries;

  // kFold and kLet: the variable; kFold with two variables: the second.
  absl::string_view var;
  absl::string_view var2;
  Span var_span;
  Span var2_span;
  // kFold; null where the kind has none.
  Expr* predicate = nullptr;
  // kFold: what each element becomes, or null. kLet: the body.
  Expr* transform = nullptr;

  // Where a host macro made this node: the call as the author wrote it, which
  // shares its arguments with the expansion. Null otherwise.
  const Expr* macro_call = nullptr;

  Expr* range() const { return operand; }

  bool has_receiver() const {
    return kind == ExprKind::kCall && operand != nullptr;
  }

  // True for a call of that global function or operator.
  bool IsCall(absl::string_view function) const {
    return kind == ExprKind::kCall && operand == nullptr && name == function;
  }
};

// Names under which operators are called; no author can write them.
namespace op {
inline constexpr absl::string_view kConditional = "_?_:_";
inline constexpr absl::string_view kOr = "_||_";
inline constexpr absl::string_view kAnd = "_&&_";
inline constexpr absl::string_view kNot = "!_";
inline constexpr absl::string_view kNegate = "-_";
inline constexpr absl::string_view kEquals = "_==_";
inline constexpr absl::string_view kNotEquals = "_!=_";
inline constexpr absl::string_view kLess = "_<_";
inline constexpr absl::string_view kLessEquals = "_<=_";
inline constexpr absl::string_view kGreater = "_>_";
inline constexpr absl::string_view kGreaterEquals = "_>=_";
inline constexpr absl::string_view kIn = "@in";
inline constexpr absl::string_view kAdd = "_+_";
inline constexpr absl::string_view kSubtract = "_-_";
inline constexpr absl::string_view kMultiply = "_*_";
inline constexpr absl::string_view kDivide = "_/_";
inline constexpr absl::string_view kModulo = "_%_";
inline constexpr absl::string_view kIndex = "_[_]";
inline constexpr absl::string_view kOptionalIndex = "_[?_]";
}  // namespace op

// Owns the nodes of one expression and the texts they point to. Immutable once
// parsed, and then safe to share between threads.
class Ast {
 public:
  explicit Ast(std::shared_ptr<const SourceFile> source);
  Ast(const Ast&) = delete;
  Ast& operator=(const Ast&) = delete;

  const std::shared_ptr<const SourceFile>& source() const { return source_; }

  // The whole expression; null only before parsing has ended.
  const Expr* root() const { return root_; }

  void set_root(Expr* root) { root_ = root; }

  // The largest id. A table by id has `max_id() + 1` places.
  ExprId max_id() const { return static_cast<ExprId>(nodes_.size()); }

  // The node of an id from 1 to max_id(). Some nodes are no longer part of the
  // tree under root(): what a macro threw away.
  const Expr& node(ExprId id) const {
    return nodes_[static_cast<std::size_t>(id) - 1];
  }

  // For the parser and macros: a new node with the next id, which stays where
  // it is.
  Expr* NewNode(ExprKind kind, Span span);

  // A copy of `text` that lives as long as this; equal texts share one.
  absl::string_view Intern(absl::string_view text)
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  std::shared_ptr<const SourceFile> source_;
  std::deque<Expr> nodes_;
  absl::node_hash_set<std::string> texts_;
  Expr* root_ = nullptr;
};

// Sets `depth` from the children, which have theirs.
void UpdateDepth(Expr& expr);

// The children in source order: operand, arguments, entries, predicate,
// transform; nulls left out.
std::vector<Expr*> Children(const Expr& expr);

// True where both trees say the same: kinds, names, constants, children. Ids,
// spans and `macro_call` do not count.
bool SameTree(const Expr& a, const Expr& b);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_AST_H_
