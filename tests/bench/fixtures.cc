#include "tests/bench/fixtures.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "service/intake/read.h"

namespace klausul::bench {

namespace fs = std::filesystem;

std::string SamplePath(const std::string& name) {
  return (fs::path(KLAUSUL_SOURCE_DIR) / "client-examples" / "samples" / name)
      .string();
}

std::string Sample(const std::string& name) {
  std::ifstream in(SamplePath(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

v1::ProcurementPlan SamplePlan(const std::string& name) {
  return intake::ReadOne({name, Sample(name)}, {}).plan;
}

const std::shared_ptr<const review::RuleCatalogue>& Catalogue() {
  static const auto* const catalogue = [] {
    auto built_in = review::RuleCatalogue::Builtin();
    return new std::shared_ptr<const review::RuleCatalogue>(
        built_in.ok() ? *std::move(built_in) : nullptr);
  }();
  return *catalogue;
}

std::string BesideThisProgram(const std::string& name) {
  return (fs::read_symlink("/proc/self/exe").parent_path() / name).string();
}

std::string KlausulProgram() {
  return BesideThisProgram("klausul");
}

}  // namespace klausul::bench
