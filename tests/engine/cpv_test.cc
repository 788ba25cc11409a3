#include "service/engine/cpv.h"

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

TEST(Cpv, AGroupHoldsItselfAndWhatIsBelow) {
  EXPECT_TRUE(InCpv("80000000", "80000000"));
  EXPECT_TRUE(InCpv("80110000", "80000000"));
  EXPECT_TRUE(InCpv("85312300", "85310000"));
  EXPECT_FALSE(InCpv("85300000", "85310000")) << "the group above";
}

TEST(Cpv, EducationIsNotEverythingThatBeginsWithEight) {
  EXPECT_EQ(CpvPrefix("80000000"), "80");
  EXPECT_FALSE(InCpv("85000000", "80000000"));
  EXPECT_EQ(CpvPrefix("90900000"), "909");
}

TEST(Cpv, TheCheckDigitIsLeftOut) {
  EXPECT_TRUE(InCpv("80110000-8", "80000000-4"));
  EXPECT_EQ(CpvDigits("80110000-8"), "80110000");
}

TEST(Cpv, GroupsMayBeShort) {
  EXPECT_TRUE(InCpv("80110000", "801"));
  EXPECT_FALSE(InCpv("80110000", "802"));
}

TEST(Cpv, WhatIsNoCodeIsInNoGroup) {
  EXPECT_FALSE(InCpv("8011", "80"));
  EXPECT_FALSE(InCpv("80X10000", "80"));
  EXPECT_FALSE(InCpv("", "80"));
  EXPECT_FALSE(InCpv("80110000", "8"));
  EXPECT_FALSE(InCpv("80110000", ""));
  EXPECT_FALSE(InCpv("80110000", "801100001"));
}

}  // namespace
}  // namespace klausul::engine
