#ifndef KLAUSUL_SERVICE_ENGINE_PROGRAM_GRAPH_H_
#define KLAUSUL_SERVICE_ENGINE_PROGRAM_GRAPH_H_

#include "service/engine/program_parts.h"

namespace klausul::engine {

// Scopes of the program's inputs, see Input::scope: what stays for a plan, and
// what for one lot of it.
inline constexpr std::uint8_t kPlanScope = 0;
inline constexpr std::uint8_t kLotScope = 1;

// Puts every expression of the program into its graph. Internal to this
// folder.
void BuildProgramGraph(ProgramParts& parts);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PROGRAM_GRAPH_H_
