#include "service/server/request_reader.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>

#include "service/base/source.h"

namespace klausul::server {
namespace {

using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// Calls back for each length-delimited field of a serialised message, in order.
// False where the bytes are no message, or `on_field` says so.
bool ForEachField(
    absl::string_view bytes,
    absl::FunctionRef<bool(int number, absl::string_view value)> on_field) {
  CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  while (const std::uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) !=
        WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) return false;
      continue;
    }
    std::uint32_t size = 0;
    if (!input.ReadVarint32(&size) || size > bytes.size()) return false;
    const auto begin = static_cast<std::size_t>(input.CurrentPosition());
    if (!input.Skip(static_cast<int>(size))) return false;
    if (!on_field(WireFormatLite::GetTagFieldNumber(tag),
                  bytes.substr(begin, size))) {
      return false;
    }
  }
  return input.ConsumedEntireMessage();
}

ServiceError Unreadable(const Message& message) {
  ServiceError error;
  error.code = absl::StatusCode::kInvalidArgument;
  error.reason = "REQUEST_UNREADABLE";
  error.message =
      absl::StrCat("the bytes are no ", message.GetDescriptor()->full_name(),
                   ": cut short, or a string in them is not UTF-8");
  return error;
}

absl::optional<ServiceError> Parse(absl::string_view bytes, Message& message) {
  // Lengths in messages are ints, and so is the bound on messages.
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    message.Clear();
    return Unreadable(message);
  }
  return absl::nullopt;
}

// Parses a message that has a plan or, under `document_number`, a document.
absl::optional<ServiceError> ParseInput(absl::string_view bytes,
                                        int document_number, Message& message) {
  std::size_t content_bytes = 0;
  const auto on_document_field = [&](int number, absl::string_view value) {
    if (number == v1::Document::kContentFieldNumber) {
      content_bytes += value.size();
    }
    return true;
  };
  const bool is_message =
      ForEachField(bytes, [&](int number, absl::string_view value) {
        return number != document_number ||
               ForEachField(value, on_document_field);
      });
  if (!is_message) return Unreadable(message);
  const std::size_t rest = bytes.size() - content_bytes;
  if (rest > kMaxPlanBytes) {
    return LimitExceeded(
        "plan", absl::StrCat("has ", rest, " bytes; at most ", kMaxPlanBytes,
                             " are taken: send a larger one as a document"));
  }
  return Parse(bytes, message);
}

absl::optional<ServiceError> ParseLookup(absl::string_view bytes,
                                         Message& message) {
  if (bytes.size() > kMaxLookupBytes) {
    ServiceError error;
    error.code = absl::StatusCode::kResourceExhausted;
    error.reason = "LIMIT_EXCEEDED";
    error.message =
        absl::StrCat("the request has ", bytes.size(), " bytes; at most ",
                     kMaxLookupBytes, " are taken");
    return error;
  }
  return Parse(bytes, message);
}

}  // namespace

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::EvaluateRequest& request) {
  return ParseInput(bytes, v1::EvaluateRequest::kDocumentFieldNumber, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::AdviseProcedureRequest& request) {
  return ParseInput(bytes, v1::AdviseProcedureRequest::kDocumentFieldNumber,
                    request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::ListRuleSetsRequest& request) {
  return ParseLookup(bytes, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::GetRuleSetRequest& request) {
  return ParseLookup(bytes, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::ListRulesRequest& request) {
  return ParseLookup(bytes, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::GetRuleRequest& request) {
  return ParseLookup(bytes, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::CheckRuleSetRequest& request) {
  std::size_t files = 0;
  const bool is_message =
      ForEachField(bytes, [&](int number, absl::string_view) {
        files += number == v1::CheckRuleSetRequest::kFilesFieldNumber ? 1 : 0;
        return true;
      });
  if (!is_message) return Unreadable(request);
  if (files > kMaxRuleFiles) {
    return LimitExceeded("files",
                         absl::StrCat("has ", files, " entries; at most ",
                                      kMaxRuleFiles, " are taken"));
  }
  return Parse(bytes, request);
}

absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         StreamMessage& request) {
  std::size_t count = 0;
  std::string options;
  bool has_options = false;
  const bool is_message =
      ForEachField(bytes, [&](int number, absl::string_view value) {
        if (number == v1::EvaluateStreamRequest::kEntriesFieldNumber) {
          if (++count <= kMaxEntriesAMessage) request.entries.push_back(value);
        } else if (number == v1::EvaluateStreamRequest::kOptionsFieldNumber) {
          // A field sent twice is merged, which its bytes one after the other
          // are.
          has_options = true;
          options.append(value.data(), value.size());
        }
        return options.size() <= kMaxLookupBytes;
      });
  if (!is_message) return Unreadable(v1::EvaluateStreamRequest());
  if (count > kMaxEntriesAMessage) {
    return LimitExceeded(
        "entries",
        absl::StrCat("has ", count, " entries; at most ", kMaxEntriesAMessage,
                     " are taken in one message"));
  }
  if (!has_options) return absl::nullopt;
  return Parse(options, request.options.emplace());
}

absl::optional<ServiceError> ReadEntry(absl::string_view bytes,
                                       v1::EvaluateStreamEntry& entry) {
  absl::optional<ServiceError> error =
      ParseInput(bytes, v1::EvaluateStreamEntry::kDocumentFieldNumber, entry);
  if (error.has_value()) {
    // So much of it as is readable tells the client which one it was.
    ForEachField(bytes, [&](int number, absl::string_view value) {
      if (number == v1::EvaluateStreamEntry::kRequestIdFieldNumber &&
          value.size() <= kMaxRequestIdBytes &&
          FindInvalidUtf8(value) == absl::string_view::npos) {
        entry.set_request_id(std::string(value));
      }
      return true;
    });
  } else if (entry.request_id().size() > kMaxRequestIdBytes) {
    error = LimitExceeded(
        "request_id",
        absl::StrCat("has ", entry.request_id().size(), " bytes; at most ",
                     kMaxRequestIdBytes, " are taken"));
    entry.Clear();
  }
  return error;
}

}  // namespace klausul::server
