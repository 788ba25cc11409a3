#ifndef KLAUSUL_SERVICE_BASE_STATUS_MACROS_H_
#define KLAUSUL_SERVICE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The two macros that newer Abseil releases bring along.

// Returns from the calling function where `expr` is not OK.
#define RETURN_IF_ERROR(expr)                          \
  do {                                                 \
    ::absl::Status klausul_status_ = (expr);           \
    if (!klausul_status_.ok()) return klausul_status_; \
  } while (false)

#define KLAUSUL_CONCAT_INNER_(a, b) a##b
#define KLAUSUL_CONCAT_(a, b) KLAUSUL_CONCAT_INNER_(a, b)

// Evaluates a StatusOr and assigns its value, or returns its status:
//
//   ASSIGN_OR_RETURN(std::string text, ReadFile(path));
#define ASSIGN_OR_RETURN(lhs, expr) \
  KLAUSUL_ASSIGN_OR_RETURN_(KLAUSUL_CONCAT_(klausul_or_, __LINE__), lhs, expr)

#define KLAUSUL_ASSIGN_OR_RETURN_(statusor, lhs, expr)     \
  auto statusor = (expr);                                  \
  if (!statusor.ok()) return std::move(statusor).status(); \
  lhs = *std::move(statusor)

#endif  // KLAUSUL_SERVICE_BASE_STATUS_MACROS_H_
