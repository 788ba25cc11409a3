#ifndef KLAUSUL_SERVICE_INTAKE_DOCUMENT_H_
#define KLAUSUL_SERVICE_INTAKE_DOCUMENT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/report.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/intake/source_map.h"

namespace klausul::intake {

// Bytes of a plan file, or of one line of JSON Lines. The largest plan that a
// form can fill is about a hundredth of it.
inline constexpr std::size_t kMaxPlanFileBytes = std::size_t{16} << 20;

// Bytes of an eForms notice. The largest published ones, with thousands of
// lots, stay below 20 MiB.
inline constexpr std::size_t kMaxNoticeBytes = std::size_t{64} << 20;

// How documents are read.
struct ReadOptions {
  // Language of a text written without one.
  std::string text_language = "nb";
  // Lower them for calls from strangers; they are never raised above the
  // constants above.
  std::size_t max_plan_file_bytes = kMaxPlanFileBytes;
  std::size_t max_notice_bytes = kMaxNoticeBytes;
};

// What came of reading one document, or one line of a JSON Lines file.
struct ReadResult {
  enum class Status {
    // The plan is there; diagnostics hold warnings at most.
    kRead,
    // It is, or claims to be, a document, but cannot be read.
    kUnreadable,
    // No procurement document: unreadable where the user named the file,
    // skipped where a walk found it.
    kNotADocument,
  };

  Status status = Status::kUnreadable;
  // Name of the input; with `#/lines/3` for a line of JSON Lines.
  std::string uri;
  v1::DocumentReport::Kind kind = v1::DocumentReport::KIND_UNSPECIFIED;
  // Filled where the status is kRead.
  v1::ProcurementPlan plan;
  SourceMap source_map;
  // The decoded text. Null only where there was none (invalid encoding).
  std::shared_ptr<const SourceFile> source;
  // What a reader of the report has to know, such as parts that were not
  // understood.
  std::vector<std::string> notes;
  // By place. Not empty unless the status is kRead.
  std::vector<Diagnostic> diagnostics;

  bool ok() const { return status == Status::kRead; }
};

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_DOCUMENT_H_
