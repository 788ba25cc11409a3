#include "service/cli/project_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/syntax/tree.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

// The file of a document without `#/lines/3`.
std::string FileOf(absl::string_view uri) {
  return std::string(uri.substr(0, uri.find("#/")));
}

fs::path AbsoluteFile(absl::string_view uri) {
  std::error_code error;
  return fs::absolute(FileOf(uri), error).lexically_normal();
}

std::string FolderOf(absl::string_view uri) {
  return AbsoluteFile(uri).parent_path().string();
}

// As the user would name it: from the current folder where it is below that.
std::string Shown(const fs::path& path) {
  std::error_code error;
  const fs::path relative =
      path.lexically_proximate(fs::current_path(error).lexically_normal());
  return *relative.begin() == ".." ? path.string() : relative.string();
}

}  // namespace

ProjectFiles ProjectFiles::Find(const std::vector<InputFile>& files,
                                DiagnosticSink& sink) {
  ProjectFiles found;
  for (const InputFile& file : files)
    found.Load(FolderOf(file.path), sink);
  return found;
}

std::shared_ptr<const FoundConfig> ProjectFiles::Load(const std::string& folder,
                                                      DiagnosticSink& sink) {
  const auto known = configs_.find(folder);
  if (known != configs_.end()) return known->second;
  std::shared_ptr<const FoundConfig> config;
  const fs::path path =
      fs::path(folder) / std::string(review::kProjectConfigName);
  std::error_code error;
  if (fs::is_regular_file(path, error)) {
    auto made = std::make_shared<FoundConfig>();
    made->folder = folder;
    if (auto file = ReadProjectFile(Shown(path), sink)) {
      made->config = review::ReadProjectConfig(std::move(file), sink);
    }
    config = std::move(made);
  } else if (!fs::exists(fs::path(folder) / ".git", error)) {
    const std::string parent = fs::path(folder).parent_path().string();
    if (parent != folder) config = Load(parent, sink);
  }
  configs_.emplace(folder, config);
  return config;
}

const FoundConfig* ProjectFiles::ConfigOf(absl::string_view uri) const {
  const auto at = configs_.find(FolderOf(uri));
  return at == configs_.end() ? nullptr : at->second.get();
}

std::vector<const FoundConfig*> ProjectFiles::all() const {
  std::vector<const FoundConfig*> found;
  std::set<const FoundConfig*> seen;
  for (const auto& [folder, config] : configs_) {
    if (config != nullptr && seen.insert(config.get()).second) {
      found.push_back(config.get());
    }
  }
  return found;
}

std::vector<InputFile> ProjectFiles::Wanted(
    std::vector<InputFile> files) const {
  const auto unwanted = [&](const InputFile& file) {
    if (file.named) return false;
    const FoundConfig* found = ConfigOf(file.path);
    return found != nullptr &&
           !found->config.Wants(PathFrom(found->folder, file.path));
  };
  files.erase(std::remove_if(files.begin(), files.end(), unwanted),
              files.end());
  return files;
}

std::string PathFrom(absl::string_view folder, absl::string_view uri) {
  return AbsoluteFile(uri)
      .lexically_relative(std::string(folder))
      .generic_string();
}

std::shared_ptr<const SourceFile> ReadProjectFile(const std::string& path,
                                                  DiagnosticSink& sink) {
  std::ifstream in(path, std::ios::binary);
  // One byte more than is taken: reading it then says that it is too large.
  std::string content(syntax::Limits().max_bytes + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!in.is_open() || in.bad() || (in.fail() && !in.eof())) {
    sink.Error(nullptr, {}, "unreadable-file",
               absl::StrCat("`", path, "` cannot be read"));
    return nullptr;
  }
  content.resize(static_cast<std::size_t>(in.gcount()));
  return syntax::MakeSourceFile(path, std::move(content));
}

}  // namespace klausul::cli
