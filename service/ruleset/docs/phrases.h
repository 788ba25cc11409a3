#ifndef KLAUSUL_SERVICE_RULESET_DOCS_PHRASES_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_PHRASES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/cel/ast.h"
#include "service/engine/reason.h"
#include "service/ruleset/docs/condition_words.h"
#include "service/ruleset/docs/page.h"
#include "service/ruleset/docs/sentences.h"

namespace klausul::ruleset::docs {

// Says parts of an expression in running text. Internal to this folder: the
// lists around them are made in condition_words.cc. Borrows the names.
class Phrases {
 public:
  Phrases(const Names& names, engine::Language language)
      : names_(names), language_(language), sentences_(SentencesOf(language)) {}

  const Sentences& sentences() const { return sentences_; }

  // A value: `tilbudsfrist`, `summen av ...`.
  Inlines Value(const cel::Expr& expr);

  // A condition: `tilbudsfrist er senest ...`; `negated`: its contrary.
  Inlines Condition(const cel::Expr& expr, bool negated);

  // A variable that runs through the list `range` while this lives.
  class Scope {
   public:
    Scope(Phrases& phrases, absl::string_view variable, const cel::Expr& range);

    ~Scope() { phrases_.variables_.pop_back(); }

    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Phrases& phrases_;
  };

  // The variable as text.
  static Inlines Variable(absl::string_view name);

 private:
  // A field of the plan, from its root.
  struct Path {
    // The variable that it begins with, or empty.
    std::string variable;
    // Below the variable.
    std::vector<std::string> steps;
    std::string full;
  };

  absl::optional<Path> AsPath(const cel::Expr& expr) const;
  Inlines Field(const Path& path) const;
  Inlines Ident(const cel::Expr& expr);
  Inlines Call(const cel::Expr& expr);
  Inlines Operation(const cel::Expr& expr, absl::string_view sign);
  Inlines Constant(const cel::Constant& constant) const;
  Inlines Fold(const cel::Expr& expr);
  Inlines ListOf(const cel::Expr& list);
  Inlines Comparison(const cel::Expr& expr, bool negated);
  Inlines Logic(const cel::Expr& expr, bool negated);
  bool IsDate(const cel::Expr& expr) const;
  // How a function of its receiver that gives a bool is said; empty: it is
  // none.
  absl::string_view SaysOfReceiver(const cel::Expr& expr) const;

  const Names& names_;
  const engine::Language language_;
  const Sentences& sentences_;
  // Name, and the path of the list that it runs through.
  std::vector<std::pair<std::string, std::string>> variables_;
};

// `e.exists(x, true)`: there is at least one.
bool AsksForEntries(const cel::Expr& expr);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_PHRASES_H_
