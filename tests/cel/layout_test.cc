#include "service/cel/layout.h"

#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

// `aaaa, bbbb, cccc` in brackets.
const Sheet::Piece* Letters(Sheet& sheet, const Sheet::BlockStyle& style) {
  std::vector<Sheet::Item> items(3);
  items[0].piece = sheet.Text("aaaa");
  items[1].piece = sheet.Text("bbbb");
  items[2].piece = sheet.Text("cccc");
  items[0].suffix = items[1].suffix = ",";
  return sheet.Row({sheet.Text("call("), sheet.Block(std::move(items), style),
                    sheet.Text(")")});
}

TEST(LayoutTest, OneLineWhereItFits) {
  Sheet sheet;
  EXPECT_EQ(Sheet::Print(*Letters(sheet, {}), 22), "call(aaaa, bbbb, cccc)");
}

TEST(LayoutTest, WhatFollowsCounts) {
  Sheet sheet;
  EXPECT_EQ(Sheet::Print(*Letters(sheet, {}), 21),
            "call(aaaa, bbbb,\n"
            "     cccc)");
}

TEST(LayoutTest, OneALine) {
  Sheet sheet;
  EXPECT_EQ(
      Sheet::Print(*Letters(sheet, {.indent = 1, .one_a_line = true}), 20),
      "call(aaaa,\n"
      "      bbbb,\n"
      "      cccc)");
}

TEST(LayoutTest, HangsWhereThatHelps) {
  Sheet sheet;
  EXPECT_EQ(Sheet::Print(*Letters(sheet, {.may_hang = true}), 8),
            "call(\n"
            "  aaaa,\n"
            "  bbbb,\n"
            "  cccc)");
}

TEST(LayoutTest, BlockInABlockStandsUnderItsFirstItem) {
  Sheet sheet;
  std::vector<Sheet::Item> items(2);
  items[0].piece = sheet.Text("first");
  items[1].prefix = "+ ";
  items[1].piece = Letters(sheet, {});
  EXPECT_EQ(Sheet::Print(*sheet.Block(std::move(items), {.indent = 2}), 20),
            "first\n"
            "  + call(aaaa, bbbb,\n"
            "         cccc)");
}

TEST(LayoutTest, RemarksEndTheirLine) {
  Sheet sheet;
  std::vector<Sheet::Item> items(2);
  items[0].piece = sheet.Text("a");
  items[0].remark = "// one";
  items[1].piece = sheet.Row(
      {sheet.Text("b"), sheet.Remark("// two", false), sheet.Text("c")});
  items[1].remarks = {"// above"};
  EXPECT_EQ(Sheet::Print(*sheet.Block(std::move(items), {}), 80),
            "a  // one\n"
            "// above\n"
            "b  // two\n"
            "c");
}

TEST(LayoutTest, ATextKeepsItsOwnLines) {
  Sheet sheet;
  EXPECT_EQ(
      Sheet::Print(*sheet.Row({sheet.Text("  x\n y"), sheet.Text("z")}), 3),
      "  x\n yz");
}

TEST(LayoutTest, ColumnsAreCodePoints) {
  Sheet sheet;
  std::vector<Sheet::Item> items(2);
  items[0].piece = sheet.Text("\u00E6\u00F8\u00E5");
  items[1].piece = sheet.Text("\u00E6\u00F8\u00E5");
  EXPECT_EQ(Sheet::Print(*sheet.Block(std::move(items), {}), 7),
            "\u00E6\u00F8\u00E5 \u00E6\u00F8\u00E5");
}

}  // namespace
}  // namespace klausul::cel
