#include "service/report/json_report.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

namespace klausul::report {
namespace {

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for well-known types with contents that JSON cannot hold; the
  // report has none.
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json);
  return status.ok() ? json : "{}";
}

class JsonReport : public ReportWriter {
 public:
  explicit JsonReport(Output output) : output_(std::move(output)) {}

  void Add(const v1::DocumentReport& document) override {
    output_(
        absl::StrCat(first_ ? "{\"documents\":[\n" : ",\n", ToJson(document)));
    first_ = false;
  }

  void Finish(const v1::CheckSummary& summary) override {
    output_(absl::StrCat(first_ ? "{\"documents\":[" : "\n",
                         "],\"summary\":", ToJson(summary), "}\n"));
  }

 private:
  Output output_;
  bool first_ = true;
};

class JsonLinesReport : public ReportWriter {
 public:
  explicit JsonLinesReport(Output output) : output_(std::move(output)) {}

  void Add(const v1::DocumentReport& document) override {
    output_(absl::StrCat(ToJson(document), "\n"));
  }

  void Finish(const v1::CheckSummary& /*summary*/) override {}

 private:
  Output output_;
};

}  // namespace

std::unique_ptr<ReportWriter> NewJsonReport(Output output) {
  return std::make_unique<JsonReport>(std::move(output));
}

std::unique_ptr<ReportWriter> NewJsonLinesReport(Output output) {
  return std::make_unique<JsonLinesReport>(std::move(output));
}

}  // namespace klausul::report
