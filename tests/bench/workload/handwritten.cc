#include "tests/bench/workload/handwritten.h"

namespace klausul::bench::handwritten {
namespace {

using std::string_view_literals::operator""sv;

namespace structs {
#include "structs_10.inc"
#include "structs_100.inc"
#include "structs_1000.inc"
}  // namespace structs

namespace messages {
using procbench::v1::Plan;

bool Has(const google::protobuf::RepeatedPtrField<std::string>& list,
         std::string_view text) {
  for (const std::string& one : list) {
    if (one == text) return true;
  }
  return false;
}

#include "messages_10.inc"
#include "messages_100.inc"
#include "messages_1000.inc"
}  // namespace messages

}  // namespace

OnStruct RulesOnStruct(int size) {
  return size == 10    ? structs::Rules10
         : size == 100 ? structs::Rules100
                       : structs::Rules1000;
}

OnMessage RulesOnMessage(int size) {
  return size == 10    ? messages::Rules10
         : size == 100 ? messages::Rules100
                       : messages::Rules1000;
}

}  // namespace klausul::bench::handwritten
