#include "service/review/baseline.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include <rapidjson/error/en.h>
#include <rapidjson/istreamwrapper.h>
#include <rapidjson/reader.h>

#include "klausul/v1/finding.pb.h"

namespace klausul::review {
namespace {

// Collections within one another; the deepest report has nine.
constexpr std::size_t kMaxDepth = 64;

// Looks at the objects of a report as they go by. Ours are known by
// `fingerprint` and `outcome`; those of SARIF by their partial fingerprint, and
// by having no suppression.
class Collector
    : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Collector> {
 public:
  explicit Collector(absl::flat_hash_set<std::string>& fingerprints)
      : fingerprints_(fingerprints) {}

  // Whether anything stood there that a report has.
  bool is_report() const { return is_report_; }

  bool StartObject() { return Open(); }

  bool StartArray() { return Open(); }

  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    frames_.back().key.assign(text, size);
    if (frames_.size() == 1) {
      is_report_ = is_report_ || frames_.back().key == "documents" ||
                   frames_.back().key == "uri" || frames_.back().key == "runs";
    }
    return true;
  }

  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (frames_.empty()) return true;
    Frame& frame = frames_.back();
    if (frame.key == "fingerprint" || frame.key == "klausul/v1") {
      frame.fingerprint.assign(text, size);
    } else if (frame.key == "outcome") {
      frame.outcome.assign(text, size);
    } else if (frame.key == "kind") {
      frame.kind.assign(text, size);
    }
    return true;
  }

  bool EndObject(rapidjson::SizeType /*count*/) {
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.fingerprint.empty()) return true;
    if (!frames_.empty() && frames_.back().key == "partialFingerprints") {
      frames_.back().fingerprint = frame.fingerprint;
      frames_.back().outcome = "VIOLATED";
    } else if (frame.outcome == "VIOLATED" && !frame.is_suppressed &&
               (frame.kind.empty() || frame.kind == "fail")) {
      fingerprints_.insert(frame.fingerprint);
    }
    return true;
  }

  bool EndArray(rapidjson::SizeType count) {
    frames_.pop_back();
    if (!frames_.empty() && frames_.back().key == "suppressions" && count > 0) {
      frames_.back().is_suppressed = true;
    }
    return true;
  }

 private:
  // An object or a list that is open.
  struct Frame {
    std::string key;
    std::string fingerprint;
    std::string outcome;
    std::string kind;
    bool is_suppressed = false;
  };

  bool Open() {
    frames_.emplace_back();
    return frames_.size() <= kMaxDepth;
  }

  absl::flat_hash_set<std::string>& fingerprints_;
  std::vector<Frame> frames_;
  bool is_report_ = false;
};

}  // namespace

absl::StatusOr<Baseline> Baseline::Read(std::istream& report) {
  Baseline baseline;
  Collector collector(baseline.fingerprints_);
  rapidjson::IStreamWrapper stream(report);
  rapidjson::Reader reader;
  // JSON Lines are several texts; a report of no documents is none.
  constexpr unsigned kFlags = rapidjson::kParseStopWhenDoneFlag |
                              rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag;
  while (true) {
    const rapidjson::ParseResult result =
        reader.Parse<kFlags>(stream, collector);
    if (result.Code() == rapidjson::kParseErrorDocumentEmpty) break;
    if (result.IsError()) {
      return absl::InvalidArgumentError(
          absl::StrCat("is no JSON at byte ", result.Offset(), ": ",
                       rapidjson::GetParseError_En(result.Code())));
    }
    if (!collector.is_report()) {
      return absl::InvalidArgumentError(
          "is no report of `klausul check` in the form json, jsonl or sarif");
    }
  }
  return baseline;
}

}  // namespace klausul::review
