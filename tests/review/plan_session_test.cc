#include "service/review/plan_session.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

v1::Document Document(const std::string& content) {
  v1::Document document;
  document.set_uri("plan.yaml");
  document.set_content(content);
  return document;
}

TEST(PlanSessionTest, ReadsTheDocumentAndFindsProgramAndDate) {
  const auto catalogue = testing_support::TinyCatalogue();
  ASSERT_NE(catalogue, nullptr);
  DiagnosticSink sink;
  const auto session = PlanSession::Open(
      *catalogue,
      Document("buyer: {country: \"NO\"}\ndates: {notice_sent: 2026-03-01}\n"),
      {}, absl::UnixEpoch(), sink);
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ(session->law.day, absl::CivilDay(2026, 3, 1));
  EXPECT_EQ(session->law.basis, v1::DocumentReport::STARTED);
  EXPECT_NE(session->program, nullptr);
}

TEST(PlanSessionTest, AnUnreadableDocumentIsToldWithItsPlace) {
  const auto catalogue = testing_support::TinyCatalogue();
  ASSERT_NE(catalogue, nullptr);
  DiagnosticSink sink;
  const auto session =
      PlanSession::Open(*catalogue, Document("buyer: {contry: \"NO\"}\n"), {},
                        absl::UnixEpoch(), sink);
  EXPECT_EQ(session.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(sink.RenderAll(), testing::HasSubstr("plan.yaml:1:9"));
}

TEST(PlanSessionTest, WithoutRulesForItThereIsNoSession) {
  const auto catalogue = testing_support::TinyCatalogue();
  ASSERT_NE(catalogue, nullptr);
  DiagnosticSink sink;
  const auto session =
      PlanSession::Open(*catalogue, Document("buyer: {country: PT}\n"), {},
                        absl::UnixEpoch(), sink);
  EXPECT_EQ(session.status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace klausul::review
