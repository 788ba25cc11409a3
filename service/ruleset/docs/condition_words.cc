#include "service/ruleset/docs/condition_words.h"

#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/ast.h"
#include "service/cel/parser.h"
#include "service/ruleset/docs/phrases.h"
#include "service/ruleset/docs/sentences.h"

namespace klausul::ruleset::docs {
namespace {

using cel::Expr;
using cel::ExprKind;

Block Says(absl::string_view text) {
  return Paragraph({Text(std::string(text))});
}

// Lists where a sentence would hold more than one can read at once.
class Lists {
 public:
  Lists(const Names& names, engine::Language language)
      : phrases_(names, language) {}

  Blocks Condition(const Expr& expr, bool negated) {
    const Sentences& s = phrases_.sentences();
    if (expr.IsCall(cel::op::kNot)) return Condition(*expr.args[0], !negated);
    if (expr.IsCall(cel::op::kAnd)) {
      return Group(negated ? s.not_all : s.all, expr);
    }
    if (expr.IsCall(cel::op::kOr)) return Group(negated ? s.none : s.any, expr);
    if (expr.IsCall(cel::op::kConditional)) {
      Blocks choice = Choice(expr, false);
      return negated ? Nested({Text(std::string(s.not_so))}, std::move(choice))
                     : choice;
    }
    if (expr.kind == ExprKind::kFold && !AsksForEntries(expr)) {
      return Fold(expr, negated);
    }
    return {Paragraph(phrases_.Condition(expr, negated))};
  }

  Blocks Value(const Expr& expr) {
    if (expr.IsCall(cel::op::kConditional)) {
      return Choice(expr, true);
    }
    return {Paragraph(phrases_.Value(expr))};
  }

 private:
  Blocks Nested(Inlines head, Blocks body) {
    std::vector<Blocks> items;
    items.push_back(std::move(body));
    return {Paragraph(std::move(head)), List(std::move(items), "condition")};
  }

  Blocks Group(absl::string_view head, const Expr& expr) {
    std::vector<Blocks> items;
    for (const Expr* arg : expr.args)
      items.push_back(Condition(*arg, false));
    return {Says(head), List(std::move(items), "condition")};
  }

  Blocks Fold(const Expr& expr, bool negated) {
    const Sentences& s = phrases_.sentences();
    absl::string_view head;
    switch (expr.fold) {
      case cel::FoldKind::kAll:
        head = negated ? s.not_for_all : s.for_all;
        break;
      case cel::FoldKind::kExists:
        head = negated ? s.exists_not : s.exists;
        break;
      case cel::FoldKind::kExistsOne:
        head = negated ? s.not_exactly_one : s.exists_one;
        break;
      default:
        return {Paragraph(phrases_.Condition(expr, negated))};
    }
    Inlines said =
        Say(head, Phrases::Variable(expr.var), phrases_.Value(*expr.range()));
    const Phrases::Scope scope(phrases_, expr.var, *expr.range());
    return Nested(std::move(said), Condition(*expr.predicate, false));
  }

  // `a ? x : b ? y : z` as cases: a value before its condition, a condition
  // or a further choice behind it.
  Blocks Choice(const Expr& expr, bool of_values) {
    const Sentences& s = phrases_.sentences();
    std::vector<Blocks> cases;
    const Expr* rest = &expr;
    for (; rest->IsCall(cel::op::kConditional); rest = rest->args[2]) {
      Blocks when = Headed(s.if_so, Condition(*rest->args[0], false));
      if (of_values && rest->args[1]->IsCall(cel::op::kConditional)) {
        std::vector<Blocks> nested;
        nested.push_back(Value(*rest->args[1]));
        when.push_back(List(std::move(nested), "condition"));
        cases.push_back(std::move(when));
      } else if (of_values) {
        Blocks one = Value(*rest->args[1]);
        Append(std::move(when), one);
        cases.push_back(std::move(one));
      } else {
        Append(Headed(s.then, Condition(*rest->args[1], false)), when);
        cases.push_back(std::move(when));
      }
    }
    cases.push_back(Headed(s.otherwise,
                           of_values ? Value(*rest) : Condition(*rest, false)));
    return {List(std::move(cases), of_values ? "cases values" : "cases")};
  }

  // A word before the sentence that blocks begin with, or above their list.
  static Blocks Headed(absl::string_view word, Blocks blocks) {
    if (blocks[0].kind != Block::Kind::kParagraph) {
      Blocks headed = {Says(word)};
      Append(std::move(blocks), headed);
      return headed;
    }
    Inlines text = {Text(absl::StrCat(word, " "))};
    Append(std::move(blocks[0].text), text);
    blocks[0].text = std::move(text);
    return blocks;
  }

  Phrases phrases_;
};

std::shared_ptr<const cel::Ast> ParseText(absl::string_view expression) {
  DiagnosticSink sink;
  return cel::Parse(
      std::make_shared<SourceFile>("expression", std::string(expression)), {},
      sink);
}

Blocks Unreadable(absl::string_view expression) {
  const absl::string_view text = absl::StripAsciiWhitespace(expression);
  if (text.empty()) return {};
  return {CodeBlock(std::string(text))};
}

}  // namespace

Blocks ConditionInWords(absl::string_view expression, const Names& names,
                        engine::Language language) {
  const auto ast = ParseText(expression);
  if (ast == nullptr) return Unreadable(expression);
  return Lists(names, language).Condition(*ast->root(), false);
}

Blocks ValueInWords(absl::string_view expression, const Names& names,
                    engine::Language language) {
  const auto ast = ParseText(expression);
  if (ast == nullptr) return Unreadable(expression);
  return Lists(names, language).Value(*ast->root());
}

}  // namespace klausul::ruleset::docs
