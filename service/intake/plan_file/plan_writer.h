#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_WRITER_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_WRITER_H_

#include <string>

#include "klausul/v1/plan.pb.h"

namespace klausul::intake {

struct WriteOptions {
  // A text in this language alone is written as a string; give the reader the
  // same.
  std::string text_language = "nb";
};

// Writes a plan in the short forms of plan files (see plan_reader.h), fields in
// the order of the schema, keys of maps sorted: the same plan always gives the
// same bytes, and reading them gives the same plan.
std::string WriteYaml(const v1::ProcurementPlan& plan,
                      const WriteOptions& options = {});

// The same as indented JSON, field names in snake_case.
std::string WriteJson(const v1::ProcurementPlan& plan,
                      const WriteOptions& options = {});

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_WRITER_H_
