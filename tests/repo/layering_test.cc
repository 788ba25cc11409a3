// Reads the #include lines of service/ and fails on one that points the wrong
// way: dependencies go down the list of the README, never back.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul {
namespace {

namespace fs = std::filesystem;

// What each folder may include from this repository, besides itself.
const std::map<std::string, std::set<std::string>>& Knows() {
  static const auto* const knows =
      new std::map<std::string, std::set<std::string>>{
          {"base", {}},
          {"syntax", {"base"}},
          {"cel", {"base"}},
          {"engine", {"base", "cel", "proto"}},
          {"ruleset", {"base", "syntax", "cel", "engine", "proto"}},
          {"intake", {"base", "syntax", "proto"}},
          {"review",
           {"base", "syntax", "cel", "engine", "ruleset", "intake", "proto"}},
          {"report", {"base", "proto"}},
          {"server",
           {"base", "syntax", "cel", "engine", "ruleset", "intake", "review",
            "proto"}},
          {"cli",
           {"base", "syntax", "cel", "engine", "ruleset", "intake", "review",
            "report", "server", "proto"}},
      };
  return *knows;
}

struct Include {
  std::string file;
  std::string target;
};

// The folder that an include leads to: a folder of service/, `proto` for
// generated code, or empty for a library.
std::string FolderOf(const std::string& include) {
  constexpr const char* kService = "service/";
  if (include.rfind(kService, 0) == 0) {
    const std::size_t begin = std::string(kService).size();
    return include.substr(begin, include.find('/', begin) - begin);
  }
  if (include.rfind("klausul/v1/", 0) == 0 ||
      include.rfind("google/rpc/", 0) == 0) {
    return "proto";
  }
  return "";
}

std::vector<Include> QuotedIncludes(const fs::path& file) {
  std::vector<Include> includes;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    constexpr const char* kStart = "#include \"";
    if (line.rfind(kStart, 0) != 0) continue;
    const std::size_t begin = std::string(kStart).size();
    includes.push_back(
        {file.string(), line.substr(begin, line.find('"', begin) - begin)});
  }
  return includes;
}

TEST(LayeringTest, DependenciesPointOneWay) {
  const fs::path service = fs::path(KLAUSUL_SOURCE_DIR) / "service";
  std::vector<std::string> wrong;
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(service)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".h" && ending != ".cc") continue;
    const std::string folder =
        fs::relative(entry.path(), service).begin()->string();
    const auto knows = Knows().find(folder);
    ASSERT_NE(knows, Knows().end())
        << folder << " is a new folder: say in this test what it knows";
    for (const Include& include : QuotedIncludes(entry.path())) {
      ++seen;
      const std::string target = FolderOf(include.target);
      if (target.empty() || target == folder) continue;
      if (knows->second.count(target) == 0) {
        wrong.push_back(include.file + " includes " + include.target);
      }
    }
  }
  EXPECT_GT(seen, 100);
  EXPECT_THAT(wrong, testing::IsEmpty());
}

// The library folders say the same to CMake.
TEST(LayeringTest, CMakeTargetsDependOnWhatTheirFolderKnows) {
  const fs::path service = fs::path(KLAUSUL_SOURCE_DIR) / "service";
  std::vector<std::string> wrong;
  for (const auto& [folder, knows] : Knows()) {
    std::ifstream in(service / folder / "CMakeLists.txt");
    ASSERT_TRUE(in.good()) << folder;
    const std::string text((std::istreambuf_iterator<char>(in)),
                           std::istreambuf_iterator<char>());
    const std::string mark = "klausul::";
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + 1)) {
      const std::size_t begin = at + mark.size();
      const std::size_t end =
          text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin);
      const std::string target = text.substr(begin, end - begin);
      // Parts of a folder that have a target of their own.
      if (target == "grpc" || target == "builtin_rules" ||
          target == "options" || target == folder ||
          target.rfind(folder + "_", 0) == 0) {
        continue;
      }
      // A part of another folder: `cel_extensions`.
      const std::string whole = target.substr(0, target.find('_'));
      if (knows.count(whole) == 0) wrong.push_back(folder + " -> " + target);
    }
  }
  EXPECT_THAT(wrong, testing::IsEmpty());
}

}  // namespace
}  // namespace klausul
