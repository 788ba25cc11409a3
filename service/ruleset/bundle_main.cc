// klausul_bundle RULES_DIR OUT_DIR
//
// Reads and checks every rule set under RULES_DIR and writes into OUT_DIR
// `rule_sets.bin` and `rule_files.bin` (see bundle.h) and `builtin_data.cc`,
// which takes both into a program. Exit code 2, with the diagnostics on
// standard error, where a set is wrong: a broken rule stops the build.

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/base/diagnostic.h"
#include "service/base/status_macros.h"
#include "service/ruleset/bundle.h"
#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

namespace klausul::ruleset {
namespace {

absl::Status WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

// The assembler copies the file as it is, in no time; a C++ array of a
// megabyte would take the compiler seconds.
std::string Incbin(const std::string& symbol, const std::string& path) {
  return absl::StrCat(
      "__asm__(\n"
      "    \".pushsection .rodata\\n\"\n"
      "    \".global ",
      symbol,
      "_begin\\n\"\n"
      "    \".global ",
      symbol,
      "_end\\n\"\n"
      "    \".balign 16\\n\"\n"
      "    \"",
      symbol,
      "_begin:\\n\"\n"
      "    \".incbin \\\"",
      path,
      "\\\"\\n\"\n"
      "    \"",
      symbol,
      "_end:\\n\"\n"
      "    \".byte 0\\n\"\n"
      "    \".popsection\\n\");\n");
}

absl::Status Run(const std::string& root, const std::string& out_dir,
                 DiagnosticSink& sink) {
  ASSIGN_OR_RETURN(const auto repository,
                   RuleSetRepository::LoadRoot(root, {}, sink));
  ASSIGN_OR_RETURN(const std::vector<RuleFile> files, ReadRuleFiles(root));
  std::vector<SharedRuleSet> sets;
  for (const RuleSetRepository::Entry* entry : repository->entries()) {
    sets.push_back(entry->rule_set);
  }
  const std::string sets_path = absl::StrCat(out_dir, "/rule_sets.bin");
  const std::string files_path = absl::StrCat(out_dir, "/rule_files.bin");
  RETURN_IF_ERROR(WriteFile(sets_path, SerializeRuleSets(sets)));
  RETURN_IF_ERROR(WriteFile(files_path, SerializeRuleFiles(files)));
  return WriteFile(
      absl::StrCat(out_dir, "/builtin_data.cc"),
      absl::StrCat("// Made by klausul_bundle.\n",
                   Incbin("klausul_builtin_rule_sets", sets_path),
                   Incbin("klausul_builtin_rule_files", files_path)));
}

}  // namespace
}  // namespace klausul::ruleset

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: klausul_bundle RULES_DIR OUT_DIR\n";
    return 2;
  }
  klausul::DiagnosticSink sink;
  const absl::Status status = klausul::ruleset::Run(argv[1], argv[2], sink);
  if (status.ok()) return 0;
  std::cerr << sink.RenderAll() << "klausul_bundle: " << status.message()
            << "\n";
  return 2;
}
