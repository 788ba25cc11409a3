#include "service/server/rotating_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

namespace fs = std::filesystem;

class RotatingFileTest : public testing::Test {
 protected:
  RotatingFileTest() { fs::create_directories(folder_); }

  ~RotatingFileTest() override { fs::remove_all(folder_); }

  std::unique_ptr<RotatingFile> Open(std::uint64_t max_bytes, int keep) {
    auto file = RotatingFile::Open({Path(""), max_bytes, keep});
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }

  std::string Path(const std::string& more) const {
    return (folder_ / "log").string() + more;
  }

  // Empty where there is no such file.
  std::string Read(const std::string& more) const {
    std::ifstream in(Path(more), std::ios::binary);
    return {std::istreambuf_iterator<char>(in),
            std::istreambuf_iterator<char>()};
  }

  const fs::path folder_ =
      fs::temp_directory_path() /
      ("klausul-rotating-" + std::to_string(::getpid()) + "-" +
       testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(RotatingFileTest, FullFilesMakeWayAndTheOldestGoes) {
  const auto file = Open(8, 2);
  for (const char* line : {"one\n", "two\n", "three\n", "four\n", "five\n"}) {
    ASSERT_TRUE(file->Write(line).ok());
  }
  EXPECT_EQ(Read(""), "five\n");
  EXPECT_EQ(Read(".1"), "four\n");
  EXPECT_EQ(Read(".2"), "three\n");
  EXPECT_FALSE(fs::exists(Path(".3")));
}

TEST_F(RotatingFileTest, KeepsNoneWhereNoneIsAskedFor) {
  const auto file = Open(4, 0);
  ASSERT_TRUE(file->Write("one\n").ok());
  ASSERT_TRUE(file->Write("two\n").ok());
  EXPECT_EQ(Read(""), "two\n");
  EXPECT_FALSE(fs::exists(Path(".1")));
}

TEST_F(RotatingFileTest, GoesOnWithAFileAndTakesItsSize) {
  ASSERT_TRUE(Open(8, 1)->Write("one\n").ok());
  ASSERT_TRUE(Open(8, 1)->Write("two\n").ok());
  EXPECT_EQ(Read(""), "one\ntwo\n");
  ASSERT_TRUE(Open(8, 1)->Write("three\n").ok());
  EXPECT_EQ(Read(""), "three\n");
  EXPECT_EQ(Read(".1"), "one\ntwo\n");
}

TEST_F(RotatingFileTest, OneWriteIsNeverParted) {
  const auto file = Open(4, 1);
  ASSERT_TRUE(file->Write("longer than the file\n").ok());
  EXPECT_EQ(Read(""), "longer than the file\n");
}

TEST_F(RotatingFileTest, OnlyItsOwnerReadsIt) {
  const auto file = Open(100, 1);

  struct stat status {};

  ASSERT_EQ(::stat(Path("").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(RotatingFileTest, SaysThatItCannotWrite) {
  EXPECT_EQ(RotatingFile::Open({"/no/such/folder/log"}).status().code(),
            absl::StatusCode::kUnavailable);
  // A device that is always full.
  const auto full = RotatingFile::Open({"/dev/full"});
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ((*full)->Write("one\n").code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace klausul::server
