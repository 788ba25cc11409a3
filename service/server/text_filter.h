#ifndef KLAUSUL_SERVICE_SERVER_TEXT_FILTER_H_
#define KLAUSUL_SERVICE_SERVER_TEXT_FILTER_H_

#include "absl/strings/string_view.h"
#include <google/protobuf/message.h>

namespace klausul::server {

// Leaves one language in every klausul.v1.Text below `message`. A text without
// it becomes empty: a client shows another language knowingly or not at all.
void KeepLanguage(absl::string_view language,
                  google::protobuf::Message& message);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_TEXT_FILTER_H_
