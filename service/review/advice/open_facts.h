#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_OPEN_FACTS_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_OPEN_FACTS_H_

#include <vector>

#include "google/protobuf/repeated_field.h"

#include "klausul/v1/advice.pb.h"
#include "klausul/v1/finding.pb.h"

namespace klausul::review {

// The paths that the plan does not state, by how many undetermined findings
// turn on each, the most first; then by how many turn on it alone, by how many
// procedures it leaves undecided, and by path. At most `limit`.
std::vector<v1::OpenFact> RankOpenFacts(
    const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
    const google::protobuf::RepeatedPtrField<v1::ProcedureAdvice>& procedures,
    int limit);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_OPEN_FACTS_H_
