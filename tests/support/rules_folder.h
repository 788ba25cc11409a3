#ifndef KLAUSUL_TESTS_SUPPORT_RULES_FOLDER_H_
#define KLAUSUL_TESTS_SUPPORT_RULES_FOLDER_H_

#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/support/tiny_rules.h"

namespace klausul::testing_support {

// The tiny rules with `from` in a file replaced by `to`.
inline std::vector<ruleset::RuleFile> ChangedRules(const std::string& path,
                                                   const std::string& from,
                                                   const std::string& to) {
  std::vector<ruleset::RuleFile> files = TinyRules();
  for (ruleset::RuleFile& file : files) {
    const std::size_t at = file.content.find(from);
    if (file.path == path && at != std::string::npos) {
      file.content.replace(at, from.size(), to);
      return files;
    }
  }
  ADD_FAILURE() << "no `" << from << "` in " << path;
  return files;
}

// Another version of the tiny rules that says the same.
inline std::vector<ruleset::RuleFile> NewVersion(const std::string& version) {
  return ChangedRules("no/rule_set.yaml", "2026.1.0", version);
}

// Tiny rules that do not compile, and ones with an example that is not met.
inline std::vector<ruleset::RuleFile> BrokenRules() {
  return ChangedRules("no/rules.yaml", "days_given >= 10", "days_givn >= 10");
}

inline std::vector<ruleset::RuleFile> RulesWithAWrongExample() {
  return ChangedRules("no/rules.yaml", "days_given >= 10", "days_given >= 12");
}

// A folder of the test's own, with the tiny rules in it.
class RulesFolder {
 public:
  RulesFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("klausul-rules-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    Write(TinyRules());
  }

  ~RulesFolder() { std::filesystem::remove_all(path_); }

  RulesFolder(const RulesFolder&) = delete;
  RulesFolder& operator=(const RulesFolder&) = delete;

  std::string path() const { return path_.string(); }

  void Write(const std::vector<ruleset::RuleFile>& files) const {
    for (const ruleset::RuleFile& file : files) {
      std::filesystem::create_directories((path_ / file.path).parent_path());
      std::ofstream(path_ / file.path, std::ios::binary) << file.content;
    }
  }

 private:
  std::filesystem::path path_;
};

}  // namespace klausul::testing_support

#endif  // KLAUSUL_TESTS_SUPPORT_RULES_FOLDER_H_
