#ifndef KLAUSUL_SERVICE_CLI_REMOTE_H_
#define KLAUSUL_SERVICE_CLI_REMOTE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"

#include "klausul/v1/evaluate_options.pb.h"

#include "service/review/advice/advisor.h"
#include "service/review/reviewer.h"

namespace klausul::cli {

// A server that evaluates documents in place of the embedded engine.
// Thread-safe.
class Remote {
 public:
  // HOST:PORT. Does not connect yet.
  explicit Remote(const std::string& address);
  ~Remote();

  // Sends the document's bytes. A document that the server cannot read comes
  // back as kUnreadable or kNotADocument, with its place; the status is of the
  // call: UNAVAILABLE where there is no server, INVALID_ARGUMENT for options
  // that it does not take.
  absl::StatusOr<review::Reviewed> Review(
      const v1::Document& document, const v1::EvaluateOptions& options) const;

  // Asks for advice on the request's document; statuses as above.
  absl::StatusOr<review::Advised> Advise(
      const v1::AdviseProcedureRequest& request) const;

 private:
  struct Channel;
  std::unique_ptr<Channel> channel_;
};

// OK where the server at HOST:PORT says that it serves; UNAVAILABLE otherwise.
absl::Status Ping(const std::string& address);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_REMOTE_H_
