#include "service/review/advice/open_facts.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"

#include "service/engine/plan_path.h"

namespace klausul::review {

std::vector<v1::OpenFact> RankOpenFacts(
    const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
    const google::protobuf::RepeatedPtrField<v1::ProcedureAdvice>& procedures,
    int limit) {
  std::map<std::string, v1::OpenFact> by_path;
  for (const v1::Finding& finding : findings) {
    if (finding.outcome() != v1::Finding::UNDETERMINED) continue;
    for (const std::string& path : finding.missing()) {
      v1::OpenFact& fact = by_path[path];
      fact.set_rule_count(fact.rule_count() + 1);
      if (finding.missing_size() == 1) {
        fact.set_alone_count(fact.alone_count() + 1);
      }
    }
  }
  for (const v1::ProcedureAdvice& procedure : procedures) {
    for (const std::string& path : procedure.missing()) {
      v1::OpenFact& fact = by_path[path];
      fact.set_procedure_count(fact.procedure_count() + 1);
    }
  }
  std::vector<v1::OpenFact> facts;
  for (auto& [path, fact] : by_path) {
    fact.set_path(path);
    fact.set_bt_id(engine::BtIdOf(path, absl::StartsWith(path, "lots[")));
    facts.push_back(std::move(fact));
  }
  const auto key = [](const v1::OpenFact& fact) {
    return std::make_tuple(-fact.rule_count(), -fact.alone_count(),
                           -fact.procedure_count());
  };
  std::stable_sort(facts.begin(), facts.end(),
                   [&](const v1::OpenFact& a, const v1::OpenFact& b) {
                     return key(a) < key(b);
                   });
  if (facts.size() > static_cast<std::size_t>(limit)) {
    facts.resize(static_cast<std::size_t>(limit));
  }
  return facts;
}

}  // namespace klausul::review
