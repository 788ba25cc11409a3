#include "service/cli/input_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "service/base/glob.h"
#include "service/base/status_macros.h"
#include "service/cli/glob_files.h"
#include "service/intake/read.h"

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
      // The current folder goes without saying, also in fingerprints.
      files.push_back(
          {std::string(absl::StripPrefix(entry.path().string(), "./")), false});
    }
  }
}

// How much of a file is read at a time.
constexpr std::size_t kReadBytes = std::size_t{64} << 10;

// An open file, or standard input. read(2) gives what a pipe has so far, where
// stdio would wait for a whole buffer.
class File {
 public:
  static absl::StatusOr<File> Open(const std::string& path) {
    if (path == "-") return File(STDIN_FILENO);
    std::error_code error;
    if (fs::is_directory(path, error)) {
      return absl::PermissionDeniedError("the folder cannot be read");
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) return File(descriptor);
    if (errno == ENOENT) return absl::NotFoundError("no such file or folder");
    return absl::PermissionDeniedError(
        absl::StrCat("cannot be opened: ", std::strerror(errno)));
  }

  File(File&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, STDIN_FILENO)) {}

  ~File() {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  File(const File&) = delete;
  File& operator=(const File&) = delete;
  File& operator=(File&&) = delete;

  // Appends the next bytes; none at the end.
  absl::Status Read(std::string& out) {
    const std::size_t size = out.size();
    out.resize(size + kReadBytes);
    ssize_t read = 0;
    do {
      read = ::read(descriptor_, &out[size], kReadBytes);
    } while (read < 0 && errno == EINTR);
    out.resize(size + static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
    if (read < 0) {
      return absl::DataLossError(
          absl::StrCat("reading it failed: ", std::strerror(errno)));
    }
    return absl::OkStatus();
  }

 private:
  explicit File(int descriptor) : descriptor_(descriptor) {}

  // Standard input is not closed: it is not ours.
  int descriptor_;
};

bool IsNamedJsonLines(absl::string_view path) {
  return absl::EndsWithIgnoreCase(path, ".jsonl") ||
         absl::EndsWithIgnoreCase(path, ".ndjson");
}

using OnBatch = absl::FunctionRef<bool(std::vector<v1::Document>)>;

// Cuts what is read into lines.
class LineSplitter {
 public:
  LineSplitter(absl::string_view path, std::size_t max_bytes, OnBatch on_batch)
      : path_(path), max_bytes_(max_bytes), on_batch_(on_batch) {}

  // False where no more is wanted.
  bool Add(absl::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const absl::string_view piece = text.substr(0, end);
      // Past the bound the line only has to be long enough to be refused.
      if (line_.size() <= max_bytes_) line_.append(piece.data(), piece.size());
      if (end == absl::string_view::npos) break;
      EndLine();
      if (batch_.size() == kMaxBatch && !Flush()) return false;
      text.remove_prefix(end + 1);
    }
    return Flush();
  }

  // The last line may have no end.
  void Finish() {
    if (!line_.empty()) EndLine();
    Flush();
  }

 private:
  void EndLine() {
    if (!absl::StripAsciiWhitespace(line_).empty()) {
      v1::Document& document = batch_.emplace_back();
      document.set_uri(absl::StrCat(path_, "#/lines/", number_));
      document.set_first_line(number_);
      document.set_content(std::move(line_));
    }
    line_.clear();
    ++number_;
  }

  bool Flush() {
    if (batch_.empty()) return true;
    return on_batch_(std::exchange(batch_, {}));
  }

  const absl::string_view path_;
  const std::size_t max_bytes_;
  const OnBatch on_batch_;
  std::string line_;
  std::int32_t number_ = 1;
  std::vector<v1::Document> batch_;
};

// `head` is what has been read already.
absl::Status ReadLines(File& file, std::string head, absl::string_view path,
                       std::size_t max_bytes, OnBatch on_batch) {
  LineSplitter lines(path, std::min(max_bytes, intake::kMaxPlanFileBytes),
                     on_batch);
  do {
    if (!lines.Add(head)) return absl::OkStatus();
    head.clear();
    RETURN_IF_ERROR(file.Read(head));
  } while (!head.empty());
  lines.Finish();
  return absl::OkStatus();
}

absl::Status ReadWhole(File& file, std::string head, const std::string& path,
                       std::size_t max_bytes, OnBatch on_batch) {
  std::size_t before = 0;
  while (head.size() != before && head.size() <= max_bytes) {
    before = head.size();
    RETURN_IF_ERROR(file.Read(head));
  }
  std::vector<v1::Document> batch(1);
  batch.front().set_uri(path);
  batch.front().set_content(std::move(head));
  on_batch(std::move(batch));
  return absl::OkStatus();
}

// Reads until it is clear whether these are JSON Lines, or a first line would
// be longer than kReadBytes.
absl::StatusOr<bool> SniffJsonLines(File& file, const std::string& path,
                                    std::string& head) {
  while (true) {
    const std::size_t before = head.size();
    RETURN_IF_ERROR(file.Read(head));
    if (intake::DetectFormat(path, head) ==
        intake::DocumentFormat::kJsonLines) {
      return true;
    }
    if (head.size() == before || head.size() >= kReadBytes) return false;
  }
}

}  // namespace

std::vector<InputFile> ListInputs(const std::vector<std::string>& arguments) {
  std::vector<InputFile> files;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (argument != "-" && fs::is_directory(argument, error)) {
      Walk(argument, files);
    } else if (IsGlob(argument) && !fs::exists(argument, error)) {
      const std::vector<std::string> found = ExpandGlob(argument);
      for (const std::string& path : found) {
        if (fs::is_directory(path, error)) {
          Walk(path, files);
        } else {
          files.push_back({path, false});
        }
      }
      // Reading it says that there is none.
      if (found.empty()) files.push_back({argument, true});
    } else {
      files.push_back({argument, true});
    }
  }
  return files;
}

absl::StatusOr<Shard> ParseShard(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  const auto read = [](absl::string_view digits, std::size_t& number) {
    // SimpleAtoi takes signs and blanks as well.
    return !digits.empty() &&
           digits.find_first_not_of("0123456789") == digits.npos &&
           absl::SimpleAtoi(digits, &number);
  };
  Shard shard;
  if (parts.size() != 2 || !read(parts[0], shard.index) ||
      !read(parts[1], shard.count)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text, "` is no INDEX/COUNT such as 0/8"));
  }
  if (shard.count == 0 || shard.count > kMaxShards) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text, "`: COUNT goes from 1 to ", kMaxShards));
  }
  if (shard.index >= shard.count) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text, "`: INDEX goes from 0 to ", shard.count - 1));
  }
  return shard;
}

void SortForSharding(std::vector<InputFile>& files) {
  std::stable_sort(
      files.begin(), files.end(),
      [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
}

bool HoldsJsonLines(const std::string& path) {
  if (IsNamedJsonLines(path)) return true;
  if (path == "-" || !absl::EndsWithIgnoreCase(path, ".json")) return false;
  absl::StatusOr<File> file = File::Open(path);
  if (!file.ok()) return false;
  std::string head;
  return SniffJsonLines(*file, path, head).value_or(false);
}

absl::Status ForEachBatch(
    const std::string& path, std::size_t max_bytes,
    absl::FunctionRef<bool(std::vector<v1::Document>)> on_batch) {
  ASSIGN_OR_RETURN(File file, File::Open(path));
  std::string head;
  bool is_lines = IsNamedJsonLines(path);
  if (!is_lines) {
    ASSIGN_OR_RETURN(is_lines, SniffJsonLines(file, path, head));
  }
  return is_lines ? ReadLines(file, std::move(head), path, max_bytes, on_batch)
                  : ReadWhole(file, std::move(head), path, max_bytes, on_batch);
}

absl::Status ForEachDocument(
    const std::string& path, std::size_t max_bytes,
    absl::FunctionRef<void(v1::Document)> on_document) {
  return ForEachBatch(path, max_bytes, [&](std::vector<v1::Document> batch) {
    for (v1::Document& document : batch)
      on_document(std::move(document));
    return true;
  });
}

}  // namespace klausul::cli
