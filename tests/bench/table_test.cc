#include "tests/bench/table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::bench {
namespace {

const std::vector<Row>& Rows() {
  static const auto* const rows = new std::vector<Row>{
      {"startup_ms", "startup", "", "ms"},
      {"evaluate_plan", "evaluate", "", "us a plan"},
      {"eforms_vs_parse", "read", "parse", "x of bare pugixml"},
      {"not_measured", "nobody", "", "ms"},
      {"no_baseline", "read", "nobody", "x of nobody"}};
  return *rows;
}

const std::vector<Figure>& Figures() {
  static const auto* const figures =
      new std::vector<Figure>(MakeTable(Rows(), {{"startup", 0.0125},
                                                 {"evaluate", 0.00002},
                                                 {"read", 0.003},
                                                 {"parse", 0.001}}));
  return *figures;
}

TEST(TableTest, ListsOnlyWhatWasMeasured) {
  EXPECT_EQ(TableText(Figures()),
            "startup_ms           12.500  ms\n"
            "evaluate_plan        20.000  us a plan\n"
            "eforms_vs_parse       3.000  x of bare pugixml\n");
}

TEST(TableTest, IsAJsonArray) {
  EXPECT_EQ(TableJson(Figures()),
            "[\n"
            "  {\"name\":\"startup_ms\",\"value\":12.5,\"unit\":\"ms\"},\n"
            "  {\"name\":\"evaluate_plan\",\"value\":20,"
            "\"unit\":\"us a plan\"},\n"
            "  {\"name\":\"eforms_vs_parse\",\"value\":3,"
            "\"unit\":\"x of bare pugixml\"}\n"
            "]\n");
}

}  // namespace
}  // namespace klausul::bench
