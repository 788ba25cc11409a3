#include "service/cli/input_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

bool HasKnownEnding(absl::string_view name) {
  for (const absl::string_view ending :
       {".xml", ".json", ".jsonl", ".yaml", ".yml"}) {
    if (absl::EndsWithIgnoreCase(name, ending)) return true;
  }
  return false;
}

// Adds the documents below a folder. Links to folders are not followed, so that
// a circle of them has an end.
void Walk(const fs::path& folder, std::vector<InputFile>& files) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    entries.push_back(*it);
  }
  if (error) {
    // Reading it again says why.
    files.push_back({folder.string(), true});
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    // Hidden names; `.klausul.yaml` is one of them.
    if (absl::StartsWith(name, ".")) continue;
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      Walk(entry.path(), files);
    } else if (HasKnownEnding(name) && entry.is_regular_file(error)) {
      files.push_back({entry.path().string(), false});
    }
  }
}

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

using File = std::unique_ptr<std::FILE, CloseFile>;

absl::StatusOr<File> Open(const std::string& path) {
  if (path == "-") return File(stdin);
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return absl::PermissionDeniedError("the folder cannot be read");
  }
  errno = 0;
  File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    if (errno == ENOENT) return absl::NotFoundError("no such file or folder");
    return absl::PermissionDeniedError(
        absl::StrCat("cannot be opened: ", std::strerror(errno)));
  }
  return file;
}

absl::Status ReadLines(std::FILE& file, const std::string& path,
                       std::size_t max_bytes,
                       absl::FunctionRef<void(v1::Document)> on_document) {
  std::string line;
  std::int32_t number = 1;
  const auto flush = [&] {
    absl::string_view text(line);
    if (!absl::StripAsciiWhitespace(text).empty()) {
      v1::Document document;
      document.set_uri(absl::StrCat(path, "#/lines/", number));
      document.set_first_line(number);
      document.set_content(std::move(line));
      on_document(std::move(document));
    }
    line.clear();
    ++number;
  };
  std::string buffer(std::size_t{1} << 16, '\0');
  while (true) {
    const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), &file);
    if (read == 0) break;
    absl::string_view rest(buffer.data(), read);
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const absl::string_view piece = rest.substr(0, end);
      // Past the bound the line only has to be long enough to be refused.
      if (line.size() <= max_bytes) line.append(piece.data(), piece.size());
      if (end == absl::string_view::npos) break;
      flush();
      rest.remove_prefix(end + 1);
    }
  }
  if (std::ferror(&file) != 0) {
    return absl::DataLossError("reading it failed");
  }
  if (!line.empty()) flush();
  return absl::OkStatus();
}

}  // namespace

std::vector<InputFile> ListInputs(const std::vector<std::string>& arguments) {
  std::vector<InputFile> files;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (argument != "-" && fs::is_directory(argument, error)) {
      Walk(argument, files);
    } else {
      files.push_back({argument, true});
    }
  }
  return files;
}

absl::Status ForEachDocument(
    const std::string& path, std::size_t max_bytes,
    absl::FunctionRef<void(v1::Document)> on_document) {
  absl::StatusOr<File> file = Open(path);
  if (!file.ok()) return file.status();
  if (absl::EndsWithIgnoreCase(path, ".jsonl")) {
    return ReadLines(**file, path, max_bytes, on_document);
  }
  v1::Document document;
  document.set_uri(path);
  std::string& content = *document.mutable_content();
  std::string buffer(std::size_t{1} << 16, '\0');
  while (content.size() <= max_bytes) {
    const std::size_t read =
        std::fread(buffer.data(), 1, buffer.size(), file->get());
    if (read == 0) break;
    content.append(buffer.data(), read);
  }
  if (std::ferror(file->get()) != 0) {
    return absl::DataLossError("reading it failed");
  }
  on_document(std::move(document));
  return absl::OkStatus();
}

}  // namespace klausul::cli
