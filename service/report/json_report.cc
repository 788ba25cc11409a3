#include "service/report/json_report.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include <google/protobuf/message.h>

#include "service/report/json_message.h"

namespace klausul::report {
namespace {

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  AppendJson(message, json);
  return json;
}

class JsonReport : public ReportWriter {
 public:
  explicit JsonReport(Output output) : output_(std::move(output)) {}

  void Add(const v1::DocumentReport& document) override {
    AddRendered(ToJson(document));
  }

  absl::optional<std::string> Render(
      const v1::DocumentReport& document) const override {
    return ToJson(document);
  }

  void AddRendered(absl::string_view document) override {
    output_(first_ ? "{\"documents\":[\n" : ",\n");
    output_(document);
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
    AddRendered(*Render(document));
  }

  absl::optional<std::string> Render(
      const v1::DocumentReport& document) const override {
    std::string line = ToJson(document);
    line += '\n';
    return line;
  }

  void AddRendered(absl::string_view document) override { output_(document); }

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
