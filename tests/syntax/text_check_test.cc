#include "service/syntax/text_check.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/tree.h"

namespace klausul::syntax {
namespace {

using testing::StartsWith;

TEST(TextCheckTest, SizeIsRefusedPastTheLimitOnly) {
  Limits limits;
  limits.max_bytes = 4;
  DiagnosticSink sink;
  EXPECT_TRUE(CheckText(MakeSourceFile("a", "1234"), limits, sink));
  EXPECT_FALSE(CheckText(MakeSourceFile("a", "12345"), limits, sink));
  EXPECT_THAT(sink.RenderAll(),
              StartsWith("error[too-large]: the text has 5 bytes; the limit is "
                         "4 bytes\n"));
}

TEST(TextCheckTest, ControlCharactersAreRefused) {
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("\x1b[31m"), std::string("\x7f")}) {
    DiagnosticSink sink;
    EXPECT_FALSE(CheckText(MakeSourceFile("a", text), {}, sink));
    EXPECT_EQ(sink.diagnostics()[0].code, "control-character");
  }
  DiagnosticSink sink;
  EXPECT_TRUE(CheckText(MakeSourceFile("a", "\ta\r\n\u00E6"), {}, sink));
}

TEST(TextCheckTest, BytesReadWell) {
  EXPECT_EQ(FormatBytes(std::size_t{16} << 20), "16 MiB");
  EXPECT_EQ(FormatBytes(2048), "2 KiB");
  EXPECT_EQ(FormatBytes(1000), "1000 bytes");
}

}  // namespace
}  // namespace klausul::syntax
