#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_VALUE_SET_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_VALUE_SET_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

namespace klausul::cel {

// Equal values have equal hashes: 1, 1u and 1.0 have one, and so have messages
// that differ only in how an `Any` in them is written. Charges the context's
// steps for what it visits.
std::uint64_t HashValue(const Value& value, EvalContext& context);

// Values of which no two are equal, for functions that would otherwise compare
// each with each. A NaN equals nothing, so that a set may have many. Lives
// shorter than the values. Once the context's steps are used up the answers
// mean nothing.
class ValueSet {
 public:
  explicit ValueSet(EvalContext& context) : context_(context) {}

  ValueSet(const ValueSet&) = delete;
  ValueSet& operator=(const ValueSet&) = delete;

  bool Contains(const Value& value) const;

  // False, and nothing done, where an equal value is in it already.
  bool Insert(const Value& value);

 private:
  using Bucket = absl::InlinedVector<Value, 1>;

  bool IsIn(const Bucket& bucket, const Value& value) const;

  EvalContext& context_;
  // By hash.
  absl::flat_hash_map<std::uint64_t, Bucket> buckets_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_VALUE_SET_H_
