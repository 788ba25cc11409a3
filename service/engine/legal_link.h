#ifndef KLAUSUL_SERVICE_ENGINE_LEGAL_LINK_H_
#define KLAUSUL_SERVICE_ENGINE_LEGAL_LINK_H_

#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

namespace klausul::engine {

// What `provision_url` of an instrument has in the place of the number.
inline constexpr absl::string_view kProvisionNumber = "{number}";

// Where a provision stands: `https://law.example/foa/§7-9` for `§ 7-9 (2)`
// under `https://law.example/foa/§{number}`. The address of the whole
// instrument where it has no such pattern, or the provision has no number
// (`preamble`); empty where it has no address.
std::string ProvisionUrl(const v1::Instrument& instrument,
                         absl::string_view provision);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_LEGAL_LINK_H_
