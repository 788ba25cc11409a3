#include "service/ruleset/docs/search_data.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SearchData, IsAScriptWithALineForEachPage) {
  const DocumentedIndex sample;
  const std::string data =
      SearchData(PageContext(sample.index, engine::Language::kBokmal));
  EXPECT_THAT(data, testing::StartsWith("var klausulSearch = [\n[\"Brudd\","
                                        "\"Verdi \\u003cb\\u003e1"));
  EXPECT_THAT(data, testing::EndsWith("],\n];\n"));
  EXPECT_THAT(data, HasSubstr("\"rules/no.foa.1-1.value.html\","
                              "\"no.foa.1-1.value · FOA § 1-1 (1)\","
                              "\"FOA § 1-1 (1) For lav."));
  EXPECT_THAT(data, HasSubstr("[\"Fakta\",\"Trinn\",\"facts/no.size_step"));
  EXPECT_THAT(data, HasSubstr("\"parameters/no.entry.html\",\"no.entry\","
                              "\"100\u00a0000\u00a0kr NO-2\""));
  EXPECT_THAT(data, HasSubstr("\"fields.html#contract.cpv_main\""));
  EXPECT_THAT(data, Not(HasSubstr("<")));
}

}  // namespace
}  // namespace klausul::ruleset::docs
