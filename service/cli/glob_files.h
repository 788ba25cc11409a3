#ifndef KLAUSUL_SERVICE_CLI_GLOB_FILES_H_
#define KLAUSUL_SERVICE_CLI_GLOB_FILES_H_

#include <string>
#include <vector>

namespace klausul::cli {

// The files and folders that a pattern (base/glob.h) means, sorted: for shells
// that leave patterns alone, and for `**`. Hidden names and what is below them
// are left out unless the pattern has a hidden name itself; links to folders
// are not followed.
std::vector<std::string> ExpandGlob(const std::string& pattern);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_GLOB_FILES_H_
