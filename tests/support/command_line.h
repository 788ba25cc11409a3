#ifndef KLAUSUL_TESTS_SUPPORT_COMMAND_LINE_H_
#define KLAUSUL_TESTS_SUPPORT_COMMAND_LINE_H_

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/cli/application.h"
#include "tests/support/tiny_rules.h"

namespace klausul::testing_support {

// What a run of `klausul` gave.
struct CommandResult {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// Runs commands in this process, in a folder of their own that holds the rules
// of tiny_rules.h in `rules/`; KLAUSUL_RULES_DIR leads there.
class CommandLineTest : public testing::Test {
 protected:
  CommandLineTest()
      : folder_(
            std::filesystem::temp_directory_path() /
            ("klausul-cli-" + std::to_string(::getpid()) + "-" +
             testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(folder_);
    for (const ruleset::RuleFile& file : TinyRules()) {
      Write("rules/" + file.path, file.content);
    }
    ::setenv("KLAUSUL_RULES_DIR", Path("rules").c_str(), 1);
  }

  ~CommandLineTest() override { std::filesystem::remove_all(folder_); }

  // The full path of a name in the folder.
  std::string Path(const std::string& name) const {
    return (folder_ / name).string();
  }

  // Writes a file and gives its full path.
  std::string Write(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  static CommandResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "klausul");
    std::vector<char*> argv;
    argv.reserve(arguments.size());
    for (std::string& argument : arguments)
      argv.push_back(argument.data());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    CommandResult result;
    result.exit_code = cli::Run(static_cast<int>(argv.size()), argv.data());
    result.out = testing::internal::GetCapturedStdout();
    result.err = testing::internal::GetCapturedStderr();
    return result;
  }

  // Four days for tenders, where the rules ask for ten.
  static constexpr char kBreach[] =
      "id: p-1\n"
      "buyer: {country: \"NO\"}\n"
      "contract: {nature: SERVICES}\n"
      "dates: {notice_sent: 2026-03-01, tender_deadline: 2026-03-05}\n";

  // Eleven days.
  static constexpr char kClean[] =
      "id: p-2\n"
      "buyer: {country: \"NO\"}\n"
      "contract: {nature: SERVICES}\n"
      "dates: {notice_sent: 2026-03-01, tender_deadline: 2026-03-12}\n";

 private:
  std::filesystem::path folder_;
};

}  // namespace klausul::testing_support

#endif  // KLAUSUL_TESTS_SUPPORT_COMMAND_LINE_H_
