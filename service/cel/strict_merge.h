#ifndef KLAUSUL_SERVICE_CEL_STRICT_MERGE_H_
#define KLAUSUL_SERVICE_CEL_STRICT_MERGE_H_

#include "service/cel/eval_arena.h"
#include "service/cel/value.h"

namespace klausul::cel {

// What several values come to of which each is needed: the union of the
// unknowns, else the first error, else nothing.
class StrictMerge {
 public:
  explicit StrictMerge(EvalArena& arena) : arena_(arena) {}

  void Add(const Value& value) {
    if (value.is_unknown()) {
      unknown_ = UnionOfUnknowns(unknown_, value, arena_);
    } else if (value.is_error() && !error_.is_error()) {
      error_ = value;
    }
  }

  // Whether it has seen an unknown or an error.
  bool has_result() const { return unknown_.is_unknown() || error_.is_error(); }

  // That unknown or error.
  Value result() const { return unknown_.is_unknown() ? unknown_ : error_; }

 private:
  EvalArena& arena_;
  Value unknown_;
  Value error_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_STRICT_MERGE_H_
