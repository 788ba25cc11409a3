#include "service/server/request_reader.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;

template <typename Request>
absl::optional<ServiceError> Read(const std::string& bytes) {
  Request request;
  return ReadRequest(bytes, request);
}

// A string field that is not UTF-8: field 1 of an entry is its request_id.
std::string EntryWithBadId() {
  return std::string("\x0A\x02\xC3\x28", 4);
}

TEST(ReadRequestTest, ReadsWhatIsRight) {
  v1::EvaluateRequest request;
  request.mutable_document()->set_content(std::string(3 << 20, 'x'));
  request.mutable_options()->set_language("nn");
  v1::EvaluateRequest read;
  ASSERT_FALSE(ReadRequest(request.SerializeAsString(), read).has_value());
  EXPECT_EQ(read.options().language(), "nn");
  EXPECT_EQ(read.document().content().size(), 3U << 20);
}

TEST(ReadRequestTest, AnEmptyRequestIsReadable) {
  EXPECT_FALSE(Read<v1::EvaluateRequest>("").has_value());
  EXPECT_FALSE(Read<v1::GetRuleRequest>("").has_value());
  EXPECT_FALSE(Read<StreamMessage>("").has_value());
}

TEST(ReadRequestTest, SaysWhatABrokenOneShouldHaveBeen) {
  v1::EvaluateRequest whole;
  whole.mutable_plan()->set_id("a plan");
  std::string cut = whole.SerializeAsString();
  cut.pop_back();
  for (const std::string& bytes : {cut, std::string("\xFF\xFF\xFF"),
                                   std::string("\x0A\xFF\xFF\xFF\x7F")}) {
    const auto error = Read<v1::EvaluateRequest>(bytes);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(error->reason, "REQUEST_UNREADABLE");
    EXPECT_THAT(error->message, HasSubstr("klausul.v1.EvaluateRequest"));
  }
}

TEST(ReadRequestTest, RefusesStringsThatAreNoUtf8) {
  // Field 1 of each of these is a string.
  const std::string bytes("\x0A\x01\xFF", 3);
  EXPECT_TRUE(Read<v1::GetRuleRequest>(bytes).has_value());
  EXPECT_TRUE(Read<v1::GetRuleSetRequest>(bytes).has_value());
  EXPECT_TRUE(Read<v1::ListRulesRequest>(bytes).has_value());
}

TEST(ReadRequestTest, BoundsPlansBeforeParsingThem) {
  // A few bytes each that would take some hundred; parts of a message that
  // follow one another are merged.
  v1::EvaluateRequest one;
  one.mutable_plan()->add_lots();
  const std::string bytes_of_one = one.SerializeAsString();
  std::string bytes;
  while (bytes.size() <= kMaxPlanBytes)
    bytes += bytes_of_one;
  const auto error = Read<v1::EvaluateRequest>(bytes);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(error->reason, "LIMIT_EXCEEDED");
  EXPECT_THAT(error->message, HasSubstr("at most 2097152 are taken"));
}

TEST(ReadRequestTest, TheBoundOnPlansIsExact) {
  v1::EvaluateRequest request;
  const auto with_id = [&](std::size_t size) {
    request.mutable_plan()->set_id(std::string(size, 'x'));
    return request.SerializeAsString();
  };
  // What tags and lengths take, at a size near the bound.
  constexpr std::size_t kNear = kMaxPlanBytes - 100;
  const std::size_t overhead = with_id(kNear).size() - kNear;
  const std::string most = with_id(kMaxPlanBytes - overhead);
  ASSERT_EQ(most.size(), kMaxPlanBytes);
  EXPECT_FALSE(Read<v1::EvaluateRequest>(most).has_value());
  EXPECT_TRUE(Read<v1::EvaluateRequest>(with_id(kMaxPlanBytes - overhead + 1))
                  .has_value());
}

TEST(ReadRequestTest, BoundsLookups) {
  v1::GetRuleRequest request;
  request.set_id(std::string(kMaxLookupBytes, 'x'));
  const auto error = Read<v1::GetRuleRequest>(request.SerializeAsString());
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kResourceExhausted);
}

TEST(ReadRequestTest, BoundsRuleFiles) {
  v1::CheckRuleSetRequest request;
  for (std::size_t i = 0; i < kMaxRuleFiles; ++i)
    request.add_files();
  EXPECT_FALSE(
      Read<v1::CheckRuleSetRequest>(request.SerializeAsString()).has_value());
  request.add_files();
  const auto error = Read<v1::CheckRuleSetRequest>(request.SerializeAsString());
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->message,
              HasSubstr("has 2001 entries; at most 2000 are taken"));
}

TEST(StreamMessageTest, KeepsEntriesAsTheyCame) {
  v1::EvaluateStreamRequest request;
  request.add_entries()->set_request_id("a");
  request.mutable_options()->set_language("en");
  request.add_entries()->set_request_id("b");
  const std::string bytes = request.SerializeAsString();
  StreamMessage message;
  ASSERT_FALSE(ReadRequest(bytes, message).has_value());
  ASSERT_TRUE(message.options.has_value());
  EXPECT_EQ(message.options->language(), "en");
  ASSERT_EQ(message.entries.size(), 2U);
  v1::EvaluateStreamEntry entry;
  ASSERT_FALSE(ReadEntry(message.entries[1], entry).has_value());
  EXPECT_EQ(entry.request_id(), "b");
}

TEST(StreamMessageTest, BoundsEntries) {
  v1::EvaluateStreamRequest request;
  for (std::size_t i = 0; i < kMaxEntriesAMessage; ++i)
    request.add_entries();
  EXPECT_FALSE(Read<StreamMessage>(request.SerializeAsString()).has_value());
  request.add_entries();
  const auto error = Read<StreamMessage>(request.SerializeAsString());
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(error->message, HasSubstr("has 1001 entries"));
}

TEST(StreamMessageTest, OptionsThatAreNoneAreOfTheMessage) {
  // Field 2, holding what is no EvaluateOptions.
  EXPECT_TRUE(Read<StreamMessage>(std::string("\x12\x01\xFF", 3)).has_value());
}

TEST(ReadEntryTest, ABadOneIsStillTold) {
  v1::EvaluateStreamEntry entry;
  const auto error = ReadEntry(EntryWithBadId(), entry);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->reason, "REQUEST_UNREADABLE");
  EXPECT_EQ(entry.request_id(), "");

  v1::EvaluateStreamEntry named;
  named.set_request_id("seven");
  // Field 2 is the plan; its id is no UTF-8.
  const std::string bytes =
      named.SerializeAsString() + std::string("\x12\x03\x0A\x01\xFF", 5);
  ASSERT_TRUE(ReadEntry(bytes, entry).has_value());
  EXPECT_EQ(entry.request_id(), "seven");
  EXPECT_FALSE(entry.has_plan());
}

TEST(ReadEntryTest, BoundsTheRequestId) {
  v1::EvaluateStreamEntry entry;
  entry.set_request_id(std::string(kMaxRequestIdBytes, 'x'));
  v1::EvaluateStreamEntry read;
  EXPECT_FALSE(ReadEntry(entry.SerializeAsString(), read).has_value());
  entry.set_request_id(std::string(kMaxRequestIdBytes + 1, 'x'));
  const auto error = ReadEntry(entry.SerializeAsString(), read);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message,
            "request_id: has 1025 bytes; at most 1024 are taken");
  EXPECT_EQ(read.request_id(), "");
}

}  // namespace
}  // namespace klausul::server
