#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/intake/eforms/element_tree.h"
#include "service/intake/eforms/plan_writer.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::ElementsAre;

class PlanWriterTest : public testing::Test {
 protected:
  PlanWriterTest() : file_("notice.xml", ""), writer_(plan_, file_, "nb") {}

  // An element with this text, attributes as written.
  const Element& With(const std::string& text,
                      const std::string& attributes = "") {
    XmlFault fault;
    trees_.push_back(ElementTree::Parse(
        absl::StrCat("<a ", attributes, ">", text, "</a>"), {}, fault));
    return trees_.back()->root();
  }

  v1::ProcurementPlan plan_;
  SourceFile file_;
  PlanWriter writer_;
  std::vector<std::unique_ptr<ElementTree>> trees_;
};

TEST_F(PlanWriterTest, AnUnknownCodeKeepsItsTwinAndIsNoted) {
  writer_.Write(writer_.PlanTarget(), "procedure.kind", Convert::kCode,
                With("auction"), "BT-105-Procedure");
  EXPECT_EQ(plan_.procedure().kind(), v1::PROCEDURE_KIND_OTHER);
  EXPECT_EQ(plan_.procedure().kind_code(), "auction");
  EXPECT_THAT(writer_.notes(),
              ElementsAre("line 1: `auction` is no known code of "
                          "BT-105-Procedure"));
}

TEST_F(PlanWriterTest, UnknownMeansNotStated) {
  writer_.Write(writer_.PlanTarget(), "procedure.kind", Convert::kCode,
                With("UNKNOWN"), "BT-105-Procedure");
  EXPECT_FALSE(plan_.procedure().has_kind());
  EXPECT_EQ(plan_.procedure().kind_code(), "UNKNOWN");
  EXPECT_THAT(writer_.notes(), ElementsAre());
}

TEST_F(PlanWriterTest, TheTwinBelongsToTheFirstValue) {
  const Target plan = writer_.PlanTarget();
  writer_.Write(plan, "contract.nature", Convert::kCode, With("works"),
                "BT-23");
  writer_.Write(plan, "contract.nature", Convert::kCode, With("services"),
                "BT-23");
  EXPECT_EQ(plan_.contract().nature(), v1::CONTRACT_NATURE_WORKS);
  EXPECT_EQ(plan_.contract().nature_code(), "works");
}

TEST_F(PlanWriterTest, AmountsThatTellNothing) {
  for (const char* amount : {"0", "0.00", "0.1"}) {
    writer_.Write(writer_.PlanTarget(), "contract.estimated_value",
                  Convert::kMoney, With(amount, "currencyID='NOK'"), "BT-27");
  }
  EXPECT_FALSE(plan_.contract().has_estimated_value());
  EXPECT_EQ(writer_.notes().size(), 3u);
  writer_.Write(writer_.PlanTarget(), "contract.estimated_value",
                Convert::kMoney, With("0.2", "currencyID='NOK'"), "BT-27");
  EXPECT_TRUE(plan_.contract().has_estimated_value());
}

TEST_F(PlanWriterTest, WhatCannotBeReadIsNotedAndLeftOut) {
  writer_.Write(writer_.PlanTarget(), "dates.notice_sent", Convert::kDate,
                With("2026-02-31"), "BT-05(a)-notice");
  writer_.Write(writer_.PlanTarget(), "contract.estimated_value",
                Convert::kMoney, With("12"), "BT-27");
  EXPECT_FALSE(plan_.dates().has_notice_sent());
  EXPECT_THAT(
      writer_.notes(),
      ElementsAre("line 1: `2026-02-31` is not a date (BT-05(a)-notice); it is "
                  "read as not told",
                  "line 1: `12` is not an amount with a currency (BT-27); it "
                  "is read as not told"));
}

TEST_F(PlanWriterTest, WithheldValuesAreNotStated) {
  writer_.Write(writer_.PlanTarget(), "dates.notice_sent", Convert::kDate,
                With("1970-01-01Z"), "BT-05(a)-notice");
  writer_.Write(writer_.PlanTarget(), "title", Convert::kText,
                With("Unpublished"), "BT-21");
  EXPECT_FALSE(plan_.dates().has_notice_sent());
  EXPECT_EQ(plan_.title().by_language_size(), 0);
  EXPECT_THAT(writer_.notes(), ElementsAre());
}

TEST_F(PlanWriterTest, ListsAreJoinedWithoutDoubles) {
  const Target plan = writer_.PlanTarget();
  for (const char* code : {"79700000", "79710000", "79700000"}) {
    writer_.Write(plan, "contract.cpv_additional", Convert::kCpvs, With(code),
                  "BT-263");
  }
  EXPECT_THAT(plan_.contract().cpv_additional(),
              ElementsAre("79700000", "79710000"));
}

TEST_F(PlanWriterTest, ATextWithoutLanguageHasTheOneOfTheCaller) {
  writer_.Write(writer_.PlanTarget(), "title", Convert::kText, With("Bru"),
                "BT-21");
  EXPECT_EQ(plan_.title().by_language().at("nb"), "Bru");
}

TEST_F(PlanWriterTest, NotesAreBounded) {
  for (int i = 0; i < 500; ++i) {
    writer_.Note(With("x"), absl::StrCat("note ", i));
  }
  EXPECT_EQ(writer_.notes().size(), 101u);
  EXPECT_EQ(writer_.notes().back(),
            "further notes on this document are left out");
}

}  // namespace
}  // namespace klausul::intake::eforms
