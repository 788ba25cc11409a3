#include "service/base/json_writer.h"

#include "gtest/gtest.h"

namespace klausul {
namespace {

TEST(JsonWriterTest, WritesInOrder) {
  JsonWriter json;
  json.BeginObject();
  json.Key("rows").Int(3);
  json.Key("ids").BeginArray();
  json.String("NO-T-001");
  json.BeginObject();
  json.EndObject();
  json.Tenths(12.34);
  json.EndArray();
  json.Key("none").BeginArray();
  json.EndArray();
  json.Key("ok").Bool(true);
  json.EndObject();
  EXPECT_EQ(json.text(),
            R"({"rows":3,"ids":["NO-T-001",{},12.3],"none":[],"ok":true})");
}

TEST(JsonWriterTest, QuotesWhatWouldEndTheTextOrAScript) {
  EXPECT_EQ(JsonQuoted("a\"b\\c\nd\te\r\x01"), R"("a\"b\\c\nd\te\r\u0001")");
  EXPECT_EQ(JsonQuoted("</script>&æ"), R"("\u003c/script\u003e\u0026æ")");
}

}  // namespace
}  // namespace klausul
