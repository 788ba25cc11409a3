#ifndef KLAUSUL_SERVICE_CEL_PARSER_IMPL_H_
#define KLAUSUL_SERVICE_CEL_PARSER_IMPL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/ast.h"
#include "service/cel/lexer.h"
#include "service/cel/macros.h"
#include "service/cel/parser.h"

namespace klausul::cel {

// How tightly binary operators bind; 0 is no binary operator.
inline constexpr int kOrPrecedence = 1;
inline constexpr int kAndPrecedence = 2;

struct BinaryOperator {
  int precedence = 0;
  absl::string_view function;
};

BinaryOperator BinaryOperatorOf(TokenKind kind);

// `)`, `]`, `}`.
bool IsCloser(TokenKind kind);

// `(`, `[`, `{`.
bool IsOpener(TokenKind kind);

// What an operand can begin with, without operators and brackets that would
// make sense after one, too.
bool StartsOperand(TokenKind kind);

// The recursive descent behind Parse(). It never stops at the first mistake: it
// says what is wrong, stands in for what is missing and goes on, one message a
// mistake.
//
// parser.cc has operators, the levels of the grammar that bind least;
// parser_members.cc names, selections and calls; parser_literals.cc numbers,
// lists, maps and messages; parser_recovery.cc tokens, errors and how to go on
// after one; parser_nodes.cc finished nodes and macros.
class Parser {
 public:
  Parser(std::shared_ptr<const SourceFile> source, const ParseOptions& options,
         DiagnosticSink& sink)
      : source_(std::move(source)),
        options_(options),
        sink_(sink),
        errors_before_(sink.error_count()),
        ast_(std::make_shared<Ast>(source_)),
        lexer_(source_, sink) {}

  std::shared_ptr<const Ast> Run();

 private:
  // Counts the nesting of what is being parsed.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      ++parser_.nesting_;
      if (parser_.nesting_ <= parser_.max_nesting()) return;
      parser_.GiveUp(parser_.token_.span, "nesting-limit",
                     absl::StrCat("the expression is nested more than ",
                                  parser_.max_nesting(), " levels deep"),
                     "name a part of it on its own, as a fact or a variable");
    }

    ~Nesting() { --parser_.nesting_; }

    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  // An opening bracket, for the diagnostic that it is not closed.
  struct Opening {
    Span span;
    absl::string_view text;
    TokenKind closer;
  };

  std::int32_t max_nesting() const {
    return std::min(options_.max_nesting, ParseLimits::kMaxNesting);
  }

  // --- tokens ---
  void Advance();

  bool At(TokenKind kind) const { return token_.kind == kind; }

  bool Accept(TokenKind kind);
  Opening Open(TokenKind closer);
  void Close(const Opening& opening);
  void SkipToSeparator();
  bool NextElement(const Opening& opening, bool trailing_comma);

  // --- errors ---
  void Error(Span span, absl::string_view code, absl::string_view message,
             absl::string_view help = {});
  void ErrorHere(absl::string_view message, absl::string_view help = {});
  void GiveUp(Span span, absl::string_view code, absl::string_view message,
              absl::string_view help);
  Expr* Missing(absl::string_view message, absl::string_view help = {});
  std::string TokenText() const;

  // --- grammar ---
  Expr* ParseConditional();
  Expr* ParseBinary(int least);
  void AcceptWordOperator();
  Expr* ParseUnary();
  Expr* ParsePrefix(TokenKind kind, absl::string_view function);
  Expr* ParseMember();
  Expr* ParsePostfix(Expr* expr, bool is_name, std::uint32_t begin);
  Expr* ParsePrimary(bool& is_name);
  Expr* ParseParenthesis();
  Expr* ParseName(bool absolute, std::uint32_t begin, bool& is_name);
  Expr* ParseNumber(bool negative, std::uint32_t begin);
  Expr* ParseSelection(Expr* operand, bool& is_name, std::uint32_t begin);
  Expr* ParseIndex(Expr* operand, std::uint32_t begin);
  Expr* ParseList();
  Expr* ParseMap();
  Expr* ParseStruct(Expr* name_expr, std::uint32_t begin);
  void FinishEntry(Entry& entry, std::uint32_t begin);
  bool AcceptOptionalMark();
  std::vector<Expr*> ParseArguments();

  // --- nodes ---
  Expr* New(ExprKind kind, std::uint32_t begin) {
    return ast_->NewNode(kind, {begin, last_end_});
  }

  Expr* NewConstant(const Constant& constant, std::uint32_t begin);
  Expr* NewCall(absl::string_view function, Span name_span,
                std::vector<Expr*> args, std::uint32_t begin);
  Expr* Finish(Expr* expr);
  Expr* FinishCall(Expr* call);

  std::shared_ptr<const SourceFile> source_;
  const ParseOptions& options_;
  DiagnosticSink& sink_;
  const std::size_t errors_before_;
  std::shared_ptr<Ast> ast_;
  Lexer lexer_;
  Token token_;
  // The end of the token before `token_`.
  std::uint32_t last_end_ = 0;
  // How many constructs are around the one being parsed.
  std::int32_t nesting_ = -1;
  // A limit was passed; every token is kEnd from then on.
  bool gave_up_ = false;
  // Where the parser last complained: one mistake, one message.
  absl::optional<std::uint32_t> complained_at_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_PARSER_IMPL_H_
