#include "service/server/status_details.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using testing::StartsWith;

TEST(StatusDetailsTest, CarriesReasonFieldsAndMetadata) {
  ServiceError error = InvalidFields(
      {{"options.language", "no language `da`"}, {"plan.id", "too long"}});
  error.metadata["line"] = "3";

  const google::rpc::Status status = ToRpcStatus(error);

  EXPECT_EQ(status.code(), 3);
  EXPECT_EQ(status.message(),
            "options.language: no language `da` (and 1 more)");
  ASSERT_EQ(status.details_size(), 2);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(status.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "INVALID_REQUEST");
  EXPECT_EQ(info.domain(), "klausul");
  EXPECT_EQ(info.metadata().at("line"), "3");
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(status.details(1).UnpackTo(&bad_request));
  ASSERT_EQ(bad_request.field_violations_size(), 2);
  EXPECT_EQ(bad_request.field_violations(1).field(), "plan.id");
  EXPECT_EQ(bad_request.field_violations(1).description(), "too long");
}

TEST(StatusDetailsTest, TheEndOfACallSaysTheSame) {
  const ServiceError error = NotFound("RULE_NOT_FOUND", "no rule `x`");
  const grpc::Status status = ToGrpcStatus(error);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "no rule `x`");
  EXPECT_EQ(status.error_details(), ToRpcStatus(error).SerializeAsString());
}

TEST(StatusDetailsTest, AnErrorOfAnySizeFitsIntoTrailers) {
  std::vector<FieldViolation> fields;
  for (int i = 0; i < 1000; ++i) {
    fields.push_back({std::string(10'000, 'f'), std::string(10'000, 'd')});
  }
  ServiceError error = InvalidFields(fields);
  error.metadata["details"] = std::string(100'000, 'x');

  const grpc::Status status = ToGrpcStatus(error);

  // Clients take 8 KiB: the message grows threefold at worst, the details by a
  // third.
  EXPECT_LT(
      status.error_message().size() * 3 + status.error_details().size() * 4 / 3,
      8000U);
  google::rpc::Status parsed;
  ASSERT_TRUE(parsed.ParseFromString(status.error_details()));
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(parsed.details(0).UnpackTo(&info));
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(parsed.details(1).UnpackTo(&bad_request));
  EXPECT_EQ(info.metadata().at("violations_omitted"),
            std::to_string(1000 - bad_request.field_violations_size()));
}

TEST(CleanTextTest, KeepsWhatIsWellFormedAndShort) {
  EXPECT_EQ(CleanText("§ 7-9 (2): blåbær", 100), "§ 7-9 (2): blåbær");
  EXPECT_EQ(CleanText("", 100), "");
  EXPECT_EQ(CleanText("abc", 3), "abc");
}

TEST(CleanTextTest, CutsBetweenCodePoints) {
  EXPECT_EQ(CleanText("abcd", 3), "abc…");
  EXPECT_EQ(CleanText("æøå", 3), "æ…");
}

TEST(CleanTextTest, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(CleanText("a\xFFz", 100), "a\xEF\xBF\xBDz");
  EXPECT_EQ(CleanText("\xC3", 100), "\xEF\xBF\xBD");
  EXPECT_THAT(CleanText(std::string(100, '\xFF'), 10),
              StartsWith("\xEF\xBF\xBD"));
  EXPECT_LE(CleanText(std::string(100, '\xFF'), 10).size(), 13U);
}

TEST(StatusDetailsTest, OtherErrorsHaveTheirReasons) {
  EXPECT_EQ(LimitExceeded("plan", "too large").code,
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(LimitExceeded("plan", "too large").reason, "LIMIT_EXCEEDED");
  const ServiceError answer = AnswerTooLarge(11, 10, "ask for less");
  EXPECT_EQ(answer.message,
            "the answer would take 11 bytes; at most 10 are sent in one "
            "message: ask for less");
}

}  // namespace
}  // namespace klausul::server
