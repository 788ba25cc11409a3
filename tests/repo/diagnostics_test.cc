// docs/diagnostics.md names every code of a diagnostic.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace klausul {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Codes as sources write them: the first text of a call that reports, or what
// a diagnostic's code is set to.
std::set<std::string> CodesOf(const std::string& source) {
  static const std::regex kCode(
      "(?:Error|ErrorAt|MakeError|Warning|Warn|Refuse|GiveUp|code = )"
      "[^;\"]{0,200}(?:\"[a-z_.]*\",\\s*)?\"([a-z]+(?:-[a-z0-9]+)+)\"");
  std::set<std::string> codes;
  for (std::sregex_iterator it(source.begin(), source.end(), kCode), end;
       it != end; ++it) {
    codes.insert((*it)[1]);
  }
  return codes;
}

TEST(DiagnosticsTest, EveryCodeIsExplained) {
  const fs::path root(KLAUSUL_SOURCE_DIR);
  const std::string page = Read(root / "docs" / "diagnostics.md");
  int seen = 0;
  for (const char* folder :
       {"syntax", "cel", "engine", "ruleset", "intake", "review", "cli"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(root / "service" / folder)) {
      if (entry.path().extension() != ".cc") continue;
      for (const std::string& code : CodesOf(Read(entry.path()))) {
        ++seen;
        EXPECT_NE(page.find("`" + code + "`"), std::string::npos)
            << code << " of " << entry.path();
      }
    }
  }
  EXPECT_GT(seen, 60);
}

}  // namespace
}  // namespace klausul
