#include "service/cel/extensions/encoders.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class EncodersTest : public ExtensionTableTest {};

TEST_P(EncodersTest, ComesTo) {
  CheckValue();
}

// The vectors of RFC 4648, section 10, and more.
INSTANTIATE_TEST_SUITE_P(Encode, EncodersTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"base64.encode(b'')", "\"\""},
                             {"base64.encode(b'f')", "\"Zg==\""},
                             {"base64.encode(b'fo')", "\"Zm8=\""},
                             {"base64.encode(b'foo')", "\"Zm9v\""},
                             {"base64.encode(b'foob')", "\"Zm9vYg==\""},
                             {"base64.encode(b'fooba')", "\"Zm9vYmE=\""},
                             {"base64.encode(b'foobar')", "\"Zm9vYmFy\""},
                             {"base64.encode(b'hello')", "\"aGVsbG8=\""},
                             {"base64.encode(b'\\x00\\xff\\xfe')", "\"AP/+\""},
                             {"base64.encodeUrl(b'\\x00\\xff\\xfe')",
                              "\"AP_-\""},
                             {"base64.encodeUrl(b'f')", "\"Zg==\""},
                             {"base64.encode(bytes('\u00E6'))", "\"w6Y=\""},
                         }));

constexpr char kNotBase64[] = "error(invalid-argument: the text is not Base64)";

INSTANTIATE_TEST_SUITE_P(
    Decode, EncodersTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"base64.decode('')", "b\"\""},
        {"base64.decode('Zm9vYmFy')", "b\"foobar\""},
        {"base64.decode('aGVsbG8=')", "b\"hello\""},
        {"base64.decode('aGVsbG8')", "b\"hello\""},
        {"base64.decode('Zg==')", "b\"f\""},
        {"base64.decode('Zg')", "b\"f\""},
        {"base64.decode('Zh==')", "b\"f\""},
        {"base64.decode('AP/+') == b'\\x00\\xff\\xfe'", "true"},
        {"base64.decodeUrl('AP_-') == b'\\x00\\xff\\xfe'", "true"},
        {"base64.decodeUrl('Zg')", "b\"f\""},
        {"base64.decode('Z')", kNotBase64},
        {"base64.decode('Zg=')", kNotBase64},
        {"base64.decode('Zg===')", kNotBase64},
        {"base64.decode('====')", kNotBase64},
        {"base64.decode('=')", kNotBase64},
        {"base64.decode('Zm9v====')", kNotBase64},
        {"base64.decode('Zm=v')", kNotBase64},
        {"base64.decode('z!')", kNotBase64},
        {"base64.decode('Zm9v\\n')", kNotBase64},
        {"base64.decode(' Zm9v')", kNotBase64},
        {"base64.decode('Zm\u00E6')", kNotBase64},
        {"base64.decode('AP_-')", kNotBase64},
        {"base64.decodeUrl('AP/+')",
         "error(invalid-argument: the text is not Base64 for URLs)"},
    }));

TEST(EncodersTest, TypesAreThoseOfTheLibrary) {
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.TypeText("base64.encode(b'')"), "string");
  EXPECT_EQ(fixture.TypeText("base64.decode('')"), "bytes");
  EXPECT_THAT(fixture.TypeText("base64.encode('')"),
              testing::StartsWith("no-overload: "));
  EXPECT_THAT(fixture.TypeText("base64.decode(b'')"),
              testing::StartsWith("no-overload: "));
}

TEST(EncodersTest, LongBytesUseUpTheSteps) {
  const std::string text =
      "cel.bind(t, 'aaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaa')"
      ".replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaa'), ";
  for (const char* call :
       {"size(base64.encode(bytes(t)))", "size(base64.decode(t))"}) {
    ExtensionFixture fixture;
    fixture.options().step_limit = 1'000'000;
    EXPECT_THAT(fixture.Text(text + call + ")"),
                testing::Not(testing::StartsWith("error")));
    ExtensionFixture bounded;
    bounded.options().step_limit = 2500;
    EXPECT_EQ(bounded.Text(text + call + ")"),
              "error(limit: the evaluation needs more than 2500 steps)");
  }
}

}  // namespace
}  // namespace klausul::cel
