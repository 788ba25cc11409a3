// cel_conformance [--schema FILE] FILE...
//
// Runs files of the conformance suite of the Common Expression Language, as
// they are published (text form of SimpleTestFile), and prints each failure
// with what was expected and what came instead. Exit code 0 where all passed,
// 1 where some failed, 2 where a file or the schema cannot be read.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "service/cel/conformance_runner.h"
#include "service/cel/conformance_schema.h"

namespace {

constexpr char kUsage[] =
    "usage: cel_conformance [--schema FILE] FILE...\n"
    "\n"
    "  cel_conformance conformance/tests/basic.textproto\n"
    "  cel_conformance --schema schema.json tests/*.textproto\n"
    "\n"
    "  --schema FILE  descriptors of the suite's messages, a "
    "FileDescriptorSet\n"
    "                 as JSON; by default $KLAUSUL_CEL_SCHEMA, else\n"
    "                 `schema.json` beside or above the first FILE\n";

struct Arguments {
  std::string schema;
  std::vector<std::string> files;
};

// False where they are not as the usage says.
bool ReadArguments(int argc, char** argv, Arguments& arguments) {
  constexpr char kSchema[] = "--schema";
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == kSchema) {
      if (++i == argc) return false;
      arguments.schema = argv[i];
    } else if (argument.rfind(std::string(kSchema) + "=", 0) == 0) {
      arguments.schema = argument.substr(sizeof(kSchema));
    } else if (argument.rfind("--", 0) == 0) {
      return false;
    } else {
      arguments.files.push_back(argument);
    }
  }
  return !arguments.files.empty();
}

struct Counts {
  std::int64_t passed = 0;
  std::int64_t failed = 0;
};

bool RunFile(const std::string& path, klausul::cel::ConformanceSchema& schema,
             Counts& total) {
  const auto file = schema.ReadTestFile(path);
  if (!file.ok()) {
    std::fprintf(stderr, "cel_conformance: %s\n",
                 file.status().ToString().c_str());
    return false;
  }
  const std::string name = std::filesystem::path(path).stem().string();
  Counts counts;
  klausul::cel::RunConformanceFile(
      **file, schema, [&](const klausul::cel::ConformanceOutcome& outcome) {
        if (outcome.passed) {
          ++counts.passed;
          return;
        }
        ++counts.failed;
        std::printf(
            "FAIL %s/%s\n  expression: %s\n  expected:   %s\n"
            "  actual:     %s\n",
            name.c_str(), outcome.name.c_str(), outcome.expression.c_str(),
            outcome.expected.c_str(), outcome.actual.c_str());
      });
  std::printf("%s: %lld passed, %lld failed\n", name.c_str(),
              static_cast<long long>(counts.passed),
              static_cast<long long>(counts.failed));
  total.passed += counts.passed;
  total.failed += counts.failed;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "--help") {
    std::fputs(kUsage, stdout);
    return 0;
  }
  Arguments arguments;
  if (!ReadArguments(argc, argv, arguments)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (arguments.schema.empty()) {
    arguments.schema =
        klausul::cel::FindConformanceSchema(arguments.files.front());
  }
  if (arguments.schema.empty()) {
    std::fputs(
        "cel_conformance: no schema.json beside or above the files; "
        "name it with --schema\n",
        stderr);
    return 2;
  }
  const auto schema = klausul::cel::ConformanceSchema::Load(arguments.schema);
  if (!schema.ok()) {
    std::fprintf(stderr, "cel_conformance: %s\n",
                 schema.status().ToString().c_str());
    return 2;
  }
  Counts total;
  bool all_read = true;
  for (const std::string& path : arguments.files) {
    all_read = RunFile(path, **schema, total) && all_read;
  }
  std::printf("%lld passed, %lld failed\n",
              static_cast<long long>(total.passed),
              static_cast<long long>(total.failed));
  if (!all_read) return 2;
  return total.failed == 0 ? 0 : 1;
}
